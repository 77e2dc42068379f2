// Learns a vector space from a few texts, compares a new text with them, and looks at what the space learned.

import LatentSemantics

let texts = [
    "Long contexts need a memory that grows with the text.",
    "A cache of keys and values takes the memory of long contexts.",
    "Birds migrate south before the winter.",
    "Migrating birds rest at lakes in the winter.",
]

let parameters = LatentSemanticModel.Parameters(rank: 2, minimumDocumentFrequency: 1)
let model = try LatentSemanticModel.fit(texts: texts, parameters: parameters)

let documents = try model.embed(texts)
let query = try model.embed("where birds spend the winter")
for (text, document) in zip(texts, documents) { print(query.cosine(with: document), text) }

print("used like 'memory':", model.nearestTerms(to: "memory", k: 3).map(\.word))
for dimension in 0..<model.rank { print("axis", dimension, model.topTerms(ofDimension: dimension, k: 4).map(\.word)) }
