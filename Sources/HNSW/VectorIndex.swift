public import VectorKernels

/// An index of vectors under keys that finds the nearest to a query: ``HNSWIndex``, approximately and fast, or
/// ``FlatIndex``, exactly.
public protocol VectorIndex: Sendable {
    /// The number of vectors.
    var count: Int { get }

    /// The number of components of each vector.
    var dimensions: Int { get }

    /// How distances are measured.
    var metric: Metric { get }

    /// What is kept of the components.
    var elements: VectorElements { get }

    /// The keys of all vectors, in the order in which they were added.
    ///
    /// - Complexity: O(*n*).
    var keys: [UInt64] { get }

    /// Whether there is a vector under the key.
    ///
    /// - Complexity: O(1) expected.
    func contains(_ key: UInt64) -> Bool

    /// The vector under a key, or `nil` if there is none.
    ///
    /// It is what comparisons use: of length 1 under the cosine metric, and rounded to 16-bit floats if these are the
    /// elements.
    func vector(for key: UInt64) -> [Float]?

    /// The `k` nearest vectors to a query, nearest first, ties by the smaller key.
    ///
    /// There are always min(*k*, *v*) results, with *v* the number of vectors that the predicate passes.
    ///
    /// - Parameters:
    ///   - query: As many finite components as the index has dimensions.
    ///   - k: The number of results wanted; at least 0.
    ///   - ef: The number of candidates that a walk over a graph keeps; an exact index ignores it.
    ///   - predicate: Which keys may be found; `nil` passes all. It is called often, on the calling thread.
    /// - Returns: The nearest, as many as there are up to `k`.
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch` or `notFinite`.
    func search(
        for query: Span<Float>,
        k: Int,
        ef: Int,
        where predicate: ((UInt64) -> Bool)?
    ) throws(HNSWError) -> [Neighbor]

    /// The `k` nearest vectors among those under some keys, nearest first, ties by the smaller key.
    ///
    /// There are always min(*k*, *v*) results, with *v* the number of vectors under the keys.
    ///
    /// - Parameters:
    ///   - query: As many finite components as the index has dimensions.
    ///   - k: The number of results wanted; at least 0.
    ///   - ef: The number of candidates that a walk over a graph keeps; an exact index ignores it.
    ///   - keys: The keys that may be found; those that the index does not have are passed over.
    /// - Returns: The nearest, as many as there are up to `k`.
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch` or `notFinite`.
    func search(
        for query: Span<Float>,
        k: Int,
        ef: Int,
        among keys: KeySelection
    ) throws(HNSWError) -> [Neighbor]

    /// The vectors no farther from a query than a radius, nearest first, ties by the smaller key.
    ///
    /// - Parameters:
    ///   - query: As many finite components as the index has dimensions.
    ///   - radius: The greatest distance of a result, in the index's metric. It may be infinite.
    ///   - ef: The number of candidates that a walk over a graph keeps at first; an exact index ignores it.
    ///   - predicate: Which keys may be found; `nil` passes all.
    /// - Returns: The results; there may be none, and there may be as many as there are vectors.
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch` or `notFinite`.
    /// - Precondition: `radius` is not NaN.
    func search(
        for query: Span<Float>,
        within radius: Float,
        ef: Int,
        where predicate: ((UInt64) -> Bool)?
    ) throws(HNSWError) -> [Neighbor]

    /// Writes the `k` nearest vectors to a query into memory of the caller's, and returns their number.
    ///
    /// It finds what ``search(for:k:ef:where:)-(Span<Float>,_,_,_)`` finds, without allocating.
    ///
    /// - Parameters:
    ///   - query: As many finite components as the index has dimensions.
    ///   - k: The number of results wanted; at least 0.
    ///   - ef: The number of candidates that a walk over a graph keeps; an exact index ignores it.
    ///   - predicate: Which keys may be found; `nil` passes all.
    ///   - results: Room for at least `k` results. What lies behind those found stays as it is.
    /// - Returns: The number of results.
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch` or `notFinite`.
    func search(
        for query: Span<Float>,
        k: Int,
        ef: Int,
        where predicate: ((UInt64) -> Bool)?,
        into results: inout MutableSpan<Neighbor>
    ) throws(HNSWError) -> Int

    /// The distance of a query to the vectors under some keys, `nil` for keys that there are not.
    ///
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch` or `notFinite`.
    func distances(from query: Span<Float>, to keys: [UInt64]) throws(HNSWError) -> [Float?]

    /// The number of candidates that a search for the `k` nearest must keep to have a recall.
    ///
    /// See ``HNSWIndex/ef(forRecall:k:)``; an exact index needs `k`.
    func ef(forRecall recall: Double, k: Int) -> Int

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
    func search(
        forEach queries: Span<Float>,
        k: Int,
        ef: Int,
        where predicate: (@Sendable (UInt64) -> Bool)?,
        threads: Int?
    ) throws(HNSWError) -> NeighborLists

    /// Writes the index to a file, whole or not at all.
    ///
    /// - Throws: ``HNSWError`` with the code `cannotWrite`.
    func save(to path: String) throws(HNSWError)
}

extension VectorIndex {
    /// Whether there are no vectors.
    public var isEmpty: Bool { count == 0 }

    /// The `k` nearest vectors to a query. See ``search(for:k:ef:where:)-(Span<Float>,_,_,_)``.
    public func search(
        for query: [Float],
        k: Int,
        ef: Int = HNSWIndex.defaultEF,
        where predicate: ((UInt64) -> Bool)? = nil
    ) throws(HNSWError) -> [Neighbor] {
        try search(for: query.span, k: k, ef: ef, where: predicate)
    }

    /// The `k` nearest vectors among those under some keys. See ``search(for:k:ef:among:)-(Span<Float>,_,_,_)``.
    public func search(
        for query: [Float],
        k: Int,
        ef: Int = HNSWIndex.defaultEF,
        among keys: KeySelection
    ) throws(HNSWError) -> [Neighbor] {
        try search(for: query.span, k: k, ef: ef, among: keys)
    }

    /// The vectors no farther from a query than a radius. See
    /// ``search(for:within:ef:where:)-(Span<Float>,_,_,_)``.
    public func search(
        for query: [Float],
        within radius: Float,
        ef: Int = HNSWIndex.defaultEF,
        where predicate: ((UInt64) -> Bool)? = nil
    ) throws(HNSWError) -> [Neighbor] {
        try search(for: query.span, within: radius, ef: ef, where: predicate)
    }

    /// The distance of a query to the vectors under some keys, `nil` for keys that there are not.
    public func distances(from query: [Float], to keys: [UInt64]) throws(HNSWError) -> [Float?] {
        try distances(from: query.span, to: keys)
    }

    /// The distance of a query to the vector under a key, or `nil` if there is none.
    public func distance(from query: [Float], to key: UInt64) throws(HNSWError) -> Float? {
        try distances(from: query.span, to: [key])[0]
    }
}

/// Opens an index that was saved, of either type, by mapping its file.
///
/// - Parameters:
///   - path: The file.
///   - kernels: The kernels to compare with.
/// - Returns: An ``HNSWIndex`` if the file holds a graph, else a ``FlatIndex``.
/// - Throws: ``HNSWError`` with the code `cannotOpen`, `newerVersion` or `damagedFile`.
/// - Complexity: O(1) but for one bit a vector; see ``HNSWIndex/init(mapping:kernels:)``.
public func openVectorIndex(
    mapping path: String, kernels: KernelTable = .best
) throws(HNSWError) -> any VectorIndex {
    let file = try IndexFile(opening: path)
    return file.hasGraph
        ? try HNSWIndex(file: file, kernels: kernels) : try FlatIndex(file: file, kernels: kernels)
}
