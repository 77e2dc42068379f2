public import VectorKernels

/// An approximate nearest-neighbour index of vectors: a hierarchical navigable small world graph.
///
/// ```swift
/// var index = HNSWIndex(dimensions: 256, metric: .cosine)
/// try index.add(vectors, keys: keys)
/// for neighbor in try index.search(for: query, k: 10) {
///     print(neighbor.key, neighbor.distance)
/// }
/// ```
///
/// The algorithm is that of Malkov & Yashunin, "Efficient and robust approximate nearest neighbor search using
/// hierarchical navigable small world graphs" (2016, https://arxiv.org/abs/1603.09320). It deviates in these points:
/// nodes are inserted in batches that are the same for any number of threads; a vector with the same bits as another is
/// hung on that one's node; with `int8` elements, the default, the graph is built and walked on 8-bit
/// codes and the best candidates are ranked again by 32-bit floats; and where the walk finds fewer than it should, an
/// exact scan takes its place.
///
/// The index is a value. A copy costs next to nothing and is a snapshot: any number of threads may search it while
/// another copy is changed. What changes is copied then; vectors are shared by all copies, links are not. An index that
/// was opened from a file is searched where it lies, and copied into memory when it is first changed.
public struct HNSWIndex: VectorIndex {
    var store: VectorStore
    var graph: Graph
    let pool: ScratchPool

    /// The removals since the last sweep, whose nodes are still linked.
    var pendingRemovals = 0

    /// What was measured of the index's recall, if ``certify(queries:threads:)`` was ever called.
    public internal(set) var certificate: RecallCertificate?

    /// The vectors that were added or removed since the ``certificate`` was measured; a replaced one counts twice.
    public internal(set) var changesSinceCertificate = 0

    /// Whether a search may scan all vectors where that promises to be shorter than a walk. Tests of the graph say no.
    package var mayScan = true

    /// How the graph is built.
    public let parameters: HNSWParameters

    /// The `ef` of a search that does not say.
    ///
    /// On latent semantic vectors of 50,000 papers at 256 dimensions it gives a recall@10 of .995, at a third of the speed
    /// that `ef` 20 has at a recall of .938.
    public static let defaultEF = 100

    /// The number of vectors up to which a ``FlatIndex`` answers faster than a graph at the default `ef`, on one thread.
    ///
    /// On latent semantic vectors of papers at 256 dimensions, `int8` elements, *k* 10 (AVX-512 VNNI), a scan of *n* vectors
    /// takes 14 + 0.0038 *n* microseconds and a walk 0.019 · `ef` · *m*, so that the two are even at 3,400; from 6,000 to
    /// 50,000 vectors a scan took 43 to 203 microseconds, a walk with `ef` 100 took 28 to 33.
    ///
    /// Against this stands the building of the graph, some 0.07 ms a vector, so that a graph that is asked seldom may not be
    /// worth it at ten times as many.
    public static let exactSearchCrossover = 3_000

    /// Creates an empty index.
    ///
    /// - Parameters:
    ///   - dimensions: The number of components of each vector, from 1 to 65,535.
    ///   - metric: How distances are measured.
    ///   - elements: What is kept of the components.
    ///   - parameters: How the graph is built.
    ///   - kernels: The kernels to compare with; the fastest that the CPU runs by default.
    public init(
        dimensions: Int,
        metric: Metric,
        elements: VectorElements = .int8,
        parameters: HNSWParameters = HNSWParameters(),
        kernels: KernelTable = .best
    ) {
        precondition(
            VectorStore.dimensionRange.contains(dimensions),
            "An index has dimensions in \(VectorStore.dimensionRange), not \(dimensions)"
        )
        store = VectorStore(dimensions: dimensions, metric: metric, elements: elements, kernels: kernels)
        graph = Graph(m: parameters.m, m0: parameters.m0)
        pool = ScratchPool()
        self.parameters = parameters
    }

    init(store: VectorStore, graph: Graph, parameters: HNSWParameters, pendingRemovals: Int) {
        self.store = store
        self.graph = graph
        self.parameters = parameters
        self.pendingRemovals = pendingRemovals
        pool = ScratchPool()
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

    /// The bytes of vectors, codes, keys and links, whether in memory or mapped.
    public var byteCount: Int { store.byteCount + graph.byteCount }
}
