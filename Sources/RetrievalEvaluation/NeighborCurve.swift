import ParallelLoops

/// The recall and speed of an approximate nearest-neighbor search at several efforts.
public struct NeighborCurve: Hashable, Sendable {
    /// The recall and speed at one effort.
    public struct Point: Hashable, Sendable {
        /// The effort: the size of the candidate queue.
        public var ef: Int
        /// The mean recall at ``NeighborCurve/k``, from 0 to 1.
        public var recall: Double
        /// The queries a second of all threads together, in the best round.
        public var queriesPerSecond: Double
    }

    /// How many neighbors were searched for.
    public let k: Int

    /// A point for each effort, in the order of the call.
    public let points: [Point]
}

/// Measures an approximate nearest-neighbor search against an exact one.
///
///     let curve = try measureNeighbors(queryCount: 1_000, k: 10, efs: [20, 50, 100]) { query in
///         try flat.search(for: queries[query], k: 10).map(\.key)
///     } search: { query, ef in
///         try index.search(for: queries[query], k: 10, ef: ef).map(\.key)
///     }
///
/// Each round searches at all values of `ef` in turn. So a machine that is busy for a while slows all of them.
///
/// - Parameters:
///   - queryCount: The number of queries, at least 1.
///   - k: How many neighbors to search for, at least 1.
///   - efs: The efforts to measure.
///   - threads: How many threads search at once, at least 1.
///   - rounds: How often each effort is measured, at least 1. More rounds are likelier to meet a quiet moment.
///   - exact: The ids of the true neighbors of a query, nearest first.
///   - search: The ids that the search finds for a query at an effort, nearest first.
/// - Returns: The curve.
/// - Throws: The first error of `exact` or `search`.
/// - Complexity: *queryCount* calls of `exact`, and *queryCount* · *rounds* calls of `search` for each effort.
public func measureNeighbors<ID: Hashable & Sendable>(
    queryCount: Int,
    k: Int,
    efs: [Int],
    threads: Int = 1,
    rounds: Int = 3,
    exact: @Sendable (_ query: Int) throws -> [ID],
    search: @Sendable (_ query: Int, _ ef: Int) throws -> [ID]
) throws -> NeighborCurve {
    precondition(queryCount >= 1 && k >= 1, "Recall needs a query and a neighbor, not \(queryCount) and \(k).")
    precondition(threads >= 1 && rounds >= 1, "A measurement needs a thread and a round, not \(threads) and \(rounds).")
    let truth = try answers(to: queryCount, threads: threads, exact)
    let clock = ContinuousClock()
    var points = efs.map { NeighborCurve.Point(ef: $0, recall: 0, queriesPerSecond: 0) }
    for round in 0..<rounds {
        for (place, ef) in efs.enumerated() {
            let start = clock.now
            let found = try answers(to: queryCount, threads: threads) { try search($0, ef) }
            let seconds = start.duration(to: clock.now) / .seconds(1)
            points[place].queriesPerSecond = max(points[place].queriesPerSecond, Double(queryCount) / seconds)
            if round == 0 { points[place].recall = meanRecall(of: found, against: truth, at: k) }
        }
    }
    return NeighborCurve(k: k, points: points)
}

/// Answers all queries. The threads take blocks of them.
private func answers<ID: Sendable>(
    to queryCount: Int, threads: Int, _ answer: @Sendable (Int) throws -> [ID]
) throws -> [[ID]] {
    try concurrentMap(queryCount, threads: threads, chunk: 16, answer)
}
