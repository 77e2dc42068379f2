import ParallelLoops
public import TextEncoding

/// How well the classes of texts are found again by clustering their embeddings: the task of clustering of MTEB.
///
/// The embeddings are clustered by ``MiniBatchKMeans`` into as many clusters as there are classes. MTEB does so once
/// for each set, without a fixed seed; here several seeds are tried, and the mean over them counts.
public struct ClusteringEvaluation: Hashable, Sendable {
    /// The V-measure of each seed's clusters.
    public let vMeasures: [Double]

    /// The mean V-measure, MTEB's `v_measure` and its main score, from 0 to 1.
    public var vMeasure: Double { vMeasures.reduce(0, +) / Double(vMeasures.count) }

    /// The standard deviation of the V-measures over the seeds.
    public var standardDeviation: Double {
        let mean = vMeasure
        return (vMeasures.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(vMeasures.count)).squareRoot()
    }

    /// How many seeds are tried by default.
    public static let usualSeedCount = 5

    /// Clusters embeddings and compares the clusters with classes.
    ///
    /// A single class gives 1, since a single cluster is right.
    ///
    /// - Parameters:
    ///   - embeddings: The embedding of each text.
    ///   - classes: The class of each text.
    ///   - seedCount: How many seeds to try: 0, 1 and so on. At least 1.
    ///   - threads: The most threads to use, at least 1; every core when nil.
    /// - Throws: ``EmbeddingEvaluationError``: `countMismatch`, `tooFewExamples` without texts, `dimensionMismatch`,
    ///   `notFinite` or `invalidParameter`.
    /// - Complexity: *seedCount* times that of ``MiniBatchKMeans/clusters(of:)``.
    public init(
        _ embeddings: [Embedding], classes: [some Hashable & Sendable], seedCount: Int = usualSeedCount,
        threads: Int? = nil
    ) throws(EmbeddingEvaluationError) {
        try checkCounts(embeddings.count, classes.count, atLeast: 1, of: "texts")
        guard seedCount >= 1 else {
            throw EmbeddingEvaluationError(.invalidParameter, "A clustering needs one seed or more, not \(seedCount).")
        }
        let count = Set(classes).count
        vMeasures = try concurrentMap(seedCount, threads: max(1, threads ?? availableCores)) {
            seed throws(EmbeddingEvaluationError) in
            let clusters = try MiniBatchKMeans(clusterCount: count, seed: UInt64(seed)).clusters(of: embeddings)
            return try VMeasure(classes: classes, clusters: clusters).value
        }
    }
}
