// Step 1. A test collection: documents, queries, and judgments that say which document answers which query.
import LatentSemantics
import RetrievalEvaluation

let documents: [(id: DocumentID, text: String)] = [
    ("cache", "A cache of keys and values takes the memory of long contexts."),
    ("window", "Attention over a window reads a stream of any length."),
    ("memory", "Long contexts need a memory that grows with the text."),
    ("birds", "Migrating birds rest at lakes in the winter."),
    ("south", "Birds fly south before the winter."),
    ("garden", "Volunteers count birds in gardens every winter."),
]
let queries = [
    Query(id: "q1", text: "memory for long contexts"),
    Query(id: "q2", text: "where birds spend the winter"),
    Query(id: "q3", text: "reading a long stream"),
]
let qrels = Qrels([
    "q1": ["cache": 2, "memory": 2, "window": 1],
    "q2": ["south": 2, "birds": 2, "garden": 1],
    "q3": ["window": 2, "memory": 1],
])

// Step 2. Two embeddings: spaces of two and of five dimensions, learned from the documents.
func model(rank: Int) throws -> LatentSemanticModel {
    let parameters = LatentSemanticModel.Parameters(rank: rank, minimumDocumentFrequency: 1)
    return try LatentSemanticModel.fit(texts: documents.map(\.text), parameters: parameters)
}
let (narrow, wide) = (try model(rank: 2), try model(rank: 5))
