// Step 1. The texts of the field.
import Foundation
import LatentSemantics
import ReleasedModels
import TextAnalysis

let texts = [
    "Beekeepers feed sugar syrup to weak colonies in autumn.",
    "A colony without a queen raises a new one from young larvae.",
    "Varroa mites weaken a colony and carry viruses between bees.",
    "Oxalic acid kills mites while the colony has no brood.",
    "Swarming divides a strong colony in early summer.",
    "A queen that was marked is found faster at an inspection.",
]

// Step 2. Few texts show which words occur, and hardly what they mean. The released model knows more of that.
let analyzer = try Analyzer()
let counts = analyzer.countTerms(documentCount: texts.count, threads: 1) { [texts[$0]] }
let parameters = LatentSemanticModel.Parameters(minimumDocumentFrequency: 1)
let model =
    if let released = try ReleasedModel.languageAndLearning() {
        try LatentSemanticModel.fit(counts, startingFrom: released, parameters: parameters)
    } else {
        try LatentSemanticModel.fit(counts, settings: analyzer.settings, parameters: parameters)
    }
print("\(model.termCount) words, rank \(model.rank)")
