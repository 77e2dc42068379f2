import VectorKernels

extension VectorIndex {
    /// The `k` nearest vectors to a query, nearest first, ties by the smaller key.
    ///
    /// Conditions on keys combine: a result meets all of them. A selection is cheaper than a predicate, most of all if
    /// few keys pass. <doc:Searching> says how filters work.
    ///
    /// - Parameters:
    ///   - query: As many finite components as the index has dimensions.
    ///   - k: The number of results; at least 0.
    ///   - ef: The number of candidates that a walk keeps; by default ``usualEF``.
    ///   - selected: The keys to search among; `nil` for all. Keys without a vector have no effect.
    ///   - excluded: The keys to leave out; `nil` for none.
    ///   - predicate: Whether a key may be found; `nil` for all. The search calls it many times on the calling thread.
    /// - Returns: min(*k*, *v*) results for *v* vectors that meet the conditions.
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch`, `notFinite` or `invalidArgument`.
    /// - Complexity: About O(`ef` · *m* · log *n*) distance computations for a walk, O(*n*) for a scan.
    public func search(
        for query: Span<Float>,
        k: Int,
        ef: Int? = nil,
        among selected: KeySelection? = nil,
        excluding excluded: KeySelection? = nil,
        where predicate: ((UInt64) -> Bool)? = nil
    ) throws(HNSWError) -> [Neighbor] {
        let filter = KeyFilter(among: selected, excluding: excluded, where: predicate)
        let scratch = pool.take(for: store)
        defer { pool.giveBack(scratch) }
        let found = try nearest(k, to: query, ef: ef ?? usualEF, filter: filter, with: scratch)
        defer { scratch.memory.results.giveBack(found) }
        return found.converted(by: scratch.exactQuery)
    }

    /// The `k` nearest vectors to a query, found with a recall, nearest first, ties by the smaller key.
    ///
    /// The search takes the `ef` that ``ef(forRecall:k:)`` gives. Without a certificate it compares all vectors. If no
    /// measured `ef` has the recall, it takes the knee of the curve; ``plan(forRecall:k:)`` tells.
    ///
    /// - Parameters:
    ///   - query: As many finite components as the index has dimensions.
    ///   - k: The number of results; at least 0.
    ///   - recall: The share of the true neighbors that the search finds on average, from 0 to 1.
    ///   - selected: The keys to search among; `nil` for all. Keys without a vector have no effect.
    ///   - excluded: The keys to leave out; `nil` for none.
    ///   - predicate: Whether a key may be found; `nil` for all. The search calls it many times on the calling thread.
    /// - Returns: min(*k*, *v*) results for *v* vectors that meet the conditions.
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch`, `notFinite` or `invalidArgument`.
    public func search(
        for query: Span<Float>,
        k: Int,
        recall: Double,
        among selected: KeySelection? = nil,
        excluding excluded: KeySelection? = nil,
        where predicate: ((UInt64) -> Bool)? = nil
    ) throws(HNSWError) -> [Neighbor] {
        return try search(
            for: query, k: k, ef: ef(forRecall: recall, k: k), among: selected, excluding: excluded,
            where: predicate
        )
    }

    /// Writes the `k` nearest vectors to a query into memory of the caller, nearest first, ties by the smaller key.
    ///
    /// It allocates nothing once the index has answered a search of this size.
    ///
    /// - Parameters:
    ///   - query: As many finite components as the index has dimensions.
    ///   - k: The number of results; at least 0.
    ///   - ef: The number of candidates that a walk keeps; by default ``usualEF``.
    ///   - selected: The keys to search among; `nil` for all. Keys without a vector have no effect.
    ///   - excluded: The keys to leave out; `nil` for none.
    ///   - predicate: Whether a key may be found; `nil` for all. The search calls it many times on the calling thread.
    ///   - results: Room for min(*k*, ``count``) results. The elements behind the results stay as they are.
    /// - Returns: The number of results: min(*k*, *v*) for *v* vectors that meet the conditions.
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch`, `notFinite` or `invalidArgument`. `results` is then
    ///   unchanged.
    public func search(
        for query: Span<Float>,
        k: Int,
        ef: Int? = nil,
        among selected: KeySelection? = nil,
        excluding excluded: KeySelection? = nil,
        where predicate: ((UInt64) -> Bool)? = nil,
        into results: inout MutableSpan<Neighbor>
    ) throws(HNSWError) -> Int {
        guard results.count >= min(k, count) else {
            throw HNSWError(
                .invalidArgument, "Cannot write \(min(k, count)) results where there is room for \(results.count).")
        }
        let filter = KeyFilter(among: selected, excluding: excluded, where: predicate)
        let scratch = pool.take(for: store)
        defer { pool.giveBack(scratch) }
        let found = try nearest(k, to: query, ef: ef ?? usualEF, filter: filter, with: scratch)
        for i in found.indices { results[i] = found[i].converted(by: scratch.exactQuery) }
        defer { scratch.memory.results.giveBack(found) }
        return found.count
    }

    /// The vectors no farther from a query than a radius, nearest first, ties by the smaller key.
    ///
    /// All results lie within the radius. In an index of up to 100,000 vectors, under the inner product, and without a
    /// graph, the search compares all vectors and misses none.
    ///
    /// In a larger index a walk keeps `ef` candidates, at least 200, then twice as many, and so on, until half of them
    /// lie beyond the radius. It finds about the share of the vectors that a search for as many neighbors with twice
    /// that `ef` finds, and may miss the others. If the radius covers more than a 32nd of the index, the search
    /// compares all vectors.
    ///
    /// - Parameters:
    ///   - query: As many finite components as the index has dimensions.
    ///   - radius: The largest distance of a result, in the index's metric: 1 − the inner product or cosine, or the
    ///     *squared* Euclidean distance. It may be infinite.
    ///   - ef: The number of candidates that a walk keeps at first; by default ``usualEF``.
    ///   - selected: The keys to search among; `nil` for all. Keys without a vector have no effect.
    ///   - excluded: The keys to leave out; `nil` for none.
    ///   - predicate: Whether a key may be found; `nil` for all. The search calls it many times on the calling thread.
    /// - Returns: From no result to as many as there are vectors.
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch`, `notFinite` or `invalidArgument`.
    /// - Complexity: O(*n*) for a scan; for a walk that of a search whose `ef` is four to eight times the number of
    ///   results.
    public func search(
        for query: Span<Float>,
        within radius: Float,
        ef: Int? = nil,
        among selected: KeySelection? = nil,
        excluding excluded: KeySelection? = nil,
        where predicate: ((UInt64) -> Bool)? = nil
    ) throws(HNSWError) -> [Neighbor] {
        let ef = ef ?? usualEF
        guard !radius.isNaN, ef >= 0 else {
            throw HNSWError(
                .invalidArgument,
                "Cannot search within \(radius) with ef \(ef): a radius must be a number and ef at least 0."
            )
        }
        try store.validate(query: query)
        let filter = KeyFilter(among: selected, excluding: excluded, where: predicate)
        return pool.withScratch(for: store) { scratch in
            scratch.encode(query, for: store)
            // Adding 0 turns −0, which would sort before 0, into 0.
            let raw = scratch.exactQuery.largestRaw(within: radius) + 0
            let found = all(within: raw, ef: ef, filter: filter, with: scratch)
            defer { scratch.memory.results.giveBack(found) }
            var results = found.converted(by: scratch.exactQuery)
            while let last = results.last, last.distance > radius { results.removeLast() }
            return results
        }
    }

    /// The `k` nearest vectors to each of many queries, on many threads.
    ///
    /// The results are those of single searches. They do not depend on the number of threads. Several searches take
    /// turns on each thread: one computes while others wait for memory. That answers 1.1 times as many queries a
    /// second; see <doc:Performance>.
    ///
    /// - Parameters:
    ///   - queries: The queries, one after another: *q* · ``dimensions`` finite components.
    ///   - k: The number of results for each query; at least 0.
    ///   - ef: The number of candidates that a walk keeps; by default ``usualEF``.
    ///   - selected: The keys to search among; `nil` for all. Keys without a vector have no effect.
    ///   - excluded: The keys to leave out; `nil` for none.
    ///   - predicate: Whether a key may be found; `nil` for all. The search calls it on many threads at once.
    ///   - threads: The number of threads; by default the number of cores.
    ///   - progress: Receives the share of the queries that are answered, and returns whether to go on. The calling
    ///     thread calls it after each few hundred queries.
    /// - Returns: A list of min(*k*, *v*) results for each query, for *v* vectors that meet the conditions.
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch`, `notFinite` or `invalidArgument`, about the first
    ///   query that is wrong, and with `cancelled` if `progress` says so or the surrounding task was cancelled.
    public func search(
        forEach queries: Span<Float>,
        k: Int,
        ef: Int? = nil,
        among selected: KeySelection? = nil,
        excluding excluded: KeySelection? = nil,
        where predicate: (@Sendable (UInt64) -> Bool)? = nil,
        threads: Int? = nil,
        progress: ((Double) -> Bool)? = nil
    ) throws(HNSWError) -> NeighborLists {
        let threads = try Self.validated(threads: threads)
        let ef = ef ?? usualEF
        try Self.validate(k: k, ef: ef)
        let interruption = Interruption(progress: progress)
        return try unsafe SearchBatch.run(queries, of: self, k: k, threads: threads, interruption) { batch, indices in
            let filter = KeyFilter(among: selected, excluding: excluded, where: predicate)
            unsafe batch.answer(indices, in: self, ef: ef, filter: filter)
        }
    }

    /// The distances of a query from the vectors of some keys; `nil` for each key without a vector.
    ///
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch` or `notFinite`.
    /// - Complexity: O(*keys*) distance computations.
    public func distances(from query: Span<Float>, to keys: [UInt64]) throws(HNSWError) -> [Float?] {
        try store.distances(from: query, to: keys, pool: pool)
    }

    static func validate(k: Int, ef: Int) throws(HNSWError) {
        guard k >= 0, ef >= 0 else {
            throw HNSWError(.invalidArgument, "Cannot search with k \(k) and ef \(ef): both must be at least 0.")
        }
    }
}
