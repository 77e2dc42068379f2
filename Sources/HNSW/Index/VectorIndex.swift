// An index takes kernels, so that `import HNSW` is enough to name them.
@_exported public import VectorKernels

/// An index of vectors under keys that finds the vectors nearest to a query, with or without a graph.
///
/// ```swift
/// var index = try VectorIndex(dimensions: 256, metric: .cosine)
/// try index.add(vectors, keys: keys)
/// for neighbor in try index.search(for: query, k: 10) {
///     print(neighbor.key, neighbor.distance)
/// }
/// ```
///
/// By default an index has a hierarchical navigable small world graph. A search walks the graph towards the query,
/// compares a small part of the vectors, and may miss a few of the nearest. An index that was created with `graph: nil`
/// compares all vectors, so its results are exact. ``withoutGraph`` gives the exact counterpart of an index with a
/// graph. Everything else is the same for both.
///
/// ### What `ef` means
///
/// A walk keeps a number of candidates, `ef`, at least `k`, as in the paper and in other libraries. A larger `ef` finds
/// more of the true neighbors, and the time grows in proportion. A search that names none takes ``usualEF``, which the
/// index chooses by a measurement on its vectors. An index without a graph compares all vectors and ignores `ef`. So
/// does a search with a graph whenever comparing all vectors is faster than the walk. To ask for a recall instead, see
/// ``search(for:k:recall:among:excluding:where:)-(Span<Float>,_,_,_,_,_)``.
///
/// ### Copies
///
/// An index is a value. A copy costs next to nothing and is a snapshot: any number of threads may search it while
/// another copy changes. The first change to a copy copies its links; the vectors stay shared. An index that was opened
/// from a file is searched where it lies, and its first change copies it into memory.
///
/// ### The algorithm
///
/// The graph is that of Malkov & Yashunin, "Efficient and robust approximate nearest neighbor search using hierarchical
/// navigable small world graphs" (2016, https://arxiv.org/abs/1603.09320), with these deviations:
///
/// - Nodes are inserted in batches, so that the graph is the same for any number of threads.
/// - A vector with the same bits as another becomes a duplicate of the other's node.
/// - With `int8` elements, the default, walks compare 8-bit codes, and the best candidates are ranked again by their
///   floats.
/// - A walk that finds fewer results than there are is replaced by an exact scan.
public struct VectorIndex: Sendable {
    var store: VectorStore
    var graph: Graph?
    let pool: ScratchPool

    /// The work that goes on, at most one.
    var upkeep: [Upkeep] = []

    /// The measured recall of the index; `nil` before the first ``certify(queries:threads:progress:)-(Int?,_,_)``, and
    /// without a graph.
    public internal(set) var certificate: RecallCertificate?

    /// The number of vectors added or removed since the ``certificate`` was measured. A replaced vector counts twice.
    public internal(set) var changesSinceCertificate = 0

    /// Whether a search may scan all vectors if a scan is faster than a walk. Tests of the graph turn it off.
    package var mayScan = true

    /// The `ef` of a search that does not name one, on most vectors; see ``usualEF``.
    ///
    /// Recall@10 .995 on the vectors of 50,000 papers; see <doc:Parameters>.
    public static let defaultEF = 100

    /// The `ef` of a search that does not name one: ``defaultEF`` · ``efFactor``.
    public var usualEF: Int { Self.defaultEF * efFactor }

    /// The factor by which ``usualEF`` exceeds ``defaultEF``; 1 for most vectors and without a graph.
    ///
    /// Some vectors are harder than others, such as random vectors of many dimensions or of very different lengths. So
    /// the index measures the recall@10 of walks with ``defaultEF`` on 100 of its vectors, and doubles the number of
    /// candidates, up to 16 times, until the recall is .96. It does so when the number of vectors has grown by half.
    /// An `ef` that a search names is taken as it is.
    public var efFactor: Int { graph?.efFactor ?? 1 }

    /// The number of vectors up to which a scan is faster than a walk with the default `ef`, on one thread.
    ///
    /// Measured at 3,400; see <doc:Performance>. Building a graph takes about 0.07 ms a vector more, so for few
    /// searches an index of ten times as many vectors may do better without one.
    public static let exactSearchCrossover = 3_000

    /// Creates an empty index.
    ///
    /// - Parameters:
    ///   - dimensions: The number of components of each vector, from 1 to 65,535.
    ///   - metric: How distances are measured.
    ///   - elements: How components are stored.
    ///   - graph: How the graph is built; `nil` for an index that compares all vectors.
    ///   - kernels: The kernels that compare vectors; by default the fastest that the CPU runs.
    /// - Throws: ``HNSWError`` with the code `invalidArgument` if `dimensions` is not from 1 to 65,535.
    public init(
        dimensions: Int,
        metric: Metric,
        elements: VectorElements = .int8,
        graph: HNSWParameters? = HNSWParameters(),
        kernels: KernelTable = .best
    ) throws(HNSWError) {
        guard VectorStore.dimensionRange.contains(dimensions) else {
            throw HNSWError(
                .invalidArgument,
                "Cannot create an index of \(dimensions) dimensions: there must be \(VectorStore.dimensionRange).")
        }
        self.init(
            store: VectorStore(dimensions: dimensions, metric: metric, elements: elements, kernels: kernels),
            graph: graph.map(Graph.init(parameters:))
        )
    }

    init(store: VectorStore, graph: Graph?, pool: ScratchPool = ScratchPool()) {
        self.store = store
        self.graph = graph
        self.pool = pool
    }

    // MARK: - Reading

    /// The number of vectors.
    public var count: Int { store.liveCount }

    /// Whether there are no vectors.
    public var isEmpty: Bool { count == 0 }

    /// The number of components of each vector.
    public var dimensions: Int { store.dimensions }

    /// How distances are measured.
    public var metric: Metric { store.metric }

    /// How components are stored.
    public var elements: VectorElements { store.elements }

    /// Whether searches compare 8-bit codes before they rank by floats. An index of `int8` elements finds out by
    /// itself.
    ///
    /// Codes are compared when they can tell the neighbors of vectors apart, by ``codeAgreement``. Where they cannot,
    /// as among near-duplicates or in few dimensions, and in an index of fewer than 256 vectors, searches and the graph
    /// compare floats, which takes two to four times as long. Always `true` for `int8Only`, which has nothing else, and
    /// `false` for the other elements.
    public var comparesCodes: Bool { store.comparesCodes || store.elements == .int8Only }

    /// The share of the ten nearest vectors that are among the twenty nearest by codes, measured on 64 vectors of the
    /// index of `int8` elements; `nil` before the first measurement. From .98 on the index compares codes.
    ///
    /// It is measured when the number of vectors has grown by half, and when the index is compacted.
    public var codeAgreement: Double? { store.elements.hasFloatsBesideCodes ? store.frame.agreement : nil }

    /// The step between distances of vectors of the index: smaller differences do not show, and smaller distances are
    /// 0.
    ///
    /// It is 10⁻⁴⁵, the smallest number of a float, for usual vectors. Components share a unit that gives the largest
    /// of them room. So squared distances and inner products get coarser when a vector comes that has components above
    /// 2²⁰, by the square of what it has more: beside a component of 4 · 10¹⁸ the step is 7 · 10⁻⁹. It gets fine again
    /// when that vector is removed and the index is compacted. Always 10⁻⁴⁵ for the cosine metric.
    public var distanceResolution: Float { store.distanceResolution }

    /// Whether searches walk a graph. Without one they compare all vectors.
    public var hasGraph: Bool { graph != nil }

    /// How the graph is built; `nil` without a graph.
    public var parameters: HNSWParameters? { graph?.parameters }

    /// The same vectors without the graph: the exact oracle for this index.
    ///
    /// The result shares the memory or the file of the vectors. Changes to one index do not change the other.
    ///
    /// - Complexity: O(1).
    public var withoutGraph: VectorIndex { VectorIndex(store: store, graph: nil, pool: pool) }

    /// The keys of all vectors, in the order in which the vectors were added.
    ///
    /// - Complexity: O(*n*) for *n* vectors.
    public var keys: [UInt64] { store.liveKeys }

    /// Whether the index has a vector under a key.
    ///
    /// - Complexity: O(1) expected.
    public func contains(_ key: UInt64) -> Bool { store.row(of: key) != nil }

    /// The vector under a key; `nil` if there is none.
    ///
    /// It is the vector that comparisons use. Under the cosine metric it has length 1, and with `float16` elements it
    /// is rounded to 16-bit floats.
    ///
    /// - Complexity: O(``dimensions``).
    public func vector(for key: UInt64) -> [Float]? { store.row(of: key).map(store.vector) }

    /// The bytes of vectors, codes, keys and links, in memory or in a mapped file.
    public var byteCount: Int { store.byteCount + (graph?.byteCount ?? 0) }
}
