// Learns a vector space from a few texts, and compares a new text with them.

import LatentSemantics
import LinearAlgebra
import TextAnalysis

let texts = [
    "Long contexts need a memory that grows with the text.",
    "A cache of keys and values takes the memory of long contexts.",
    "Birds migrate south before the winter.",
    "Migrating birds rest at lakes in the winter.",
]

let analyzer = try Analyzer()
let counts = analyzer.countTerms(documentCount: texts.count, threads: 1) { [texts[$0]] }
let parameters = LatentSemanticModel.Parameters(rank: 2, minimumDocumentFrequency: 1)
let model = try LatentSemanticModel.fit(counts, settings: analyzer.settings, parameters: parameters)

let documents = try model.embed(counts)  // one unit vector a text
let query = model.embed(analyzer.terms(of: "where birds spend the winter").map { ($0.text, 1) })
for (index, text) in texts.enumerated() {
    let cosine = zip(query, documents.row(index)).reduce(Float(0)) { $0 + $1.0 * $1.1 }
    print(cosine, text)
}
