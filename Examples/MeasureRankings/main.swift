// Measures two rankings of the same queries against judgments, and compares them.

import RetrievalEvaluation

let qrels = Qrels([
    "q1": ["a": 2, "b": 1],
    "q2": ["c": 1],
    "q3": ["a": 1, "d": 1],
])
let queries = ["q1", "q2", "q3"].map { Query(id: $0, text: "") }
let good: [QueryID: [DocumentID]] = ["q1": ["a", "b", "x"], "q2": ["x", "c"], "q3": ["d", "a"]]
let poor: [QueryID: [DocumentID]] = ["q1": ["x", "b"], "q2": ["c"], "q3": ["x", "y", "a"]]

let first = evaluate(queries, against: qrels, name: "good") { RankedList(good[$0.id] ?? []) }
let second = evaluate(queries, against: qrels, name: "poor") { RankedList(poor[$0.id] ?? []) }
for measure in Measure.standard {
    print(measure, first.mean(of: measure), second.mean(of: measure))
}
let comparison = PairedComparison(first, against: second, by: .ndcg(at: 10))
print("difference \(comparison.meanDifference), wins \(comparison.wins), losses \(comparison.losses)")
