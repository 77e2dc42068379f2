import BenchmarkVectors
import Foundation
import HNSW
import Measuring
import Synchronization

/// The exact neighbors of the queries of a set, and the recall of answers against them.
struct Truth {
    let k: Int
    /// The ids of the neighbors, ``k`` for each query.
    let ids: [Int64]
    private let set: VectorSet
    /// The distance of the last neighbor of each query.
    private let bounds: [Double]

    /// Takes the neighbors that came with the set, or else finds them by an exact scan of 32-bit floats.
    ///
    /// - Throws: ``BenchmarkError`` if the neighbors that came with the set are not the nearest.
    init(_ set: VectorSet, k: Int) throws {
        self.set = set
        self.k = k
        let ids = try set.truth ?? Self.scan(set, k: k)
        self.ids = ids
        bounds = (0..<set.queries.count).map { row in
            ids[row * k..<(row + 1) * k].map { set.distance(ofQuery: row, to: Int($0)) }.max() ?? 0
        }
        if set.truth != nil { try check() }
    }

    private static func scan(_ set: VectorSet, k: Int) throws -> [Int64] {
        var index = try VectorIndex(
            dimensions: set.base.dimensions, metric: set.metric.metric, elements: .float32, graph: nil)
        try index.add(set.base.values, keys: (0..<UInt64(set.base.count)).map { $0 })
        let found = Mutex([Int: [Int64]]())
        let snapshot = index
        DispatchQueue.concurrentPerform(iterations: set.queries.count) { row in
            let neighbors = (try? snapshot.search(for: Array(set.queries[row]), k: k)) ?? []
            found.withLock { $0[row] = neighbors.map { Int64($0.key) } }
        }
        let ids = found.withLock { found in (0..<set.queries.count).flatMap { found[$0] ?? [] } }
        guard ids.count == k * set.queries.count else {
            throw BenchmarkError("the exact scan of \(set.name) gave \(ids.count) neighbors")
        }
        return ids
    }

    /// Compares some queries with all vectors, in search of one that is nearer than the last of the neighbors.
    private func check() throws {
        let step = max(1, set.queries.count / Self.checkedQueries)
        for row in stride(from: 0, to: set.queries.count, by: step) {
            let known = Set(ids[row * k..<(row + 1) * k])
            guard known.count == k else {
                throw BenchmarkError("the given truth of \(set.name) names a neighbor of query \(row) twice")
            }
            for id in 0..<set.base.count where !known.contains(Int64(id)) {
                guard set.distance(ofQuery: row, to: id) < bounds[row] - givenSlack else { continue }
                throw BenchmarkError(
                    "vector \(id) of \(set.name) is nearer to query \(row) by \(set.metric.rawValue) than the given "
                        + "truth. Is METRIC right, and is it the truth of these vectors? Without TRUTH it is computed.")
            }
        }
    }

    /// The queries that a given truth is checked with.
    private static let checkedQueries = 20

    /// What a given truth, of another program's 32-bit floats, may be wrong by.
    private var givenSlack: Double { 1e-4 * (bounds.map(abs).max() ?? 1) }

    /// The mean share of the ``k`` nearest that was found.
    ///
    /// An answer counts if it is as near as the last of the true neighbors, so any of several vectors at the same
    /// distance counts. A repeated answer counts once.
    ///
    /// - Throws: ``BenchmarkError`` if there are too few or too many answers, or an id that does not exist. Some
    ///   systems fill missing answers with -1.
    func recall(of answers: [Int64], system: String) throws -> Double {
        guard answers.count == ids.count else {
            throw BenchmarkError("\(system) gave \(answers.count) answers where \(ids.count) were asked for")
        }
        guard answers.allSatisfy({ (-1..<Int64(set.base.count)).contains($0) }) else {
            throw BenchmarkError("\(system) answered with an id that there is not")
        }
        var hits = 0
        for (row, bound) in bounds.enumerated() {
            let found = Set(answers[row * k..<(row + 1) * k]).subtracting([-1])
            hits += found.count { set.distance(ofQuery: row, to: Int($0)) <= bound + slack }
        }
        return Double(hits) / Double(ids.count)
    }

    /// The rounding error that a distance may have.
    private var slack: Double { 1e-6 * (bounds.map(abs).max() ?? 1) }
}

extension VectorSet {
    /// The distance of a query to an indexed vector in double precision.
    fileprivate func distance(ofQuery row: Int, to id: Int) -> Double {
        var product = 0.0
        var difference = 0.0
        var lengths = (0.0, 0.0)
        let (a, b) = (row * base.dimensions, id * base.dimensions)
        for axis in 0..<base.dimensions {
            let (x, y) = (Double(queries.values[a + axis]), Double(base.values[b + axis]))
            product += x * y
            difference += (x - y) * (x - y)
            lengths.0 += x * x
            lengths.1 += y * y
        }
        return switch metric {
        case .innerProduct: 1 - product
        case .squaredEuclidean: difference
        case .cosine: 1 - product / max((lengths.0 * lengths.1).squareRoot(), .leastNormalMagnitude)
        }
    }
}
