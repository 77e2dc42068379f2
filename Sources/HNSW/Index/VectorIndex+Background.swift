import ParallelLoops

extension VectorIndex {
    /// Runs calls that take long on a thread outside the pool of Swift's concurrency, so that other tasks go on.
    ///
    /// ```swift
    /// let lists = try await index.inBackground { index throws(HNSWError) in
    ///     try index.search(forEach: queries, k: 10)
    /// }
    /// ```
    ///
    /// - Parameter body: Receives the index. It runs in the surrounding task.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    public func inBackground<Result: Sendable, Failure: Error>(
        _ body: @Sendable (VectorIndex) throws(Failure) -> Result
    ) async throws(Failure) -> Result {
        let box = IndexBox(self)
        return try await ParallelLoops.inBackground { () throws(Failure) in try body(box.index) }
    }

    /// Changes the index on a thread outside the pool of Swift's concurrency, so that other tasks go on.
    ///
    /// ```swift
    /// try await index.changeInBackground { index throws(HNSWError) in
    ///     try index.add(vectors, keys: keys)
    ///     try index.certify()
    /// }
    /// ```
    ///
    /// When the surrounding task is cancelled, the call that is under way throws an error with the code `cancelled`.
    ///
    /// - Parameter body: Changes the index. It runs in the surrounding task.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws. The index then has the changes of the calls that ended before.
    public mutating func changeInBackground<Result: Sendable, Failure: Error>(
        _ body: @Sendable (inout VectorIndex) throws(Failure) -> Result
    ) async throws(Failure) -> Result {
        // The index moves into the box and back, because a second copy would make the first change copy the links.
        let box = IndexBox(VectorIndex(store: store.emptied, graph: nil, pool: pool))
        swap(&box.index, &self)
        defer { swap(&box.index, &self) }
        return try await ParallelLoops.inBackground { () throws(Failure) in try body(&box.index) }
    }
}

/// Holds an index for the time of a call.
///
/// SAFETY: only the call that made the box and its body use it, one after the other.
private final class IndexBox: @unchecked Sendable {
    var index: VectorIndex

    init(_ index: VectorIndex) {
        self.index = index
    }
}

extension VectorStore {
    /// A store without vectors.
    fileprivate var emptied: VectorStore {
        VectorStore(dimensions: dimensions, metric: metric, elements: elements, kernels: kernels)
    }
}
