/// How well a run answers the judged queries.
///
/// A mean is over all judged queries, as in `trec_eval -c`. A judged query that the run does not answer, or that has no
/// relevant document, counts 0. Queries of the run without a judgment are left out.
///
///     let evaluation = Evaluation(of: run, against: qrels)
///     print(evaluation.mean(of: .ndcg(at: 10)))
///
/// ``evaluate(_:against:depth:name:answer:)`` asks an engine the queries and evaluates its answers.
public struct Evaluation: Sendable {
    /// The run that was evaluated, cut to the depth.
    public let run: Run

    /// The judged queries, in ascending order.
    public let queryIDs: [QueryID]

    /// The judged answer to each query of ``queryIDs``, in their order.
    public let judgedRankings: [JudgedRanking]

    /// The time that the answers to all queries took, or `nil` for a run that was not timed.
    public let answerTime: Duration?

    /// Evaluates a run.
    ///
    /// - Parameters:
    ///   - run: The answers.
    ///   - qrels: The judgments.
    ///   - depth: How many documents of each answer count. The default is the usual 1,000. A greater depth can only
    ///     raise MAP, and recall and nDCG at cut-offs beyond 1,000.
    /// - Complexity: O(*q* · *depth*) for *q* judged queries.
    public init(of run: Run, against qrels: Qrels, depth: Int = defaultDepth) {
        self.init(of: run, against: qrels, depth: depth, answerTime: nil)
    }

    init(of run: Run, against qrels: Qrels, depth: Int, answerTime: Duration?) {
        precondition(depth >= 1, "A run is evaluated to a depth of 1 document or more, not \(depth).")
        self.run = Run(name: run.name, rankings: run.rankings.mapValues { $0.prefix(depth) })
        self.answerTime = answerTime
        queryIDs = qrels.queryIDs
        judgedRankings = qrels.queryIDs.map { query in
            JudgedRanking(run[query]?.documents.prefix(depth) ?? [], judgments: qrels[query])
        }
    }

    /// How many documents of an answer count by default.
    public static let defaultDepth = 1_000
}

// MARK: - Measures

extension Evaluation {
    /// The value of a measure for each query of ``queryIDs``, in their order.
    ///
    /// The values of two evaluations against the same qrels are pairs.
    public func values(of measure: Measure) -> [Double] {
        judgedRankings.map { $0.value(of: measure) }
    }

    /// The mean of a measure over all judged queries; 0 if there are none.
    public func mean(of measure: Measure) -> Double {
        guard !queryIDs.isEmpty else { return 0 }
        return values(of: measure).reduce(0, +) / Double(queryIDs.count)
    }

    /// The mean nDCG@k.
    public func ndcg(at k: Int) -> Double { mean(of: .ndcg(at: k)) }

    /// MAP: the mean of the average precision.
    public var meanAveragePrecision: Double { mean(of: .averagePrecision) }

    /// The mean recall@k.
    public func recall(at k: Int) -> Double { mean(of: .recall(at: k)) }

    /// MRR: the mean of the reciprocal rank.
    public var meanReciprocalRank: Double { mean(of: .reciprocalRank) }

    /// The judged queries for which the run ranks no document; each counts 0 in every mean.
    public var queriesWithoutResults: [QueryID] {
        zip(queryIDs, judgedRankings).filter { $0.1.retrievedCount == 0 }.map(\.0)
    }

    /// How many documents of the answers to judged queries share their score with another document of the same answer.
    /// The order among these is a convention, and measures depend on it.
    public var tiedCount: Int {
        queryIDs.reduce(0) { $0 + (run[$1]?.tiedCount ?? 0) }
    }

    /// The number of documents in the answers to judged queries.
    public var retrievedCount: Int {
        judgedRankings.reduce(0) { $0 + $1.retrievedCount }
    }

    /// QPS: the number of queries divided by the seconds that their answers took; `nil` for a run that was not timed or
    /// has no queries.
    public var queriesPerSecond: Double? {
        guard let answerTime, answerTime > .zero else { return nil }
        return Double(run.rankings.count) / (answerTime / .seconds(1))
    }
}
