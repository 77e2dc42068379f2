import Foundation
import HNSW
import Measuring
import Synchronization
import VectorFiles

/// The exact neighbors of the queries of a set, and the recall of answers against them.
struct Truth {
    let k: Int
    /// The ids of the neighbors, ``k`` for each query.
    let ids: [Int64]
    private let set: VectorSet
    /// The distance of the last neighbor of each query.
    private let bounds: [Double]

    /// Finds the neighbors by an exact scan of 32-bit floats.
    init(_ set: VectorSet, k: Int) throws {
        self.set = set
        self.k = k
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
        self.ids = ids
        bounds = (0..<set.queries.count).map { row in
            ids[row * k..<(row + 1) * k].map { set.distance(ofQuery: row, to: Int($0)) }.max() ?? 0
        }
    }

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
