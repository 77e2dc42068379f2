/// The similarities of a query with texts that answer it and with others.
public struct RerankingSample: Hashable, Sendable {
    /// The similarity of each text that answers the query.
    public var positive: [Double]
    /// The similarity of each other text.
    public var negative: [Double]

    /// Creates a sample.
    public init(positive: [Double], negative: [Double]) {
        self.positive = positive
        self.negative = negative
    }
}

/// How well similarities rank the answers of queries before other texts: the task of reranking of MTEB.
public struct RerankingEvaluation: Hashable, Sendable {
    /// The number of queries that count.
    public let queryCount: Int

    /// The number of queries that do not count, because they have no answer or nothing else. MTEB leaves them out, too.
    public let skippedCount: Int

    /// MAP, MTEB's `map` and its main score, from 0 to 1: the mean over queries of
    /// ``scoredAveragePrecision(_:isRelevant:)``.
    public let meanAveragePrecision: Double

    /// MRR@10, MTEB's `mrr`, from 0 to 1. Of equal similarities those of other texts come first, so that a constant one
    /// gains nothing; MTEB leaves their order open.
    public let meanReciprocalRank: Double

    /// The rank beyond which an answer does not count in ``meanReciprocalRank``.
    public static let reciprocalRankDepth = 10

    /// Measures similarities.
    ///
    /// - Parameter samples: The similarities of each query.
    /// - Throws: ``EmbeddingEvaluationError``: `notFinite`, or `tooFewExamples` if no query counts.
    /// - Complexity: O(*n* log *n*) for *n* texts of a query.
    public init(_ samples: [RerankingSample]) throws(EmbeddingEvaluationError) {
        var (precision, reciprocal, count) = (0.0, 0.0, 0)
        for sample in samples where !sample.positive.isEmpty && !sample.negative.isEmpty {
            let areRelevant = sample.positive.map { _ in true } + sample.negative.map { _ in false }
            precision += try scoredAveragePrecision(sample.positive + sample.negative, isRelevant: areRelevant)
            let best = sample.positive.max() ?? 0
            let rank = 1 + sample.negative.count { $0 >= best }
            reciprocal += rank <= Self.reciprocalRankDepth ? 1 / Double(rank) : 0
            count += 1
        }
        guard count > 0 else {
            throw EmbeddingEvaluationError(
                .tooFewExamples,
                "None of the \(samples.count) queries has both an answer and another text, so nothing can be ranked.")
        }
        queryCount = count
        skippedCount = samples.count - count
        meanAveragePrecision = precision / Double(count)
        meanReciprocalRank = reciprocal / Double(count)
    }
}
