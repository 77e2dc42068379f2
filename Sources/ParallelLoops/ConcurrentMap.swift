import Synchronization

/// Returns the results of `transform` for `0..<count`, in this order, computed on several threads.
///
/// - Parameters:
///   - count: The number of results. 0 gives none.
///   - threads: The most threads to use, the caller's own included. At least 1.
///   - chunk: The number of indices that a thread takes at once.
///   - transform: Makes the result of an index. Several threads call it at the same time.
/// - Returns: The results, whatever the number of threads.
/// - Throws: The error of `transform` for the smallest index that has one. Indices behind it may be left out.
package func concurrentMap<Element: Sendable, Failure: Error>(
    _ count: Int,
    threads: Int,
    chunk: Int = 1,
    _ transform: @Sendable (_ index: Int) throws(Failure) -> Element
) throws(Failure) -> [Element] {
    try concurrentFlatMap(count, threads: threads, chunk: chunk) { indices throws(Failure) in
        try indices.map(transform)
    }
}

/// Returns what `transform` makes of the chunks of `0..<count`, one after another, computed on several threads.
///
/// It serves where a chunk's work shares something, a buffer for instance; ``concurrentMap(_:threads:chunk:_:)`` serves
/// elsewhere.
///
/// - Parameters:
///   - count: The number of indices. 0 gives no elements.
///   - threads: The most threads to use, the caller's own included. At least 1.
///   - chunk: The number of indices that a thread takes at once.
///   - transform: Makes the elements of some indices. Several threads call it at the same time.
/// - Returns: The elements in the order of the chunks, whatever the number of threads.
/// - Throws: The error of `transform` for the first chunk that has one. Chunks behind it may be left out.
package func concurrentFlatMap<Element: Sendable, Failure: Error>(
    _ count: Int,
    threads: Int,
    chunk: Int,
    _ transform: @Sendable (_ indices: Range<Int>) throws(Failure) -> [Element]
) throws(Failure) -> [Element] {
    let gathered = LockedValue(GatheredChunks<Element, Failure>())
    concurrentChunks(of: count, threads: threads, chunk: chunk) { _, indices in
        guard gathered.withLock({ $0.wants(indices.lowerBound) }) else { return }
        do throws(Failure) {
            let elements = try transform(indices)
            gathered.withLock { $0.parts.append((indices.lowerBound, elements)) }
        } catch {
            gathered.withLock { $0.fail(error, at: indices.lowerBound) }
        }
    }
    return try gathered.withLock { $0 }.joined()
}

/// What the chunks of a concurrent map have given so far, in the order in which they ended.
private struct GatheredChunks<Element: Sendable, Failure: Error>: Sendable {
    var parts: [(start: Int, elements: [Element])] = []
    private var failure: (start: Int, error: Failure)?

    /// Whether a chunk may still decide the outcome: no chunk before it has failed.
    func wants(_ start: Int) -> Bool {
        failure.map { start < $0.start } ?? true
    }

    mutating func fail(_ error: Failure, at start: Int) {
        if wants(start) { failure = (start, error) }
    }

    func joined() throws(Failure) -> [Element] {
        if let failure { throw failure.error }
        return parts.sorted { $0.start < $1.start }.flatMap(\.elements)
    }
}
