import ParallelLoops

/// Many queries that are answered on many threads, and where their results go.
@unsafe
struct SearchBatch {
    /// The number of results of each query.
    let k: Int

    private let dimensions: Int
    private let queries: UnsafeBufferPointer<Float>
    private let neighbors: UnsafeMutableBufferPointer<Neighbor>
    private let outcomes: UnsafeMutableBufferPointer<Outcome>

    /// What came of a query: the number of its results, or an error.
    enum Outcome {
        case found(Int)
        case failed(HNSWError)
    }

    /// The queries that a thread takes at once.
    private static let chunk = 32

    /// Answers queries, one behind the other, by calling `body` for ranges of them on many threads.
    ///
    /// `body` must give each query of its range an outcome, by ``search(_:in:ef:where:)`` or ``finish(_:with:)``.
    static func run(
        _ queries: Span<Float>,
        of index: some VectorIndex,
        k: Int,
        threads: Int?,
        _ body: @Sendable (_ batch: SearchBatch, _ indices: Range<Int>) -> Void
    ) throws(HNSWError) -> NeighborLists {
        let threads = threads ?? availableCores
        let dimensions = index.dimensions
        precondition(threads > 0, "Searching needs a thread, was given \(threads)")
        guard queries.count.isMultiple(of: dimensions) else {
            throw HNSWError(
                .dimensionMismatch,
                "Cannot search for \(queries.count) components: the index has \(dimensions) dimensions, so their number "
                    + "must be a multiple of that."
            )
        }
        let count = queries.count / dimensions
        let k = min(k, index.count)
        var neighbors = [Neighbor](repeating: Neighbor(key: 0, distance: 0), count: count * k)
        var outcomes = [Outcome](repeating: .found(0), count: count)
        unsafe queries.withUnsafeBufferPointer { queries in
            unsafe neighbors.withUnsafeMutableBufferPointer { neighbors in
                unsafe outcomes.withUnsafeMutableBufferPointer { outcomes in
                    // SAFETY: each query is asked once, by the thread that has its index, and has `k` places and one
                    // outcome of its own.
                    nonisolated(unsafe) let batch = unsafe SearchBatch(
                        k: k, dimensions: dimensions, queries: queries, neighbors: neighbors, outcomes: outcomes)
                    unsafe concurrentChunks(of: count, threads: threads, chunk: chunk) { _, indices in
                        unsafe body(batch, indices)
                    }
                }
            }
        }
        return try unsafe gather(neighbors, outcomes, k: k)
    }

    // MARK: - Answering one query

    /// The components of a query.
    ///
    /// SAFETY: valid as long as the batch is answered.
    func query(_ i: Int) -> UnsafeBufferPointer<Float> {
        unsafe UnsafeBufferPointer(rebasing: queries[i * dimensions..<(i + 1) * dimensions])
    }

    /// Answers a query by a search of its own.
    func search(
        _ i: Int, in index: some VectorIndex, ef: Int, where predicate: (@Sendable (UInt64) -> Bool)?
    ) {
        let places = unsafe UnsafeMutableBufferPointer(rebasing: neighbors[i * k..<(i + 1) * k])
        var results = unsafe places.mutableSpan
        do throws(HNSWError) {
            let query = unsafe self.query(i)
            unsafe outcomes[i] = .found(
                try index.search(for: query.span, k: k, ef: ef, where: predicate, into: &results))
        } catch {
            unsafe outcomes[i] = .failed(error)
        }
    }

    /// Takes the results of a query, at most `k`.
    func finish(_ i: Int, with found: [Neighbor]) {
        for j in found.indices { unsafe neighbors[i * k + j] = found[j] }
        unsafe outcomes[i] = .found(found.count)
    }

    /// Takes the error of a query.
    func finish(_ i: Int, _ error: HNSWError) {
        unsafe outcomes[i] = .failed(error)
    }

    // MARK: - Results

    /// Throws the error of the first query that has one, else closes the gaps behind lists that are shorter than `k`.
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
