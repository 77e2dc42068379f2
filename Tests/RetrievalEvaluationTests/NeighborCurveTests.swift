import RetrievalEvaluation
import Synchronization
import TestSupport
import Testing

@Suite("The curve of recall and speed")
struct NeighborCurveTests {
    /// A search that finds the first `ef` true neighbors of a query, and misses them all for every third query.
    private static func found(_ query: Int, _ ef: Int) -> [Int] {
        query % 3 == 0 ? [-1] : Array(truth(query).prefix(ef))
    }

    private static func truth(_ query: Int) -> [Int] {
        (0..<10).map { query * 10 + $0 }
    }

    @Test(arguments: [1, 2, 5], [1, 15, 16, 17, 100])
    func `a recall curve has mean recall, for any number of threads`(threads: Int, queryCount: Int) throws {
        let efs = [2, 5, 10]
        let curve = try measureNeighbors(
            queryCount: queryCount, k: 10, efs: efs, threads: threads, exact: Self.truth, search: Self.found
        )
        #expect(curve.k == 10)
        #expect(curve.points.map(\.ef) == efs)
        for point in curve.points {
            let hits = (0..<queryCount).reduce(0) { $0 + ($1 % 3 == 0 ? 0 : point.ef) }
            #expect(abs(point.recall - Double(hits) / Double(10 * queryCount)) < 1e-12)
            #expect(point.queriesPerSecond > 0)
        }
    }

    @Test
    func `a recall curve asks every query once a round, and the truth once`() throws {
        let searches = Mutex([Int: Int]())
        let truths = Mutex([Int: Int]())
        _ = try measureNeighbors(queryCount: 40, k: 1, efs: [1, 2], threads: 3, rounds: 4) { query in
            truths.withLock { $0[query, default: 0] += 1 }
            return [query]
        } search: { query, _ in
            searches.withLock { $0[query, default: 0] += 1 }
            return [query]
        }
        #expect(truths.withLock { $0 } == Dictionary(uniqueKeysWithValues: (0..<40).map { ($0, 1) }))
        #expect(searches.withLock { $0 } == Dictionary(uniqueKeysWithValues: (0..<40).map { ($0, 8) }))
    }

    @Test(arguments: [1, 4])
    func `a failing search ends the measurement of a recall curve`(threads: Int) {
        struct Failure: Error {}
        #expect(throws: Failure.self) {
            try measureNeighbors(queryCount: 50, k: 1, efs: [1], threads: threads) {
                [$0]
            } search: { query, _ in
                if query == 33 { throw Failure() }
                return [query]
            }
        }
        #expect(throws: Failure.self) {
            try measureNeighbors(queryCount: 50, k: 1, efs: [1], threads: threads) { (_) throws -> [Int] in
                throw Failure()
            } search: { query, _ in
                [query]
            }
        }
    }
}
