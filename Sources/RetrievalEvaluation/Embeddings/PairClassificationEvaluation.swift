public import TextEncoding

/// How well similarities tell pairs of texts that belong together from others: the task of pair classification of MTEB.
public struct PairClassificationEvaluation: Hashable, Sendable {
    /// The best that calling pairs alike from some similarity on can do.
    public struct Best: Hashable, Sendable {
        /// The value of the measure, from 0 to 1.
        public let value: Double
        /// The similarity halfway between the last pair that is called alike and the first that is not.
        public let threshold: Double
    }

    /// The number of pairs.
    public let pairCount: Int

    /// The average precision of the pairs in the order of their similarity, MTEB's `cosine_ap` and its main score, from
    /// 0 to 1. See ``scoredAveragePrecision(_:isRelevant:)``.
    public let averagePrecision: Double

    /// The best share of pairs that a threshold classes rightly, MTEB's `cosine_accuracy`; `nil` if all similarities
    /// are equal, between which no threshold fits.
    public let accuracy: Best?

    /// The best harmonic mean of precision and recall of the pairs called alike, MTEB's `cosine_f1`; `nil` if all
    /// similarities are equal.
    public let f1: Best?

    /// Measures similarities of any kind.
    ///
    /// A threshold lies between two different similarities, so that the order of equal ones has no influence. (MTEB
    /// also parts equal similarities, in the order of the data.)
    ///
    /// - Parameters:
    ///   - similarities: The similarity of each pair; the more alike, the greater.
    ///   - areAlike: Whether the texts of each pair belong together.
    /// - Throws: ``EmbeddingEvaluationError``: `countMismatch`, `tooFewExamples` without pairs, `notFinite`, or
    ///   `oneClass` unless there are pairs of both kinds.
    /// - Complexity: O(*n* log *n*) for *n* pairs.
    public init(similarities: [Double], areAlike: [Bool]) throws(EmbeddingEvaluationError) {
        try checkCounts(similarities.count, areAlike.count, atLeast: 1, of: "pairs")
        let alikeCount = areAlike.count { $0 }
        guard alikeCount > 0, alikeCount < areAlike.count else {
            throw EmbeddingEvaluationError(
                .oneClass,
                "All \(areAlike.count) pairs are \(alikeCount > 0 ? "alike" : "different"); classes need pairs of both "
                    + "kinds.")
        }
        pairCount = areAlike.count
        averagePrecision = try scoredAveragePrecision(similarities, isRelevant: areAlike)
        let order = similarities.indices.sorted { similarities[$0] > similarities[$1] }
        var (accuracy, f1): (Best?, Best?)
        var (found, called) = (0, 0)
        for (place, next) in zip(order, order.dropFirst()) {
            called += 1
            if areAlike[place] { found += 1 }
            guard similarities[place] > similarities[next] else { continue }
            let threshold = similarities[next] + (similarities[place] - similarities[next]) / 2
            let rightlyLeft = areAlike.count - alikeCount - (called - found)
            let right = Double(found + rightlyLeft) / Double(areAlike.count)
            if right > accuracy?.value ?? -1 { accuracy = Best(value: right, threshold: threshold) }
            // 2PR / (P + R) for P = found / called and R = found / alikeCount.
            let mean = 2 * Double(found) / Double(called + alikeCount)
            if mean > f1?.value ?? -1 { f1 = Best(value: mean, threshold: threshold) }
        }
        (self.accuracy, self.f1) = (accuracy, f1)
    }

    /// Measures the cosines of embeddings.
    ///
    /// - Parameters:
    ///   - first: The embedding of the first text of each pair.
    ///   - second: The embedding of the second text of each pair.
    ///   - areAlike: Whether the texts of each pair belong together.
    /// - Throws: ``EmbeddingEvaluationError``, as ``init(similarities:areAlike:)`` and ``pairedCosines(_:_:)``.
    public init(_ first: [Embedding], _ second: [Embedding], areAlike: [Bool]) throws(EmbeddingEvaluationError) {
        try self.init(similarities: pairedCosines(first, second), areAlike: areAlike)
    }
}

/// The average precision of scored examples, as `sklearn.metrics.average_precision_score` has it: the sum of the
/// precision at each score, weighed by what recall gains there. Equal scores are one step, so their order has no
/// influence.
///
/// - Parameters:
///   - scores: The score of each example.
///   - isRelevant: Whether each example is relevant.
/// - Returns: The average precision, from 0 to 1.
/// - Throws: ``EmbeddingEvaluationError``: `countMismatch`, `tooFewExamples` without examples, `notFinite`, or
///   `oneClass` if no example is relevant.
/// - Complexity: O(*n* log *n*).
public func scoredAveragePrecision(
    _ scores: [Double], isRelevant: [Bool]
) throws(EmbeddingEvaluationError) -> Double {
    try checkCounts(scores.count, isRelevant.count, atLeast: 1, of: "examples")
    try checkFinite(scores, "scores")
    let relevantCount = isRelevant.count { $0 }
    guard relevantCount > 0 else {
        throw EmbeddingEvaluationError(
            .oneClass, "None of the \(scores.count) examples is relevant, so there is no precision at one.")
    }
    let order = scores.indices.sorted { scores[$0] > scores[$1] }
    var (sum, found, start) = (0.0, 0, 0)
    while start < order.count {
        var (end, gained) = (start, 0)
        while end < order.count, scores[order[end]] == scores[order[start]] {
            if isRelevant[order[end]] { gained += 1 }
            end += 1
        }
        found += gained
        sum += Double(gained) * Double(found) / Double(end)
        start = end
    }
    return sum / Double(relevantCount)
}
