import ParallelLoops
import Synchronization

/// Measures the recall of an index for a ``RecallCertificate``.
///
/// 1. Draw rows as queries, by a hash of the seed.
/// 2. Find the *k*-th true neighbor of each query, without the query itself, by an exact scan.
/// 3. For growing `ef`, walk for each query without its node, and count the results that are no farther.
/// 4. Give each mean its interval.
struct RecallMeasurement {
    private let index: VectorIndex
    private let graph: Graph
    private let threads: Int
    private let queriesWanted: Int?
    private let rows: [NodeID]
    private let ks: [Int]

    /// The numbers of neighbors.
    private static let ks = [10, 100]

    /// The numbers of candidates. Each is a half or a third larger than the one before.
    private static let efs = [10, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768]

    /// The recall that ends the measurement: a larger `ef` gives little more.
    private static let highRecall = 0.999

    /// Prepares a measurement. The default number of queries is one for each hundred vectors, from 250 to 1,000.
    init(of index: VectorIndex, _ graph: Graph, queries: Int?, threads: Int) {
        self.index = index
        self.graph = graph
        self.threads = threads
        queriesWanted = queries
        ks = Self.ks.filter { $0 < index.count }
        let usual = min(max(index.count / 100, 250), 1_000)
        rows = Self.draw(min(queries ?? usual, index.count), from: index.store, seed: graph.parameters.seed)
    }

    /// Prepares a measurement of recall@10 on some rows.
    init(of index: VectorIndex, _ graph: Graph, rows: [NodeID], threads: Int) {
        self.index = index
        self.graph = graph
        self.threads = threads
        self.rows = rows
        queriesWanted = nil
        ks = [Self.factorK]
    }

    /// The number of neighbors that ``VectorIndex/efFactor`` is measured for.
    static let factorK = 10

    /// Draws live rows, by a hash of a seed.
    static func draw(_ wanted: Int, from store: VectorStore, seed: UInt64) -> [NodeID] {
        var rows: [NodeID] = []
        var drawn: Set<NodeID> = []
        // About half of the rows are live or more, so these draws are enough. A small index runs out of rows instead.
        for draw in 0..<UInt64(wanted * 16) where rows.count < wanted {
            let hash = KeyTable.hash(draw &+ KeyTable.hash(seed))
            let row = NodeID(Int(hash % UInt64(store.count)))
            if store.isLive(row), drawn.insert(row).inserted { rows.append(row) }
        }
        return rows
    }

    /// The result.
    func certificate() -> RecallCertificate {
        var tallies = ks.map { _ in [Tally]() }
        if !ks.isEmpty, !rows.isEmpty {
            let truth = trueDistances(rows.indices)
            for ef in Self.efs where ef < index.count {
                let new = countHits(ef: ef, truth: truth)
                for (i, tally) in new.enumerated() where ef >= ks[i] { tallies[i].append(tally) }
                if tallies.allSatisfy({ $0.last.map { $0.recall >= Self.highRecall } ?? false }) { break }
            }
        }
        let curves = zip(ks, tallies).map { k, tallies in
            let effect = tallies.reduce(1) { max($0, $1.designEffect) }
            return RecallCertificate.Curve(k: k, points: tallies.map { $0.point(designEffect: effect) })
        }
        return RecallCertificate(
            curves: curves, queryCount: rows.count, vectorCount: index.count, queriesWanted: queriesWanted,
            comparesCodes: index.comparesCodes
        )
    }

    // MARK: - Step 2

    /// The distance of each query's *k*-th true neighbor, for each *k*.
    func trueDistances(_ range: Range<Int>) -> [Float] {
        collect(range) { queries, scratches, distances in
            let scans = zip(queries, scratches).map { query, scratch in
                let key = index.store.keys[rows[query].index]
                return ExactScan(store: index.store, scratch: scratch, filter: KeyFilter(where: { $0 != key }))
            }
            ExactScan.nearest(ks.last ?? 0, of: scans) { i, found in
                // Only in a damaged index are there fewer than k.
                for k in ks { distances.append(k <= found.count ? found[k - 1].distance : .infinity) }
                scans[i].scratch.ranking.recycle(found)
            }
        }
    }

    // MARK: - Step 3

    /// How many of the *k* nearest the walks find, for each *k*.
    private func countHits(ef: Int, truth: [Float]) -> [Tally] {
        let hits = hits(ef: ef, of: rows.indices, truth: truth)
        return ks.indices.map { i in
            Tally(ef: ef, k: ks[i], hits: rows.indices.map { hits[$0 * ks.count + i] })
        }
    }

    /// How many of the *k* nearest the walk of each query finds, for each *k*.
    func hits(ef: Int, of range: Range<Int>, truth: [Float]) -> [Int] {
        collect(range) { queries, scratches, hits in
            for (query, scratch) in zip(queries, scratches) {
                let found = othersNear(rows[query], ef: ef, with: scratch)
                for (i, k) in ks.enumerated() {
                    let limit = truth[(query - range.lowerBound) * ks.count + i]
                    hits.append(found.prefix(k).count { $0.distance <= limit })
                }
                scratch.ranking.recycle(found)
            }
        }
    }

    /// Searches for the neighbors of a row, and leaves the row itself out. The scratch holds the row as the encoded
    /// query.
    private func othersNear(_ row: NodeID, ef: Int, with scratch: SearchScratch) -> [Neighbor] {
        let key = index.store.keys[row.index]
        // A node with duplicates must stay, because it stands for them. Then only the key is left out.
        let isAlone = !graph.isDuplicate(row) && graph.nextDuplicate(of: row) == nil
        scratch.leftOut = isAlone ? row : nil
        defer { scratch.leftOut = nil }
        let wanted = min(ef, ks.last ?? 0)
        // A scan in place of a walk leaves no node out.
        var found = index.nearest(wanted + 1, ef: ef, filter: .all, with: scratch)
        found.removeAll { $0.key == key }
        return found
    }

    /// The number of queries that a thread takes at once.
    private static let chunk = 16

    /// Calls `body` for chunks of queries on many threads, and joins the results in the order of the queries. For each
    /// query of a chunk, a scratch holds its vector encoded.
    private func collect<Element: Sendable>(
        _ range: Range<Int>, _ body: @Sendable (_ queries: Range<Int>, [SearchScratch], inout [Element]) -> Void
    ) -> [Element] {
        concurrentFlatMap(range.count, threads: threads, chunk: Self.chunk) { indices in
            let queries = range.lowerBound + indices.lowerBound..<range.lowerBound + indices.upperBound
            var part: [Element] = []
            index.pool.withScratches(queries.count, for: index.store) { scratches in
                for (query, scratch) in zip(queries, scratches) {
                    scratch.encode(index.store.vector(rows[query]).span, for: index.store)
                }
                body(queries, scratches, &part)
            }
            return part
        }
    }
}

/// The hits of all queries at one `ef`.
private struct Tally {
    let ef: Int
    let k: Int
    let recall: Double
    private let queries: Int

    /// The variance between queries of the share of neighbors found.
    private let variance: Double

    init(ef: Int, k: Int, hits: [Int]) {
        self.ef = ef
        self.k = k
        queries = hits.count
        // The sums are of whole numbers, so they do not depend on the order.
        let sum = Double(hits.reduce(0, +))
        let squares = Double(hits.reduce(0) { $0 + $1 * $1 })
        recall = sum / Double(queries * k)
        let mean = sum / Double(queries)
        variance = queries > 1 ? max(0, squares - sum * mean) / Double(queries - 1) / Double(k * k) : 0
    }

    /// The factor by which the spread between queries exceeds that of `k` independent results.
    var designEffect: Double {
        guard recall > 0, recall < 1 else { return 1 }
        return min(Double(k), variance * Double(k) / (recall * (1 - recall)))
    }

    func point(designEffect: Double) -> RecallCertificate.Point {
        let trials = Double(queries * k) / designEffect
        let z = 1.96
        let scale = 1 / (1 + z * z / trials)
        let center = (recall + z * z / (2 * trials)) * scale
        let half = z * scale * (recall * (1 - recall) / trials + z * z / (4 * trials * trials)).squareRoot()
        let interval = max(0, min(recall, center - half))...min(1, max(recall, center + half))
        return RecallCertificate.Point(ef: ef, recall: recall, interval: interval)
    }
}
