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

// Step 3. Eight bits a number make a file of a quarter of the size.
let file = FileManager.default.temporaryDirectory.appending(path: "bees-\(UUID().uuidString).lsa").path
defer { try? FileManager.default.removeItem(atPath: file) }
try model.coded.save(to: file)

// Step 4. Whoever gets the file may look at every byte of it once.
try LatentSemanticModel.verify(fileAt: file)

// Step 5. A program maps the file: it opens at once, and a question reads a few rows of it.
let opened = try LatentSemanticModel(mapping: file)
let question = try opened.embed("a hive that lost its queen")
let best = try opened.embed(texts).enumerated().max {
    question.cosine(with: $0.element) < question.cosine(with: $1.element)
}
print(best.map { texts[$0.offset] } ?? "")

// Step 6. How well the model knows a new text tells when it is time for the next one.
let new = analyzer.countTerms(documentCount: 1, threads: 1) { _ in ["Luthiers carve soundboards of spruce."] }
let retention = try opened.retention(of: new)
print("share of a text of another field that the model does not know: \(retention.outOfVocabularyShare)")
