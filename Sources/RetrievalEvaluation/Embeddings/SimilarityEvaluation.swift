public import TextEncoding

/// How well similarities of pairs of texts agree with those that people gave: the task STS (semantic textual
/// similarity) of MTEB (Muennighoff et al., *MTEB: Massive Text Embedding Benchmark*, 2023,
/// <https://arxiv.org/abs/2210.07316>).
public struct SimilarityEvaluation: Hashable, Sendable {
    /// The number of pairs.
    public let pairCount: Int

    /// Spearman's rank correlation, MTEB's `cosine_spearman` and its main score, from −1 to 1.
    public let spearman: Double

    /// Pearson's correlation, MTEB's `cosine_pearson`, from −1 to 1.
    public let pearson: Double

    /// Compares similarities of any kind with given scores.
    ///
    /// - Parameters:
    ///   - similarities: The similarity of each pair; the more alike, the greater.
    ///   - gold: The score of each pair, on any scale.
    /// - Throws: ``EmbeddingEvaluationError``: `countMismatch`, `tooFewExamples` for fewer than two pairs, `notFinite`,
    ///   or `constant` if all similarities or all scores are equal.
    /// - Complexity: O(*n* log *n*) for *n* pairs.
    public init(similarities: [Double], gold: [Double]) throws(EmbeddingEvaluationError) {
        try checkCounts(similarities.count, gold.count, atLeast: 2, of: "pairs")
        pairCount = gold.count
        spearman = try spearmanCorrelation(similarities, gold)
        pearson = try pearsonCorrelation(similarities, gold)
    }

    /// Compares the cosines of embeddings with given scores.
    ///
    /// - Parameters:
    ///   - first: The embedding of the first text of each pair.
    ///   - second: The embedding of the second text of each pair.
    ///   - gold: The score of each pair, on any scale.
    /// - Throws: ``EmbeddingEvaluationError``, as ``init(similarities:gold:)`` and ``pairedCosines(_:_:)``.
    public init(_ first: [Embedding], _ second: [Embedding], gold: [Double]) throws(EmbeddingEvaluationError) {
        try self.init(similarities: pairedCosines(first, second), gold: gold)
    }
}
