import ParallelLoops

/// Many queries that many threads answer, and the memory for their results.
@unsafe
struct SearchBatch {
    /// The number of results of each query.
    let k: Int

    private let dimensions: Int
    private let queries: UnsafeBufferPointer<Float>
    private let neighbors: UnsafeMutableBufferPointer<Neighbor>
    private let outcomes: UnsafeMutableBufferPointer<Outcome>

    /// The outcome of a query: the number of its results, or an error.
    private enum Outcome {
        case found(Int)
        case failed(HNSWError)
    }

    /// The number of queries that a thread takes at once.
    private static let chunk = 32

    /// The number of chunks that each thread takes between two looks at an interruption.
    private static let chunksInPart = 8

    /// Answers queries, one after another in `queries`, by calling `body` for ranges of them on many threads.
    ///
    /// `body` must finish each query of its range. If the call may be interrupted, the queries are answered in parts.
    static func run(
        _ queries: Span<Float>,
        of index: VectorIndex,
        k: Int,
        threads: Int,
        _ interruption: Interruption,
        _ body: @Sendable (_ batch: SearchBatch, _ indices: Range<Int>) -> Void
    ) throws(HNSWError) -> NeighborLists {
        let dimensions = index.dimensions
        guard queries.count.isMultiple(of: dimensions) else {
            throw HNSWError(
                .dimensionMismatch,
                "Cannot search for \(queries.count) components: their number must be a multiple of the \(dimensions) "
                    + "dimensions of the index."
            )
        }
        let count = queries.count / dimensions
        let k = min(k, index.count)
        guard k > 0 else {
            try index.store.validate(queries: queries)
            return NeighborLists(neighbors: [], count: count, width: 0)
        }
        var neighbors = [Neighbor](repeating: Neighbor(key: 0, distance: 0), count: count * k)
        var outcomes = [Outcome](repeating: .found(0), count: count)
        try unsafe queries.withUnsafeBufferPointer { queries throws(HNSWError) in
            try unsafe neighbors.withUnsafeMutableBufferPointer { neighbors throws(HNSWError) in
                try unsafe outcomes.withUnsafeMutableBufferPointer { outcomes throws(HNSWError) in
                    // SAFETY: one thread answers each query. Each query has `k` places and one outcome of its own.
                    nonisolated(unsafe) let batch = unsafe SearchBatch(
                        k: k, dimensions: dimensions, queries: queries, neighbors: neighbors, outcomes: outcomes)
                    try unsafe interruption.inParts(of: count, size: chunk * threads * chunksInPart) { part in
                        unsafe concurrentChunks(of: part.count, threads: threads, chunk: chunk) { _, indices in
                            let start = part.lowerBound
                            unsafe body(batch, start + indices.lowerBound..<start + indices.upperBound)
                        }
                    }
                }
            }
        }
        return try unsafe gather(neighbors, outcomes, k: k)
    }

    // MARK: - Answering queries

    /// Answers a range of queries, each as a search of its own would.
    func answer(_ indices: Range<Int>, in index: VectorIndex, ef: Int, filter: KeyFilter) {
        guard let graph = index.graph else {
            if filter.selected == nil {
                unsafe scan(indices, in: index, filter: filter)
            } else {
                unsafe search(indices, in: index, ef: ef, filter: filter)
            }
            return
        }
        let width = unsafe index.walkWidth(k: k, ef: ef, over: graph)
        if !filter.passesAll {
            unsafe search(indices, in: index, ef: ef, filter: filter)
        } else if index.isWalkFaster(width: width, over: graph) {
            unsafe walk(indices, in: index, over: graph, ef: width)
        } else {
            unsafe scan(indices, in: index, filter: filter)
        }
    }

    /// Answers queries one after another.
    private func search(_ indices: Range<Int>, in index: VectorIndex, ef: Int, filter: KeyFilter) {
        index.pool.withScratch(for: index.store) { scratch in
            for i in indices {
                let query = unsafe query(i)
                do throws(HNSWError) {
                    let found = try unsafe index.nearest(k, to: query.span, ef: ef, filter: filter, with: scratch)
                    unsafe finish(i, with: found, recycledBy: scratch)
                } catch {
                    unsafe finish(i, error)
                }
            }
        }
    }

    /// Answers queries by walks that take turns.
    private func walk(_ indices: Range<Int>, in index: VectorIndex, over graph: Graph, ef: Int) {
        index.pool.withScratches(turnSlots, for: index.store) { scratches in
            unsafe takeTurns(over: indices, slots: turnSlots) { place, slot in
                unsafe SearchTurn(
                    index: index, graph: graph, batch: self, place: place, ef: ef, scratch: scratches[slot])
            } step: { search, isAlone in
                unsafe search.step(lookingAhead: isAlone)
            }
        }
    }

    /// Answers queries by exact scans of groups: a scan compares each block of rows with all queries of a group while
    /// the block lies in a cache.
    private func scan(_ indices: Range<Int>, in index: VectorIndex, filter: KeyFilter) {
        for start in unsafe stride(from: indices.lowerBound, to: indices.upperBound, by: Self.scanGroup) {
            let group = unsafe start..<min(start + Self.scanGroup, indices.upperBound)
            index.pool.withScratches(group.count, for: index.store) { scratches in
                var scans: [ExactScan] = []
                var places: [Int] = []
                for (i, scratch) in zip(group, scratches) {
                    let query = unsafe query(i)
                    do throws(HNSWError) {
                        try unsafe index.store.validate(query: query.span)
                        unsafe scratch.encode(query.span, for: index.store)
                        scans.append(ExactScan(store: index.store, scratch: scratch, filter: filter))
                        places.append(i)
                    } catch {
                        unsafe finish(i, error)
                    }
                }
                unsafe ExactScan.nearest(k, of: scans) { i, found in
                    unsafe finish(places[i], with: found, recycledBy: scans[i].scratch)
                }
            }
        }
    }

    /// The number of queries that a scan compares at once.
    private static let scanGroup = 16

    // MARK: - One query

    /// The components of a query.
    ///
    /// SAFETY: valid as long as the batch is being answered.
    func query(_ i: Int) -> UnsafeBufferPointer<Float> {
        unsafe UnsafeBufferPointer(rebasing: queries[i * dimensions..<(i + 1) * dimensions])
    }

    /// Stores the results of a query, at most `k`, and gives their memory back to a scratch.
    func finish(_ i: Int, with found: consuming [Neighbor], recycledBy scratch: SearchScratch) {
        for j in found.indices { unsafe neighbors[i * k + j] = found[j].converted(by: scratch.exactQuery) }
        unsafe outcomes[i] = .found(found.count)
        scratch.memory.results.giveBack(found)
    }

    /// Stores the error of a query.
    func finish(_ i: Int, _ error: HNSWError) {
        unsafe outcomes[i] = .failed(error)
    }

    // MARK: - Results

    /// Throws the error of the first query that failed, or else closes the gaps behind lists that are shorter than `k`.
    private static func gather(
        _ neighbors: consuming [Neighbor], _ outcomes: [Outcome], k: Int
    ) throws(HNSWError) -> NeighborLists {
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
}
