import ParallelLoops

extension VectorIndex {
    /// The `k` nearest vectors to each of many queries, on many threads.
    ///
    /// The results are those of asking one after the other; they do not depend on the number of threads.
    ///
    /// - Parameters:
    ///   - queries: The queries, one behind the other: *q* · `dimensions` finite components.
    ///   - k: The number of results wanted for each; at least 0.
    ///   - ef: The number of candidates that a walk over a graph keeps; an exact index ignores it.
    ///   - predicate: Which keys may be found; `nil` passes all. It is called on many threads at once.
    ///   - threads: The threads to use; by default as many as there are cores.
    /// - Returns: A list for each query, all of the same length min(*k*, *v*), with *v* the number of vectors that the
    ///   predicate passes.
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch` or `notFinite`, for the first query that it is true of.
    public func search(
        forEach queries: Span<Float>,
        k: Int,
        ef: Int = HNSWIndex.defaultEF,
        where predicate: (@Sendable (UInt64) -> Bool)? = nil,
        threads: Int? = nil
    ) throws(HNSWError) -> NeighborLists {
        let threads = threads ?? availableCores
        precondition(threads > 0, "Searching needs a thread, was given \(threads)")
        guard queries.count.isMultiple(of: dimensions) else {
            throw HNSWError(
                .dimensionMismatch,
                "Cannot search for \(queries.count) components: the index has \(dimensions) dimensions, so their number "
                    + "must be a multiple of that."
            )
        }
        let batch = SearchBatch(index: self, k: min(k, count), ef: ef, predicate: predicate)
        return try batch.run(queries, threads: threads)
    }

    /// The `k` nearest vectors to each of many queries, on many threads. See
    /// ``search(forEach:k:ef:where:threads:)-(Span<Float>,_,_,_,_)``.
    public func search(
        forEach queries: [Float],
        k: Int,
        ef: Int = HNSWIndex.defaultEF,
        where predicate: (@Sendable (UInt64) -> Bool)? = nil,
        threads: Int? = nil
    ) throws(HNSWError) -> NeighborLists {
        try search(forEach: queries.span, k: k, ef: ef, where: predicate, threads: threads)
    }
}

/// Searches for many queries at once.
private struct SearchBatch<Index: VectorIndex> {
    let index: Index
    let k: Int
    let ef: Int
    let predicate: (@Sendable (UInt64) -> Bool)?

    func run(_ queries: Span<Float>, threads: Int) throws(HNSWError) -> NeighborLists {
        let count = queries.count / index.dimensions
        var neighbors = [Neighbor](repeating: Neighbor(key: 0, distance: 0), count: count * k)
        var outcomes = [Outcome](repeating: .found(0), count: count)
        let index = index
        let (k, ef, predicate, dimensions) = (k, ef, predicate, index.dimensions)
        unsafe queries.withUnsafeBufferPointer { queries in
            unsafe neighbors.withUnsafeMutableBufferPointer { neighbors in
                unsafe outcomes.withUnsafeMutableBufferPointer { outcomes in
                    // SAFETY: each query is asked once, by the thread that has its index, and has `k` places and one
                    // outcome of its own.
                    nonisolated(unsafe) let queries = unsafe queries
                    nonisolated(unsafe) let neighbors = unsafe neighbors
                    nonisolated(unsafe) let outcomes = unsafe outcomes
                    concurrentChunks(of: count, threads: threads, chunk: Self.chunk) { _, indices in
                        for i in indices {
                            let query = unsafe UnsafeBufferPointer(
                                rebasing: queries[i * dimensions..<(i + 1) * dimensions])
                            let places = unsafe UnsafeMutableBufferPointer(rebasing: neighbors[i * k..<(i + 1) * k])
                            var results = unsafe places.mutableSpan
                            do throws(HNSWError) {
                                unsafe outcomes[i] = .found(
                                    try index.search(
                                        for: query.span, k: k, ef: ef, where: predicate, into: &results))
                            } catch {
                                unsafe outcomes[i] = .failed(error)
                            }
                        }
                    }
                }
            }
        }
        return try gather(neighbors, outcomes)
    }

    /// Throws the error of the first query that has one, else closes the gaps behind lists that are shorter than `k`.
    private func gather(_ neighbors: consuming [Neighbor], _ outcomes: [Outcome]) throws(HNSWError) -> NeighborLists {
        var width = k
        for outcome in outcomes {
            switch outcome {
            case .found(let count): width = min(width, count)
            case .failed(let error): throw error
            }
        }
        if width == k { return NeighborLists(neighbors: neighbors, count: outcomes.count, width: k) }
        var gathered: [Neighbor] = []
        gathered.reserveCapacity(outcomes.count * width)
        for i in outcomes.indices { gathered.append(contentsOf: neighbors[i * k..<i * k + width]) }
        return NeighborLists(neighbors: gathered, count: outcomes.count, width: width)
    }

    /// What came of a query: the number of its results, or an error.
    private enum Outcome {
        case found(Int)
        case failed(HNSWError)
    }

    /// The queries that a thread takes at once.
    private static var chunk: Int { 8 }
}
