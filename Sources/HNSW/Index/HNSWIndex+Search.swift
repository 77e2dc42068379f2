import VectorKernels

extension HNSWIndex {
    /// The `k` nearest vectors to a query, nearest first, ties by the smaller key.
    ///
    /// With a predicate the walk goes on through vectors that do not pass and collects those that do; if few pass, all
    /// of these are compared instead.
    ///
    /// - Parameters:
    ///   - query: As many finite components as the index has dimensions.
    ///   - k: The number of results wanted; at least 0.
    ///   - ef: The candidates that the walk keeps, at least `k`. More of them raise recall; time grows in proportion.
    ///   - predicate: Which keys may be found; `nil` passes all.
    /// - Returns: min(*k*, *v*) results, with *v* the number of vectors that the predicate passes.
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch` or `notFinite`.
    /// - Complexity: About O(`ef` · `m` · log *n*) distance computations; O(*n*) where an exact scan is needed.
    public func search(
        for query: Span<Float>,
        k: Int,
        ef: Int = HNSWIndex.defaultEF,
        where predicate: ((UInt64) -> Bool)? = nil
    ) throws(HNSWError) -> [Neighbor] {
        try withResults(for: query, k: k, ef: ef, filter: KeyFilter(predicate)) { $0.copied() }
    }

    /// The `k` nearest vectors among those under some keys, nearest first, ties by the smaller key.
    ///
    /// If the keys are few, their vectors are compared one by one, and the answer is exact; else a walk collects what is
    /// in the set.
    ///
    /// - Parameters:
    ///   - query: As many finite components as the index has dimensions.
    ///   - k: The number of results wanted; at least 0.
    ///   - ef: The candidates that the walk keeps, at least `k`.
    ///   - keys: The keys that may be found; those that the index does not have are passed over.
    /// - Returns: min(*k*, *v*) results, with *v* the number of vectors under the keys.
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch` or `notFinite`.
    public func search(
        for query: Span<Float>,
        k: Int,
        ef: Int = HNSWIndex.defaultEF,
        among keys: KeySelection
    ) throws(HNSWError) -> [Neighbor] {
        try withResults(for: query, k: k, ef: ef, filter: .keys(keys)) { $0.copied() }
    }

    /// Writes the `k` nearest vectors to a query into memory of the caller's, nearest first, ties by the smaller key.
    ///
    /// It finds what ``search(for:k:ef:where:)`` finds, and allocates nothing once the index has answered a search of
    /// this size: for loops in which every microsecond counts.
    ///
    /// - Parameters:
    ///   - query: As many finite components as the index has dimensions.
    ///   - k: The number of results wanted; at least 0.
    ///   - ef: The candidates that the walk keeps, at least `k`.
    ///   - predicate: Which keys may be found; `nil` passes all.
    ///   - results: Room for at least `k` results. What lies behind those found stays as it is.
    /// - Returns: The number of results, min(*k*, *v*), with *v* the number of vectors that the predicate passes.
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch` or `notFinite`; nothing is written then.
    public func search(
        for query: Span<Float>,
        k: Int,
        ef: Int = HNSWIndex.defaultEF,
        where predicate: ((UInt64) -> Bool)? = nil,
        into results: inout MutableSpan<Neighbor>
    ) throws(HNSWError) -> Int {
        precondition(results.count >= k, "\(k) results need more room than \(results.count)")
        let scratch = pool.take(for: store)
        defer { pool.giveBack(scratch) }
        try find(k, near: query, ef: ef, filter: KeyFilter(predicate), with: scratch)
        return scratch.ranking.neighbors.copy(into: &results)
    }

    /// Searches, and hands the results over while they lie in the scratch.
    private func withResults<Result>(
        for query: Span<Float>, k: Int, ef: Int, filter: KeyFilter, _ body: ([Neighbor]) -> Result
    ) throws(HNSWError) -> Result {
        try pool.withScratch(for: store) { (scratch) throws(HNSWError) in
            try find(k, near: query, ef: ef, filter: filter, with: scratch)
            return body(scratch.ranking.neighbors)
        }
    }

    /// Leaves the results of a search in the scratch.
    func find(
        _ k: Int, near query: Span<Float>, ef: Int, filter: KeyFilter, with scratch: SearchScratch
    ) throws(HNSWError) {
        precondition(k >= 0 && ef >= 0, "k and ef must not be negative, were \(k) and \(ef)")
        try store.validate(query: query)
        scratch.ranking.neighbors.removeAll(keepingCapacity: true)
        guard k > 0, count > 0 else { return }
        scratch.encode(query, for: store)
        find(k, ef: ef, filter: filter, with: scratch)
    }

    /// Leaves the results of a search for the query that the scratch holds encoded, `k` of them if there are as many.
    func find(_ k: Int, ef: Int, filter: KeyFilter, with scratch: SearchScratch) {
        switch filter {
        case .all:
            let width = walkWidth(k: k, ef: ef)
            if isWalkShorter(width: width) {
                walk(k: k, ef: width, where: nil, with: scratch)
                if scratch.ranking.neighbors.count >= k { return }
            }
            ExactScan(store: store, scratch: scratch, predicate: nil).findNearest(k)
        case .predicate(let predicate):
            find(k, ef: ef, where: predicate, with: scratch)
        case .keys(let keys):
            find(k, ef: ef, among: keys, with: scratch)
        }
    }

    /// The candidates that a walk keeps: nodes that wait for their removal take places.
    func walkWidth(k: Int, ef: Int) -> Int {
        let wanted = min(max(ef, k), count)
        return wanted + wanted * pendingRemovals / max(count, 1)
    }

    /// Whether a walk that keeps `width` candidates promises to be shorter than a scan of all vectors, which misses nothing.
    ///
    /// A walk goes on from as many nodes as it keeps, and comes upon some `m` new ones at each.
    func isWalkShorter(width: Int) -> Bool {
        guard mayScan else { return width < count }
        let rows = Double(width * parameters.m) * Self.rowsScanned
        return width < count && rows < Double(store.count) + Self.rowsBeforeScan
    }

    /// The rows that a scan compares in the time in which a walk comes upon one, and those that it could compare in the time
    /// that it needs besides.
    ///
    /// Measured on latent semantic vectors of papers at 256 dimensions, *k* 10, one thread (AVX-512 VNNI, Zen 5),
    /// microseconds a search:
    ///
    /// | vectors | scan | walk, `ef` 64 | walk, `ef` 100 |
    /// | --- | --- | --- | --- |
    /// | 6,000 | 43 | 19 | |
    /// | 8,500 | 55 | 20 | 28 |
    /// | 16,000 | 83 | 22 | 29 |
    /// | 50,000 | 203 | 26 | 33 |
    ///
    /// So a scan takes 14 + 0.0038 *n*, a walk 0.019 · `ef` · *m*. In a batch, where searches take turns and scans share the
    /// reading of the codes, both are faster; one rule serves, so that both find the same.
    private static var rowsScanned: Double { 5 }
    private static var rowsBeforeScan: Double { 3_700 }

    /// Leaves what a walk over the graph finds of that which passes; there may be fewer than `k`.
    func walk(k: Int, ef: Int, where predicate: ((UInt64) -> Bool)?, with scratch: SearchScratch) {
        scratch.ranking.neighbors.removeAll(keepingCapacity: true)
        scratch.ranking.estimates.removeAll(keepingCapacity: true)
        // SAFETY: neither store nor graph changes before the call returns.
        var walk = unsafe GraphWalk(graph: graph, store: store, scratch: scratch)
        if unsafe walk.run(downTo: 0, ef: ef) { unsafe rank(walk.beam, k: k, where: predicate, with: scratch) }
    }

    /// Leaves the `k` nearest of what a walk found, or of all vectors if it found too few.
    func conclude(_ beam: Beam, k: Int, with scratch: SearchScratch) {
        unsafe rank(beam, k: k, where: nil, with: scratch)
        if scratch.ranking.neighbors.count < k {
            ExactScan(store: store, scratch: scratch, predicate: nil).findNearest(k)
        }
    }

    /// The distance of a query to the vectors under some keys, `nil` for keys that there are not.
    public func distances(from query: Span<Float>, to keys: [UInt64]) throws(HNSWError) -> [Float?] {
        try store.distances(from: query, to: keys, pool: pool)
    }
}
