import ArraySpans
import ParallelLoops
import Synchronization

/// Measures the recall of an index for a ``RecallCertificate``.
///
/// 1. Take queries of the caller, or draw rows as queries, by a hash of the seed.
/// 2. Find the *k*-th true neighbor of each query, without the query itself, by an exact scan.
/// 3. For growing `ef`, walk for each query as if its node were not there, and count the results that are no farther.
/// 4. Give each mean its interval.
struct RecallMeasurement {
    private let index: VectorIndex
    private let graph: Graph
    private let threads: Int
    private let queriesWanted: Int?
    private let queries: Queries
    private let ks: [Int]

    /// The nodes of queries that are rows. It is `nil` for a node with duplicates, which must stay because it stands
    /// for them: then only the key is left out.
    private let leftOut: [LeftOutNode?]

    /// The queries of a measurement.
    enum Queries {
        /// Vectors of the index.
        case rows([NodeID])

        /// Vectors of the caller, one after another.
        case vectors([Float], count: Int)

        var count: Int {
            switch self {
            case .rows(let rows): rows.count
            case .vectors(_, let count): count
            }
        }
    }

    /// The numbers of neighbors.
    private static let ks = [10, 100]

    /// The numbers of candidates. Each is a half or a third larger than the one before.
    private static let efs = [10, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768]

    /// The recall that ends the measurement: a larger `ef` gives little more.
    private static let highRecall = 0.999

    /// Prepares a measurement on vectors of the index. The default number of queries is one for each hundred vectors,
    /// from 250 to 1,000.
    init(of index: VectorIndex, _ graph: Graph, queries: Int?, threads: Int) {
        let usual = min(max(index.count / 100, 250), 1_000)
        let rows = Self.draw(min(queries ?? usual, index.count), from: index.store, seed: graph.parameters.seed)
        // More than an index can hold are all of them, and a file has room for the number.
        let wanted = queries.map { min($0, VectorStore.maximumCount) }
        self.init(of: index, graph, .rows(rows), ks: Self.ks.filter { $0 < index.count }, threads, wanted: wanted)
    }

    /// Prepares a measurement on validated queries of the caller.
    init(of index: VectorIndex, _ graph: Graph, queries: [Float], threads: Int) {
        let all = Queries.vectors(queries, count: queries.count / index.dimensions)
        self.init(of: index, graph, all, ks: Self.ks.filter { $0 < index.count }, threads, wanted: nil)
    }

    /// Prepares a measurement of recall@10 on some rows.
    init(of index: VectorIndex, _ graph: Graph, rows: [NodeID], threads: Int) {
        self.init(of: index, graph, .rows(rows), ks: [Self.factorK], threads, wanted: nil)
    }

    private init(
        of index: VectorIndex, _ graph: Graph, _ queries: Queries, ks: [Int], _ threads: Int, wanted: Int?
    ) {
        self.index = index
        self.graph = graph
        self.queries = queries
        self.ks = ks
        self.threads = threads
        queriesWanted = wanted
        switch queries {
        case .rows(let rows):
            leftOut = rows.map { row in
                let isAlone = !graph.isDuplicate(row) && graph.nextDuplicate(of: row) == nil
                return isAlone ? LeftOutNode(row, of: graph, store: index.store, pool: index.pool) : nil
            }
        case .vectors: leftOut = []
        }
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
    ///
    /// - Throws: ``HNSWError`` with the code `cancelled`.
    func certificate(_ interruption: Interruption) throws(HNSWError) -> RecallCertificate {
        var tallies = ks.map { _ in [Tally]() }
        var limit: Remoteness?
        if !ks.isEmpty, queries.count > 0 {
            let truth = try inParts(interruption.part(from: 0, to: 0.5)) { self.truth($0) }
            limit = usualLimit(truth)
            let efs = Self.efs.filter { $0 < index.count }
            for (i, ef) in efs.enumerated() {
                // A walk takes time in proportion to `ef`, which grows like an exponential.
                let (start, end) = (Double(i * i), Double((i + 1) * (i + 1)))
                let whole = 2 * Double(efs.count * efs.count)
                let found = try inParts(interruption.part(from: 0.5 + start / whole, to: 0.5 + end / whole)) { part in
                    hits(ef: ef, of: part, limits: truth[part].flatMap(\.limits))
                }
                for (i, k) in ks.enumerated() where ef >= k {
                    let own = (0..<queries.count).map { found[$0 * ks.count + i] }
                    tallies[i].append(Tally(ef: ef, k: k, hits: own))
                }
                if tallies.allSatisfy({ $0.last.map { $0.recall >= Self.highRecall } ?? false }) { break }
            }
        }
        let curves = zip(ks, tallies).map { k, tallies in
            let effect = tallies.reduce(1) { max($0, $1.designEffect) }
            return RecallCertificate.Curve(k: k, points: tallies.map { $0.point(designEffect: effect) })
        }
        let source: RecallCertificate.QuerySource =
            switch queries {
            case .rows: .indexedVectors
            case .vectors: .givenQueries
            }
        return RecallCertificate(
            curves: curves, queryCount: queries.count, vectorCount: index.count, queriesWanted: queriesWanted,
            comparesCodes: index.comparesCodes, source: source, nearestLimit: limit)
    }

    /// Calls `body` for parts of the queries, joins what it returns, and asks after each part whether to go on.
    private func inParts<Element>(
        _ interruption: Interruption, _ body: (Range<Int>) -> [Element]
    ) throws(HNSWError) -> [Element] {
        var all: [Element] = []
        let size = Self.chunk * max(threads, 4)
        for start in stride(from: 0, to: queries.count, by: size) {
            all += body(start..<min(start + size, queries.count))
            try interruption.check(min(start + size, queries.count), of: queries.count)
        }
        return all
    }

    // MARK: - Step 2

    /// What a scan finds for a query.
    private struct Truth {
        /// The raw distance of its *k*-th neighbor, for each *k*.
        let limits: [Float]

        /// How far its nearest is; `nil` only in a damaged index.
        let remoteness: Remoteness?
    }

    private func truth(_ range: Range<Int>) -> [Truth] {
        collect(range) { queries, scratches, truth in
            let scans = zip(queries, scratches).map { query, scratch in
                let own = key(of: query)
                let filter = own.map { own in KeyFilter(where: { $0 != own }) } ?? .all
                return ExactScan(store: index.store, scratch: scratch, filter: filter)
            }
            ExactScan.nearest(ks.last ?? 0, of: scans) { i, found in
                // Only in a damaged index are there fewer than k.
                let limits = ks.map { $0 <= found.count ? found[$0 - 1].distance : .infinity }
                let scratch = scans[i].scratch
                let query = unsafe UnsafeBufferPointer(scratch.vector).span
                let nearest = found.first?.converted(by: scratch.exactQuery)
                truth.append(
                    Truth(limits: limits, remoteness: nearest.map { index.remoteness(of: query, from: $0) }))
                scratch.memory.results.giveBack(found)
            }
        }
    }

    /// The remoteness that one of two hundred queries exceeds, by either measure.
    private func usualLimit(_ truth: [Truth]) -> Remoteness {
        func limit(_ measure: (Remoteness) -> Float) -> Float {
            let all = truth.map { $0.remoteness.map(measure) ?? .infinity }.sorted()
            return all[(all.count - 1) * 199 / 200]
        }
        return Remoteness(distance: limit(\.distance), ratio: limit(\.ratio))
    }

    // MARK: - Step 3

    /// How many of the *k* nearest the walk of each query finds, for each *k*. `limits` holds the raw distances of the
    /// *k*-th true neighbors, query after query.
    func hits(ef: Int, of range: Range<Int>, limits: [Float]) -> [Int] {
        collect(range) { queries, scratches, hits in
            for (query, scratch) in zip(queries, scratches) {
                let found = othersNear(query, ef: ef, with: scratch)
                for (i, k) in ks.enumerated() {
                    let limit = limits[(query - range.lowerBound) * ks.count + i]
                    hits.append(found.prefix(k).count { $0.distance <= limit })
                }
                scratch.memory.results.giveBack(found)
            }
        }
    }

    /// The key of a query that is a vector of the index.
    private func key(of query: Int) -> UInt64? {
        switch queries {
        case .rows(let rows): index.store.keys[rows[query].index]
        case .vectors: nil
        }
    }

    /// Searches for the neighbors of a query, and leaves its own row out. The scratch holds the query encoded.
    private func othersNear(_ query: Int, ef: Int, with scratch: SearchScratch) -> [Neighbor] {
        let wanted = min(ef, ks.last ?? 0)
        guard case .rows(let rows) = queries else { return index.nearest(wanted, ef: ef, filter: .all, with: scratch) }
        let row = rows[query]
        let key = index.store.keys[row.index]
        scratch.leftOut = leftOut[query]
        defer { scratch.leftOut = nil }
        // A scan in place of a walk leaves no node out.
        var found = index.nearest(wanted + 1, ef: ef, filter: .all, with: scratch)
        found.removeAll { $0.key == key }
        return found
    }

    private func encode(_ query: Int, with scratch: SearchScratch) {
        switch queries {
        case .rows(let rows):
            scratch.encode(index.store.vector(rows[query]).span, for: index.store)
        case .vectors(let vectors, _):
            let range = query * index.dimensions..<(query + 1) * index.dimensions
            scratch.encode(vectors.span.extracting(range), for: index.store)
        }
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
                for (query, scratch) in zip(queries, scratches) { encode(query, with: scratch) }
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
