/// Measures ``VectorIndex/efFactor``, in steps: finds the nearest of some vectors of the index by a scan, and then
/// recall@10 of walks with more and more candidates.
struct FactorMeasurement: Sendable {
    /// The vectors that serve as queries, and their nearest.
    private let rows: [NodeID]
    private var nearest: NearestRows

    /// The next query, the hits of those before it, and their number.
    private var next = 0
    private var hits = 0
    private var asked = 0

    /// The smallest factor that is not ruled out.
    private(set) var factor = 1
    private(set) var isOver: Bool

    /// The number of rows of the graph at the start.
    let graphCount: Int

    private static let largestFactor = 16

    /// The recall that an index should have by default: .95, and .01 because a hundred queries tell it no better.
    private static let goodRecall = 0.96

    /// The number of components that a change compares.
    private static let components = 1 << 19

    init(of index: VectorIndex, _ graph: Graph) {
        rows = RecallMeasurement.draw(min(100, index.count), from: index.store, seed: graph.parameters.seed)
        nearest = NearestRows(of: rows, k: RecallMeasurement.factorK)
        isOver = rows.isEmpty || index.count <= RecallMeasurement.factorK
        graphCount = graph.count
    }

    /// Does the work of some changes: a part of the scan, then a query for each. Returns the number of changes whose
    /// work it did.
    mutating func step(_ changes: Int, of index: VectorIndex, _ graph: Graph, threads: Int) -> Int {
        guard !isOver else { return 1 }
        if nearest.scanned < graphCount { return scan(changes, of: index, threads: threads) }
        let part = next..<min(rows.count, next + changes)
        let measurement = RecallMeasurement(of: index, graph, rows: Array(rows[part]), threads: threads)
        let limits = nearest.found[part].map { Candidate.distance(ordered: $0.limit) }
        let found = measurement.hits(ef: VectorIndex.defaultEF * factor, of: 0..<part.count, limits: limits)
        // A vector may have been removed since the start.
        for (row, found) in zip(rows[part], found) where index.store.isLive(row) {
            hits += found
            asked += 1
        }
        next = part.upperBound
        if next == rows.count {
            let isGood = Double(hits) >= Self.goodRecall * Double(asked * RecallMeasurement.factorK)
            if !isGood { factor *= 2 }
            isOver = isGood || factor == Self.largestFactor
            (next, hits, asked) = (0, 0, 0)
        }
        return part.count
    }

    /// How far the nearest is from the vectors, at most; 0 under the inner product, where vectors have no distance.
    func usualNearest(in store: VectorStore) -> Float {
        guard store.metric != .innerProduct else { return 0 }
        let distances = zip(rows, nearest.found).compactMap { row, found -> Float? in
            guard let nearest = found.entries.min(by: { $0.ordered < $1.ordered })?.row else { return nil }
            let squares = zip(store.vector(row), store.vector(nearest)).reduce(0.0) { sum, pair in
                let difference = Double(pair.0) - Double(pair.1)
                return sum + difference * difference
            }
            return Float(store.metric == .cosine ? squares / 2 : squares)
        }
        return distances.filter(\.isFinite).max() ?? 0
    }

    private mutating func scan(_ changes: Int, of index: VectorIndex, threads: Int) -> Int {
        let step = max(1, Self.components / (rows.count * index.dimensions))
        let start = nearest.scanned
        nearest.scan(
            index.store, upTo: min(graphCount, start + changes * step), pool: index.pool, threads: threads)
        return max(1, (nearest.scanned - start) / step)
    }
}
