public import TextEncoding

/// The cosines of embeddings with others in pairs: the first with the first, and so on.
///
/// The cosine with an embedding of zeros is 0. (`paired_cosine_distances` of scikit-learn makes it .5, and 1 for two of
/// them.)
///
/// - Parameters:
///   - first: Embeddings.
///   - second: As many embeddings, of the same dimensions.
/// - Returns: The cosine of each pair, from −1 to 1.
/// - Throws: ``EmbeddingEvaluationError``: `countMismatch`, `dimensionMismatch` or `notFinite`.
/// - Complexity: O(*n* · *d*) for *n* pairs of *d* dimensions.
public func pairedCosines(
    _ first: [Embedding], _ second: [Embedding]
) throws(EmbeddingEvaluationError) -> [Double] {
    try checkCounts(first.count, second.count, atLeast: 0, of: "pairs")
    try checkComponents(first + second)
    return zip(first, second).map { cosine($0, $1) }
}

/// Throws unless all embeddings have the same dimensions and finite components.
func checkComponents(_ embeddings: [Embedding]) throws(EmbeddingEvaluationError) {
    for (place, embedding) in embeddings.enumerated() {
        guard embedding.dimensions == embeddings[0].dimensions else {
            throw EmbeddingEvaluationError(
                .dimensionMismatch,
                "Embedding \(place + 1) has \(embedding.dimensions) dimensions, and the first one has "
                    + "\(embeddings[0].dimensions).")
        }
        guard embedding.components.allSatisfy(\.isFinite) else {
            throw EmbeddingEvaluationError(
                .notFinite, "Embedding \(place + 1) has a component that is not a finite number.")
        }
    }
}

/// The cosine of two embeddings of the same dimensions; 0 if either is of zeros.
func cosine(_ first: Embedding, _ second: Embedding) -> Double {
    var (product, own, other) = (0.0, 0.0, 0.0)
    for (left, right) in zip(first.components, second.components) {
        let (left, right) = (Double(left), Double(right))
        product += left * right
        own += left * left
        other += right * right
    }
    return own > 0 && other > 0 ? min(1, max(-1, product / (own.squareRoot() * other.squareRoot()))) : 0
}
