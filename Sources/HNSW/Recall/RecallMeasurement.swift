import ParallelLoops

/// Measures the recall of an index: the making of a ``RecallCertificate``.
///
/// 1. Draw rows as queries, by a hash of the seed.
/// 2. Find each query's *k*-th true neighbour, itself left out, by an exact scan.
/// 3. For ever greater `ef`, walk for each query with its node left out, and count the results that are no farther.
/// 4. Give each mean its interval.
struct RecallMeasurement {
    let index: HNSWIndex
    let threads: Int
    private let queriesWanted: Int?
    private let rows: [Int]
    private let ks: [Int]

    /// The neighbours that are asked for.
    private static let ks = [10, 100]

    /// The candidates that walks keep: each half as many again, or a third.
    private static let efs = [10, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768]

    /// The recall at which greater `ef` need not be tried.
    private static let highRecall = 0.999

    /// Prepares a measurement; without a number of queries by one for each hundred vectors.
    init(of index: HNSWIndex, queries: Int?, threads: Int) {
        self.index = index
        self.threads = threads
        queriesWanted = queries
        ks = Self.ks.filter { $0 < index.count }
        let usual = min(max(index.count / 100, 250), 1_000)
        rows = Self.draw(min(queries ?? usual, index.count), from: index)
    }

    private static func draw(_ wanted: Int, from index: HNSWIndex) -> [Int] {
        var rows: [Int] = []
        var drawn: Set<Int> = []
        // Half of the rows live at least, so that this is many more than needed; a small index runs out of rows instead.
        for draw in 0..<UInt64(wanted * 16) where rows.count < wanted {
            let hash = KeyTable.hash(draw &+ KeyTable.hash(index.parameters.seed))
            let row = Int(hash % UInt64(index.store.count))
            if index.store.isLive(row), drawn.insert(row).inserted { rows.append(row) }
        }
        return rows
    }

    func certificate() -> RecallCertificate {
        var tallies = ks.map { _ in [Tally]() }
        if !ks.isEmpty, !rows.isEmpty {
            let truth = trueDistances()
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
            curves: curves, queryCount: rows.count, vectorCount: index.count, queriesWanted: queriesWanted
        )
    }

    // MARK: - Step 2

    /// The distance of each query's *k*-th true neighbour, for each *k*.
    private func trueDistances() -> [Float] {
        collect { rows, scratches, distances in
            let scans = zip(rows, scratches).map { row, scratch in
                let key = index.store.keys[row]
                return ExactScan(store: index.store, scratch: scratch, predicate: { $0 != key })
            }
            ExactScan.findNearest(ks.last ?? 0, of: scans)
            for scan in scans {
                // There are as many but in a damaged index.
                let found = scan.scratch.ranking.neighbors
                for k in ks { distances.append(k <= found.count ? found[k - 1].distance : .infinity) }
            }
        }
    }

    // MARK: - Step 3

    /// How many of the *k* nearest walks find, for each *k*.
    private func countHits(ef: Int, truth: [Float]) -> [Tally] {
        let places = Dictionary(uniqueKeysWithValues: zip(rows, rows.indices))
        let hits = collect { rows, scratches, hits in
            for (row, scratch) in zip(rows, scratches) {
                findOthers(of: row, ef: ef, with: scratch)
                for (i, k) in ks.enumerated() {
                    let limit = truth[(places[row] ?? 0) * ks.count + i]
                    hits.append(scratch.ranking.neighbors.prefix(k).count { $0.distance <= limit })
                }
            }
        }
        return ks.indices.map { i in
            Tally(ef: ef, k: ks[i], hits: rows.indices.map { hits[$0 * ks.count + i] })
        }
    }

    /// Leaves what a search finds for a row, which the scratch holds encoded, other than that row.
    private func findOthers(of row: Int, ef: Int, with scratch: SearchScratch) {
        let key = index.store.keys[row]
        // A node with twins must stay, for it stands for them; then only the key is left out.
        let isAlone = !index.graph.isTwin(row) && index.graph.nextTwin(of: row) == nil
        scratch.leftOut = isAlone ? row : nil
        defer { scratch.leftOut = nil }
        let wanted = min(ef, ks.last ?? 0)
        index.find(isAlone ? wanted : wanted + 1, ef: ef, filter: .all, with: scratch)
        scratch.ranking.neighbors.removeAll { $0.key == key }
    }

    /// The queries that are given out together.
    private static let chunk = 16

    /// Calls `body` for the rows of a chunk of queries, each of which a scratch of its own then holds encoded, and joins what
    /// it appends.
    private func collect<Element: Sendable>(
        _ body: @Sendable (_ rows: ArraySlice<Int>, [SearchScratch], inout [Element]) -> Void
    ) -> [Element] {
        concurrentFlatMap(rows.count, threads: threads, chunk: Self.chunk) { queries in
            var part: [Element] = []
            index.pool.withScratches(queries.count, for: index.store) { scratches in
                for (query, scratch) in zip(queries, scratches) {
                    scratch.encode(index.store.vector(rows[query]).span, for: index.store)
                }
                body(rows[queries], scratches, &part)
            }
            return part
        }
    }
}

/// What was counted at one `ef`.
private struct Tally {
    let ef: Int
    let k: Int
    let recall: Double
    private let queries: Int

    /// The variance between queries of the share that was found.
    private let variance: Double

    init(ef: Int, k: Int, hits: [Int]) {
        self.ef = ef
        self.k = k
        queries = hits.count
        // Whole numbers, so that the sum does not depend on an order.
        let sum = Double(hits.reduce(0, +))
        let squares = Double(hits.reduce(0) { $0 + $1 * $1 })
        recall = sum / Double(queries * k)
        let mean = sum / Double(queries)
        variance = queries > 1 ? max(0, squares - sum * mean) / Double(queries - 1) / Double(k * k) : 0
    }

    /// By how much the spread between queries exceeds that of `k` independent results.
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
