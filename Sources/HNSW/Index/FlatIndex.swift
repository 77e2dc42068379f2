import ParallelLoops
public import VectorKernels

/// An exact nearest-neighbour index: a search looks at every vector.
///
/// ```swift
/// var index = FlatIndex(dimensions: 256, metric: .cosine)
/// try index.add(vectors, keys: keys)
/// let nearest = try index.search(for: query, k: 10)
/// ```
///
/// It is the oracle that an ``HNSWIndex`` is measured against, and the better choice for a small index: it needs no
/// building, and up to ``HNSWIndex/exactSearchCrossover`` vectors it is the faster of the two. With
/// `int8` elements, the default, a search scans the codes, whose error is bounded, and compares by floats
/// only what that bound leaves in doubt, so the results are those of the floats.
///
/// The index is a value; a copy is a snapshot that any number of threads may search while another copy is changed.
public struct FlatIndex: VectorIndex {
    var store: VectorStore
    let pool = ScratchPool()

    /// Creates an empty index.
    ///
    /// - Parameters:
    ///   - dimensions: The number of components of each vector, from 1 to 65,535.
    ///   - metric: How distances are measured.
    ///   - elements: What is kept of the components.
    ///   - kernels: The kernels to compare with; the fastest that the CPU runs by default.
    public init(
        dimensions: Int, metric: Metric, elements: VectorElements = .int8, kernels: KernelTable = .best
    ) {
        precondition(
            VectorStore.dimensionRange.contains(dimensions),
            "An index has dimensions in \(VectorStore.dimensionRange), not \(dimensions)"
        )
        store = VectorStore(dimensions: dimensions, metric: metric, elements: elements, kernels: kernels)
    }

    init(store: VectorStore) {
        self.store = store
    }

    // MARK: - Reading

    /// The number of vectors.
    public var count: Int { store.liveCount }

    /// The number of components of each vector.
    public var dimensions: Int { store.dimensions }

    /// How distances are measured.
    public var metric: Metric { store.metric }

    /// What is kept of the components.
    public var elements: VectorElements { store.elements }

    /// The keys of all vectors, in the order in which they were added.
    public var keys: [UInt64] { store.liveKeys }

    /// Whether there is a vector under the key.
    public func contains(_ key: UInt64) -> Bool { store.row(of: key) != nil }

    /// The vector under a key, or `nil` if there is none.
    public func vector(for key: UInt64) -> [Float]? { store.row(of: key).map(store.vector) }

    /// The bytes of vectors, codes and keys, whether in memory or mapped.
    public var byteCount: Int { store.byteCount }

    // MARK: - Changing

    /// Adds a vector.
    ///
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch`, `notFinite`, `outOfRange`, `duplicateKey` or
    ///   `tooManyVectors`; the index is then unchanged.
    public mutating func add(_ vector: [Float], key: UInt64) throws(HNSWError) {
        try add(vector.span, keys: [key].span, threads: 1)
    }

    /// Adds many vectors, one behind the other in `rows`.
    ///
    /// - Throws: As ``add(_:key:)``.
    public mutating func add(_ rows: [Float], keys: [UInt64], threads: Int? = nil) throws(HNSWError) {
        try add(rows.span, keys: keys.span, threads: threads)
    }

    /// Adds many vectors, one behind the other in `rows`.
    ///
    /// - Throws: As ``add(_:key:)``.
    public mutating func add(_ rows: Span<Float>, keys: Span<UInt64>, threads: Int? = nil) throws(HNSWError) {
        try store.validate(rows, keys: keys)
        store.append(rows, keys: keys, threads: threads ?? availableCores)
    }

    /// Replaces the vector under a key.
    ///
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch`, `notFinite`, `outOfRange`, `unknownKey` or
    ///   `tooManyVectors`; the index is then unchanged.
    public mutating func update(_ vector: [Float], key: UInt64) throws(HNSWError) {
        try store.validate(vector.span, keys: [key].span, replacing: true)
        remove(key)
        store.append(vector.span, keys: [key].span, threads: 1)
    }

    /// Removes the vector under a key. Where more rows are empty than alive, the space is given back.
    ///
    /// - Returns: Whether there was a vector under the key.
    @discardableResult
    public mutating func remove(_ key: UInt64) -> Bool {
        guard let row = store.row(of: key) else { return false }
        store.bury(row)
        if store.count - store.liveCount > max(Self.minimumCompaction, store.liveCount) { compact() }
        return true
    }

    /// Gives back the space of removed vectors.
    public mutating func compact() {
        if store.liveCount < store.count { store = store.compacted() }
    }

    /// The rows that may be empty in a small index.
    private static let minimumCompaction = 32
}
