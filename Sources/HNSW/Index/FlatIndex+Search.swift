extension FlatIndex {
    /// The `k` nearest vectors to a query, nearest first, ties by the smaller key.
    ///
    /// - Parameters:
    ///   - query: As many finite components as the index has dimensions.
    ///   - k: The number of results wanted; at least 0.
    ///   - ef: Ignored: the results are exact.
    ///   - predicate: Which keys may be found; `nil` passes all.
    /// - Returns: min(*k*, *v*) results, with *v* the number of vectors that the predicate passes.
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch` or `notFinite`.
    /// - Complexity: O(*n*) distance computations.
    public func search(
        for query: Span<Float>,
        k: Int,
        ef: Int = HNSWIndex.defaultEF,
        where predicate: ((UInt64) -> Bool)? = nil
    ) throws(HNSWError) -> [Neighbor] {
        try pool.withScratch(for: store) { (scratch) throws(HNSWError) in
            try find(k, near: query, ef: ef, filter: KeyFilter(predicate), with: scratch)
            return scratch.ranking.neighbors.copied()
        }
    }

    /// The `k` nearest vectors among those under some keys, nearest first, ties by the smaller key.
    ///
    /// - Parameters:
    ///   - query: As many finite components as the index has dimensions.
    ///   - k: The number of results wanted; at least 0.
    ///   - ef: Ignored: the results are exact.
    ///   - keys: The keys that may be found; those that the index does not have are passed over.
    /// - Returns: min(*k*, *v*) results, with *v* the number of vectors under the keys.
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch` or `notFinite`.
    public func search(
        for query: Span<Float>,
        k: Int,
        ef: Int = HNSWIndex.defaultEF,
        among keys: KeySelection
    ) throws(HNSWError) -> [Neighbor] {
        try pool.withScratch(for: store) { (scratch) throws(HNSWError) in
            try find(k, near: query, ef: ef, filter: .keys(keys), with: scratch)
            return scratch.ranking.neighbors.copied()
        }
    }

    /// Writes the `k` nearest vectors to a query into memory of the caller's. See
    /// ``HNSWIndex/search(for:k:ef:where:into:)``.
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

    /// The vectors no farther from a query than a radius, nearest first, ties by the smaller key: all of them.
    ///
    /// - Parameters:
    ///   - query: As many finite components as the index has dimensions.
    ///   - radius: The greatest distance of a result, in the index's metric. It may be infinite.
    ///   - ef: Ignored: the results are exact.
    ///   - predicate: Which keys may be found; `nil` passes all.
    /// - Returns: The results; there may be none, and there may be as many as there are vectors.
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch` or `notFinite`.
    /// - Precondition: `radius` is not NaN.
    /// - Complexity: O(*n*) distance computations.
    public func search(
        for query: Span<Float>,
        within radius: Float,
        ef: Int = HNSWIndex.defaultEF,
        where predicate: ((UInt64) -> Bool)? = nil
    ) throws(HNSWError) -> [Neighbor] {
        precondition(!radius.isNaN && ef >= 0, "A radius is a number and ef not negative; were \(radius) and \(ef)")
        try store.validate(query: query)
        return pool.withScratch(for: store) { scratch in
            scratch.encode(query, for: store)
            ExactScan(store: store, scratch: scratch, predicate: predicate).findAll(within: radius + 0)
            return scratch.ranking.neighbors.copied()
        }
    }

    /// The `ef` that a search needs for a recall: `k`, for every search is exact.
    public func ef(forRecall recall: Double, k: Int) -> Int { k }

    private func find(
        _ k: Int, near query: Span<Float>, ef: Int, filter: KeyFilter, with scratch: SearchScratch
    ) throws(HNSWError) {
        precondition(k >= 0 && ef >= 0, "k and ef must not be negative, were \(k) and \(ef)")
        try store.validate(query: query)
        scratch.ranking.neighbors.removeAll(keepingCapacity: true)
        guard k > 0, count > 0 else { return }
        scratch.encode(query, for: store)
        switch filter {
        case .all:
            ExactScan(store: store, scratch: scratch, predicate: nil).findNearest(k)
        case .predicate(let predicate):
            ExactScan(store: store, scratch: scratch, predicate: predicate).findNearest(k)
        case .keys(let keys):
            store.list(keys, in: scratch)
            ExactScan(store: store, scratch: scratch, predicate: nil, isListed: true).findNearest(k)
        }
    }

    /// The distance of a query to the vectors under some keys, `nil` for keys that there are not.
    public func distances(from query: Span<Float>, to keys: [UInt64]) throws(HNSWError) -> [Float?] {
        try store.distances(from: query, to: keys, pool: pool)
    }
}
