import Foundation

/// The ranks and relevances of the relevant documents in a ranking, and the gains of an ideal ranking.
///
/// One judged ranking gives every measure at every cut-off. The values are those of `trec_eval`:
///
/// | here | `trec_eval` | for a query without relevant documents |
/// | --- | --- | --- |
/// | ``ndcg(at:)`` | `ndcg_cut_k` | 0 |
/// | ``averagePrecision`` | `map` | 0 |
/// | ``averagePrecision(at:)`` | `map_cut_k` | 0 |
/// | ``recall(at:)`` | `recall_k` | 0 |
/// | ``precision(at:)`` | `P_k` | 0 |
/// | ``rPrecision`` | `Rprec` | 0 |
/// | ``success(at:)`` | `success_k` | 0 |
/// | ``reciprocalRank`` | `recip_rank` | 0 |
/// | ``reciprocalRank(at:)`` | `recip_rank` with `-M k` | 0 |
///
/// `trec_eval` has whole relevances alone. Fractions are gains as they are here, and any above 0 is relevant.
public struct JudgedRanking: Hashable, Sendable {
    /// A relevant document in a ranking.
    public struct Hit: Hashable, Sendable {
        /// The rank of the document, from 1.
        public let rank: Int

        /// The relevance of the document, above 0.
        public let relevance: Double
    }

    /// The relevant documents of the ranking, by ascending rank.
    public let hits: [Hit]

    /// The relevance of every relevant document of the query, ranked or not, in descending order: the gains of an ideal
    /// ranking.
    public let idealRelevances: [Double]

    /// The number of documents ranked, relevant or not.
    public let retrievedCount: Int

    /// Judges a ranking.
    ///
    /// - Parameters:
    ///   - documents: The documents, best first, each at most once.
    ///   - judgments: The relevance of the judged documents; above 0 is relevant.
    /// - Complexity: O(*n* + *j* log *j*) for *n* documents and *j* judgments.
    public init(_ documents: some Sequence<DocumentID>, judgments: [DocumentID: Double]) {
        var hits: [Hit] = []
        var rank = 0
        for document in documents {
            rank += 1
            if let relevance = judgments[document], relevance > 0 {
                hits.append(Hit(rank: rank, relevance: relevance))
            }
        }
        self.hits = hits
        retrievedCount = rank
        idealRelevances = judgments.values.filter { $0 > 0 }.sorted(by: >)
    }
}

// MARK: - Measures

extension JudgedRanking {
    /// The normalized discounted cumulative gain of the first `k` documents.
    ///
    /// The gain of a document is its relevance, divided by log₂(rank + 1). The sum is divided by that of the ideal
    /// ranking (Järvelin & Kekäläinen, *Cumulated gain-based evaluation of IR techniques*, 2002,
    /// <https://doi.org/10.1145/582415.582418>).
    ///
    /// - Parameter k: How many documents count; at least 1.
    /// - Returns: nDCG@k, from 0 to 1.
    public func ndcg(at k: Int) -> Double {
        precondition(k >= 1, "nDCG is taken at 1 document or more, not at \(k).")
        guard !idealRelevances.isEmpty else { return 0 }
        let gain = hits.prefix { $0.rank <= k }.reduce(0) { $0 + $1.relevance / discount(rank: $1.rank) }
        let ideal = idealRelevances.prefix(k).enumerated()
            .reduce(0) { $0 + $1.element / discount(rank: $1.offset + 1) }
        return gain / ideal
    }

    /// The mean precision at the ranks of the query's relevant documents, from 0 to 1. A document that is not ranked
    /// counts 0.
    public var averagePrecision: Double { averagePrecision(ofFirst: hits.count) }

    /// The average precision of the first `k` documents: the relevant ones beyond count 0, and so do those that are not
    /// ranked.
    ///
    /// - Parameter k: How many documents count; at least 1.
    /// - Returns: The average precision at k, from 0 to 1.
    public func averagePrecision(at k: Int) -> Double {
        precondition(k >= 1, "Average precision is taken at 1 document or more, not at \(k).")
        return averagePrecision(ofFirst: relevantCount(at: k))
    }

    private func averagePrecision(ofFirst hitCount: Int) -> Double {
        guard !idealRelevances.isEmpty else { return 0 }
        let sum = hits.prefix(hitCount).enumerated().reduce(0) { $0 + Double($1.offset + 1) / Double($1.element.rank) }
        return sum / Double(idealRelevances.count)
    }

    /// The share of the query's relevant documents among the first `k`.
    ///
    /// - Parameter k: How many documents count; at least 1.
    /// - Returns: recall@k, from 0 to 1.
    public func recall(at k: Int) -> Double {
        precondition(k >= 1, "Recall is taken at 1 document or more, not at \(k).")
        guard !idealRelevances.isEmpty else { return 0 }
        return Double(relevantCount(at: k)) / Double(idealRelevances.count)
    }

    /// The share of relevant documents among the first `k`. A ranking of fewer documents is filled up with ones that
    /// are not relevant.
    ///
    /// - Parameter k: How many documents count; at least 1.
    /// - Returns: P@k, from 0 to 1.
    public func precision(at k: Int) -> Double {
        precondition(k >= 1, "Precision is taken at 1 document or more, not at \(k).")
        return Double(relevantCount(at: k)) / Double(k)
    }

    /// R-precision: the share of relevant documents among the first *R*, where *R* is the number of the query's
    /// relevant documents. From 0 to 1.
    public var rPrecision: Double {
        guard !idealRelevances.isEmpty else { return 0 }
        return precision(at: idealRelevances.count)
    }

    /// Tells whether a relevant document is among the first `k`.
    ///
    /// - Parameter k: How many documents count; at least 1.
    /// - Returns: success@k: 1 or 0.
    public func success(at k: Int) -> Double {
        precondition(k >= 1, "Success is taken at 1 document or more, not at \(k).")
        return relevantCount(at: k) > 0 ? 1 : 0
    }

    /// One divided by the rank of the first relevant document, or 0 if none is ranked.
    public var reciprocalRank: Double {
        hits.first.map { 1 / Double($0.rank) } ?? 0
    }

    /// One divided by the rank of the first relevant document, or 0 if it is not among the first `k`.
    ///
    /// - Parameter k: How many documents count; at least 1.
    /// - Returns: The reciprocal rank at k, from 0 to 1.
    public func reciprocalRank(at k: Int) -> Double {
        success(at: k) * reciprocalRank
    }

    /// The value of a measure.
    public func value(of measure: Measure) -> Double {
        switch measure {
        case .ndcg(let k): ndcg(at: k)
        case .averagePrecision: averagePrecision
        case .truncatedAveragePrecision(let k): averagePrecision(at: k)
        case .recall(let k): recall(at: k)
        case .precision(let k): precision(at: k)
        case .rPrecision: rPrecision
        case .success(let k): success(at: k)
        case .reciprocalRank: reciprocalRank
        case .truncatedReciprocalRank(let k): reciprocalRank(at: k)
        }
    }

    /// The number of relevant documents among the first `k`.
    private func relevantCount(at k: Int) -> Int {
        hits.prefix { $0.rank <= k }.count
    }

    private func discount(rank: Int) -> Double {
        log2(Double(rank + 1))
    }
}
