import Foundation
import RetrievalEvaluation

/// The mean of a measure, written down as its textbook definition and computed without regard to cost.
func slowMean(of measure: Measure, run: Run, qrels: Qrels, depth: Int) -> Double {
    var sum = 0.0
    for query in qrels.queryIDs {
        let documents = Array((run[query]?.documents ?? []).prefix(depth))
        let gains = documents.map { max(0, qrels[query][$0] ?? 0) }
        let ideal = qrels[query].values.filter { $0 > 0 }.sorted(by: >)
        guard !ideal.isEmpty else { continue }
        switch measure {
        case .ndcg(let k):
            sum += slowDCG(gains, k) / slowDCG(ideal, k)
        case .averagePrecision:
            for rank in 0..<gains.count where gains[rank] > 0 {
                let precision = Double(gains[0...rank].count { $0 > 0 }) / Double(rank + 1)
                sum += precision / Double(ideal.count)
            }
        case .truncatedAveragePrecision(let k):
            for rank in 0..<min(k, gains.count) where gains[rank] > 0 {
                let precision = Double(gains[0...rank].count { $0 > 0 }) / Double(rank + 1)
                sum += precision / Double(ideal.count)
            }
        case .recall(let k):
            sum += Double(gains.prefix(k).count { $0 > 0 }) / Double(ideal.count)
        case .precision(let k):
            sum += Double(gains.prefix(k).count { $0 > 0 }) / Double(k)
        case .rPrecision:
            sum += Double(gains.prefix(ideal.count).count { $0 > 0 }) / Double(ideal.count)
        case .success(let k):
            sum += gains.prefix(k).contains { $0 > 0 } ? 1 : 0
        case .truncatedReciprocalRank(let k):
            sum += gains.prefix(k).firstIndex { $0 > 0 }.map { 1 / Double($0 + 1) } ?? 0
        case .reciprocalRank:
            sum += gains.firstIndex { $0 > 0 }.map { 1 / Double($0 + 1) } ?? 0
        }
    }
    return sum / Double(qrels.queryCount)
}

private func slowDCG(_ gains: [Double], _ k: Int) -> Double {
    var sum = 0.0
    for rank in 1...k where rank <= gains.count {
        sum += gains[rank - 1] / (log(Double(rank + 1)) / log(2))
    }
    return sum
}

/// Qrels with relevances from −1 to 3 in halves and a run that answers most of their queries and some others.
func randomCollection(using generator: inout some RandomNumberGenerator) -> (Qrels, Run) {
    let documents = (0..<60).map { DocumentID("d\($0)") }
    var judgments: [QueryID: [DocumentID: Double]] = [:]
    var run = Run(name: "random")
    for number in 0..<12 {
        let query = QueryID("q\(number)")
        if number != 5 {
            for document in documents.shuffled(using: &generator).prefix(Int.random(in: 1...25, using: &generator)) {
                judgments[query, default: [:]][document] = Double(Int.random(in: -2...6, using: &generator)) / 2
            }
        }
        if number != 7 {
            run[query] = RankedList(
                Array(documents.shuffled(using: &generator).prefix(Int.random(in: 0...40, using: &generator))))
        }
    }
    return (Qrels(judgments), run)
}
