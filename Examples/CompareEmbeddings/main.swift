// Measures two embeddings of the same texts against judgments, and asks whether the difference may be chance.

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

// Step 3. Each embedding answers the queries: documents by their cosine.
func evaluation(of model: LatentSemanticModel, name: String) throws -> Evaluation {
    let vectors = try model.embed(documents.map(\.text))
    return try evaluate(queries, against: qrels, name: name) { query in
        let question = try model.embed(query.text)
        let cosines = zip(documents, vectors).map { ($0.id, Double(question.cosine(with: $1))) }
        return RankedList(sorting: Dictionary(uniqueKeysWithValues: cosines))
    }
}
let first = try evaluation(of: narrow, name: "rank 2")
let second = try evaluation(of: wide, name: "rank 5")

// Step 4. The measures, with the values that trec_eval gives.
for measure in [Measure.ndcg(at: 10), .recall(at: 2), .reciprocalRank] {
    print(measure, first.mean(of: measure), second.mean(of: measure))
}

// Step 5. Whether one is better on the same queries. Three queries can hardly tell, and the test says so.
let comparison = PairedComparison(second, against: first, by: .ndcg(at: 10))
print("difference \(comparison.meanDifference), p = \(comparison.randomizationTest.pValue)")
print("\(comparison.wins) wins, \(comparison.losses) losses, \(comparison.ties) ties")
