import VectorKernels

/// Decides between a walk over the graph and a scan, and runs it.
extension VectorIndex {
    /// The `k` nearest vectors to a query. Give their memory back by ``SpareMemory/giveBack(_:)``.
    ///
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch`, `notFinite` or `invalidArgument`.
    func nearest(
        _ k: Int, to query: Span<Float>, ef: Int, filter: KeyFilter, with scratch: SearchScratch
    ) throws(HNSWError) -> [Neighbor] {
        try Self.validate(k: k, ef: ef)
        try store.validate(query: query)
        guard k > 0, count > 0 else { return scratch.memory.results.take() }
        scratch.encode(query, for: store)
        return nearest(k, ef: ef, filter: filter, with: scratch)
    }

    /// The `k` nearest vectors to the query that the scratch holds encoded.
    func nearest(_ k: Int, ef: Int, filter: KeyFilter, with scratch: SearchScratch) -> [Neighbor] {
        guard let graph else { return scan(k, filter: filter, listing: filter.selected != nil, with: scratch) }
        if !filter.passesAll { return nearest(k, ef: ef, passing: filter, over: graph, with: scratch) }
        let width = walkWidth(k: k, ef: ef, over: graph)
        if isWalkFaster(width: width, over: graph) {
            let result = walk(k: k, ef: width, filter: filter, over: graph, with: scratch)
            if result.isReliable, result.neighbors.count >= k { return result.neighbors }
            scratch.memory.results.giveBack(result.neighbors)
        }
        return scan(k, filter: filter, listing: false, with: scratch)
    }

    /// The `k` nearest vectors by an exact scan: of all rows, or of a list of those that pass the filter.
    private func scan(_ k: Int, filter: KeyFilter, listing: Bool, with scratch: SearchScratch) -> [Neighbor] {
        guard listing else { return ExactScan(store: store, scratch: scratch, filter: filter).nearest(k) }
        let rows = store.rows(passing: filter, in: scratch.memory.rows.take())
        defer { scratch.memory.rows.giveBack(rows) }
        return ExactScan(store: store, scratch: scratch, filter: filter, listed: rows).nearest(k)
    }

    // MARK: - Walking

    /// What a walk found.
    struct WalkResult {
        /// The results, at most `k`.
        let neighbors: [Neighbor]

        /// The number of candidates of the walk that the search may find.
        var findable = 0

        /// Whether nearer vectors are not hidden by near-duplicates or by the error of codes. If they may be, only a
        /// scan tells.
        var isReliable = true
    }

    /// The `k` nearest that a walk over the graph finds. There may be fewer.
    private func walk(
        k: Int, ef: Int, filter: KeyFilter, over graph: Graph, with scratch: SearchScratch
    ) -> WalkResult {
        // SAFETY: neither store nor graph changes before the call returns.
        var walk = unsafe GraphWalk(graph: graph, store: store, scratch: scratch)
        guard unsafe walk.run(downTo: 0, ef: ef) else {
            return WalkResult(neighbors: scratch.memory.results.take())
        }
        var width = ef
        for _ in 0..<Self.widenings where unsafe walk.queue.endsInNearDuplicates {
            width *= Self.widening
            guard isWalkFaster(width: width, over: graph) else {
                return WalkResult(neighbors: scratch.memory.results.take(), isReliable: false)
            }
            _ = unsafe walk.run(downTo: 0, ef: width)
        }
        return unsafe rank(walk.queue, of: graph, k: k, filter: filter, with: scratch)
    }

    /// How often a walk is repeated with more candidates because near-duplicates have taken the places of others, and
    /// the factor of their number. A group of near-duplicates is then hidden by none that is 16 times smaller than
    /// `ef`.
    static var widenings: Int { 2 }
    static var widening: Int { 4 }

    /// The `k` nearest of the `ef` candidates of a walk, or of all vectors if the walk found too few.
    func conclude(
        _ queue: CandidateQueue, of graph: Graph, k: Int, ef: Int, with scratch: SearchScratch
    ) -> [Neighbor] {
        let result =
            unsafe queue.endsInNearDuplicates
            ? walk(k: k, ef: ef, filter: .all, over: graph, with: scratch)
            : rank(queue, of: graph, k: k, filter: .all, with: scratch)
        if result.isReliable, result.neighbors.count >= k { return result.neighbors }
        scratch.memory.results.giveBack(result.neighbors)
        return scan(k, filter: .all, listing: false, with: scratch)
    }

    /// The number of candidates that a walk keeps. Nodes that wait for their removal take extra places.
    func walkWidth(k: Int, ef: Int, over graph: Graph) -> Int {
        let wanted = min(max(ef, k), count)
        return wanted + wanted * graph.pendingRemovals / max(count, 1)
    }

    /// Whether a walk that keeps `width` candidates promises to be faster than a scan of all vectors, which misses
    /// nothing.
    ///
    /// A walk expands as many nodes as it keeps, and finds about *m* new rows at each.
    func isWalkFaster(width: Int, over graph: Graph) -> Bool {
        guard mayScan else { return width < count }
        let rows = Double(width * graph.m) * Self.rowsScanned
        return width < count && rows < Double(store.count) + Self.rowsBeforeScan
    }

    /// The number of rows that a scan compares in the time of one row of a walk.
    ///
    /// A scan takes 14 + 0.0038 *n* µs and a walk 0.019 · `ef` · *m* µs; see <doc:Performance>. In a batch both are
    /// faster. One rule serves single searches and batches, so that both find the same.
    private static var rowsScanned: Double { 5 }

    /// The number of rows that a scan could compare in its constant time.
    private static var rowsBeforeScan: Double { 3_700 }

    // MARK: - Filtering

    /// The `k` nearest vectors that pass a filter.
    ///
    /// Either a walk keeps so many candidates that enough of them pass, or the rows that pass are listed and compared,
    /// which is exact. The share of vectors that pass decides which is faster. A selection gives the share, and a
    /// sample estimates it for other conditions. If too few candidates pass, their share near the query replaces the
    /// estimate.
    private func nearest(
        _ k: Int, ef: Int, passing filter: KeyFilter, over graph: Graph, with scratch: SearchScratch
    ) -> [Neighbor] {
        let plan = FilterPlan(filter, of: self)
        var width = filteredWidth(k: k, ef: ef, share: plan.share, over: graph)
        // Where a search without a filter scans, its recall is that of the scan.
        let mayWalk = isWalkFaster(width: walkWidth(k: k, ef: ef, over: graph), over: graph)
        while mayWalk, isWalkFaster(width: width, than: plan, over: graph) {
            let result = walk(k: k, ef: width, filter: filter, over: graph, with: scratch)
            if result.isReliable, result.neighbors.count >= k { return result.neighbors }
            scratch.memory.results.giveBack(result.neighbors)
            guard result.isReliable else { break }
            let local = (Double(result.findable) + 0.5) / Double(width)
            width = max(2 * width, filteredWidth(k: k, ef: ef, share: local, over: graph))
        }
        return scan(k, filter: filter, listing: plan.isListed, with: scratch)
    }

    /// What a filter costs.
    struct FilterPlan {
        /// The share of vectors that pass, counted or estimated.
        let share: Double

        /// The time of listing and comparing the rows that pass.
        fileprivate let listing: Double

        /// Whether a scan compares only the rows that pass.
        let isListed: Bool

        init(_ filter: KeyFilter, of index: VectorIndex) {
            if let selected = filter.selected {
                share = min(1, (Double(selected.count) + 0.5) / Double(index.count))
                listing = VectorIndex.listedCost * Double(selected.count)
                isListed = true
            } else {
                share = index.sampledShare(of: filter)
                let rows = Double(index.store.count)
                listing = VectorIndex.lookCost * rows + VectorIndex.listedCost * share * rows
                isListed = share <= VectorIndex.largestListedShare
            }
        }
    }

    /// Whether a walk that keeps `width` candidates promises to be faster than a scan of the rows that pass a filter.
    func isWalkFaster(width: Int, than plan: FilterPlan, over graph: Graph) -> Bool {
        width < count && Self.candidateCost * Double(width * graph.m) < plan.listing
    }

    /// The number of candidates that a walk keeps if a share of the vectors passes.
    ///
    /// With about `ef` / √*share* candidates a walk finds as large a part of the nearest that pass as it finds of all
    /// nearest with `ef`; <doc:Searching> has the measurement. In addition, `k` of the candidates must pass.
    func filteredWidth(k: Int, ef: Int, share: Double, over graph: Graph) -> Int {
        let wanted = Double(max(ef, k)) / share.squareRoot()
        let passing = (Double(k) + Self.spareDeviations * Double(k).squareRoot()) / share
        return walkWidth(k: 0, ef: Int(min(max(wanted, passing), Double(count)).rounded(.up)), over: graph)
    }

    /// An estimate of the share of vectors that pass a filter.
    private func sampledShare(of filter: KeyFilter) -> Double {
        // The sample is scattered, because the keys that pass may follow a rhythm in the order of the rows.
        let passed = (0..<Self.sampleSize).count { sample in
            store.isFindable(NodeID(Int(KeyTable.hash(UInt64(sample)) % UInt64(store.count))), filter)
        }
        return (Double(passed) + 0.5) / Double(Self.sampleSize + 1)
    }

    /// The number of rows in the sample.
    private static var sampleSize: Int { 128 }

    /// The number of standard deviations by which more candidates than `k` are expected to pass.
    private static var spareDeviations: Double { 1 }

    /// Costs in nanoseconds on 256 dimensions: a link of a candidate in a walk, a predicate for one row, the comparison
    /// of one listed row. Only their ratios matter.
    private static var candidateCost: Double { 50 }
    private static var lookCost: Double { 4 }
    private static var listedCost: Double { 60 }

    /// The share above which a scan of all rows is faster than a list. The scan filters only the rows that are near
    /// enough.
    private static var largestListedShare: Double { 0.25 }

    // MARK: - Within a radius

    /// The vectors whose raw distance from the query that the scratch holds encoded is at most a radius.
    func all(within radius: Float, ef: Int, filter: KeyFilter, with scratch: SearchScratch) -> [Neighbor] {
        guard count > 0 else { return scratch.memory.results.take() }
        if let graph, let found = walk(within: radius, ef: ef, filter: filter, over: graph, with: scratch) {
            return found
        }
        return ExactScan(store: store, scratch: scratch, filter: filter).all(within: radius)
    }

    /// The vectors within a radius that a walk finds; `nil` if a scan must take its place.
    private func walk(
        within radius: Float, ef: Int, filter: KeyFilter, over graph: Graph, with scratch: SearchScratch
    ) -> [Neighbor]? {
        // Vectors of the largest inner products need not be each other's neighbors, so a walk may miss many.
        guard metric != .innerProduct, !mayScan || store.count > Self.mostScannedForRadius else { return nil }
        // SAFETY: neither store nor graph changes before the call returns.
        var walk = unsafe GraphWalk(graph: graph, store: store, scratch: scratch)
        var width = walkWidth(k: 1, ef: max(ef, Self.fewestForRadius), over: graph)
        while width <= store.count / Self.radiusWalkShare, unsafe walk.run(downTo: 0, ef: width) {
            let queue = unsafe walk.queue
            // A walk with fewer candidates has seen all that it can reach. Only a scan sees the rest.
            guard unsafe queue.count == width else { return nil }
            // A group of near-duplicates that fills the queue hides nearer vectors.
            if unsafe !queue.endsInNearDuplicates, unsafe isBeyond(radius, queue, with: scratch) {
                return unsafe rank(queue, of: graph, within: radius, filter: filter, with: scratch)
            }
            width *= 2
        }
        return nil
    }

    /// Whether the farther half of a walk's candidates lies beyond a radius. By codes they must do so by twice the
    /// largest error among some of the candidates.
    private func isBeyond(_ radius: Float, _ queue: CandidateQueue, with scratch: SearchScratch) -> Bool {
        guard let farthest = unsafe queue.count > 0 ? queue[queue.count / 2] : nil else { return true }
        guard store.comparesCodes else { return farthest.distance > radius }
        var error: Float = 0
        let step = unsafe max(1, queue.count / Self.radiusErrorSample)
        for i in unsafe stride(from: queue.count - 1, through: 0, by: -step) {
            let candidate = unsafe queue[i]
            error = max(error, abs(exactDistance(of: candidate.node, with: scratch) - candidate.distance))
        }
        return farthest.distance - 2 * error > radius
    }

    /// The number of vectors up to which a search within a radius scans all, and so misses none. With codes of 256
    /// components that takes less than half a millisecond.
    private static var mostScannedForRadius: Int { 100_000 }

    /// The number of candidates that a walk within a radius keeps at least, and of those whose error is measured.
    private static var fewestForRadius: Int { 200 }
    private static var radiusErrorSample: Int { 16 }

    /// The raw distance of a row, by its floats.
    func exactDistance(of node: NodeID, with scratch: SearchScratch) -> Float {
        var distance: Float = 0
        var row = node.rawValue
        // SAFETY: a candidate is a row of the store.
        unsafe store.exactRows.score(scratch.exactQuery, ids: &row, count: 1, into: &distance)
        return distance
    }

    /// A scan replaces a walk that would keep more than one of this many rows.
    private static var radiusWalkShare: Int { 16 }
}

extension VectorStore {
    /// The live rows that pass a filter, in memory of an empty array.
    func rows(passing filter: KeyFilter, in memory: consuming [UInt32]) -> [UInt32] {
        var rows = memory
        if let selected = filter.selected {
            for key in selected.keys {
                if let row = row(of: key), filter.passesOthers(key) { rows.append(row.rawValue) }
            }
            return rows
        }
        let allLive = liveCount == count
        keys.withSpan { keys in
            for row in 0..<keys.count where (allLive || isLive(NodeID(row))) && filter.passesOthers(keys[row]) {
                rows.append(UInt32(row))
            }
        }
        return rows
    }
}
