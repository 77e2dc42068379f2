import ArraySpans

/// Builds an index of vectors that arrive in pieces, so that they lie in memory once: where the index keeps them.
///
/// ```swift
/// var builder = try VectorIndexBuilder(dimensions: 256, metric: .innerProduct)
/// for piece in pieces { try builder.append(piece.rows, keys: piece.keys) }
/// let index = try builder.finish()
/// ```
///
/// The index is the one that a single ``VectorIndex/add(_:keys:threads:progress:)-(Span<Float>,_,_,_)`` of all vectors
/// makes, however pieces divide them.
package struct VectorIndexBuilder: ~Copyable {
    /// The index. Its vectors have neither codes nor links.
    private var index: VectorIndex

    /// The magnitude of the largest component.
    private var largest: Float = 0

    private let threads: Int

    /// Begins an index.
    ///
    /// The parameters are those of ``VectorIndex/init(dimensions:metric:elements:graph:kernels:)`` and the number of
    /// threads, by default that of the cores.
    ///
    /// - Throws: ``HNSWError`` with the code `invalidArgument`.
    package init(
        dimensions: Int, metric: Metric, elements: VectorElements = .int8,
        graph: HNSWParameters? = HNSWParameters(), threads: Int? = nil
    ) throws(HNSWError) {
        let threads = try VectorIndex.validated(threads: threads)
        let index = try VectorIndex(dimensions: dimensions, metric: metric, elements: elements, graph: graph)
        self.threads = threads
        self.index = index
    }

    /// Takes the next vectors.
    ///
    /// - Parameters:
    ///   - rows: The vectors, one after another.
    ///   - keys: The key of each vector. No earlier piece has it.
    /// - Throws: ``HNSWError`` with the codes of an addition. The piece is then left out.
    package mutating func append(_ rows: [Float], keys: [UInt64]) throws(HNSWError) {
        try index.store.validate(rows.span, keys: keys.span, .new)
        guard !keys.isEmpty else { return }
        largest = max(largest, index.store.append(rows.span, keys: keys.span, threads: threads))
    }

    /// Codes and links all vectors.
    ///
    /// - Parameter progress: Receives the share of the vectors that are linked, and returns whether to go on. The
    ///   calling thread calls it after each 256 vectors.
    /// - Returns: The index.
    /// - Throws: ``HNSWError`` with the code `cancelled` if `progress` says so or the surrounding task was cancelled.
    package consuming func finish(progress: ((Double) -> Bool)? = nil) throws(HNSWError) -> VectorIndex {
        guard index.store.count > 0 else { return index }
        try index.takeRows(from: 0, largest: largest, threads: threads, Interruption(progress: progress))
        return index
    }
}
