/// Terms to search for, with their weights and the statistics of the collection.
///
/// A term that is given twice counts twice. A negative weight lowers the scores of documents with the term.
public struct LexicalQuery: Sendable {
    /// A term's UTF-8, and its weight times its inverse document frequency.
    struct WeightedTerm: Sendable {
        let utf8: [UInt8]
        let weight: Float
    }

    let terms: [WeightedTerm]
    let factor: FrequencyFactor

    /// Creates a query.
    ///
    /// - Parameters:
    ///   - terms: The terms as the index's analyzer makes them, and their weights. A word of a question has 1.
    ///   - statistics: Those of the whole collection, for the same terms in the same order.
    ///   - parameters: BM25's constants.
    /// - Precondition: There are as many document frequencies as terms, and every weight is between ±10³⁰.
    public init(
        terms: [(term: String, weight: Float)],
        statistics: CorpusStatistics,
        parameters: BM25Parameters = BM25Parameters()
    ) {
        precondition(
            terms.count == statistics.documentFrequencies.count,
            "A query of \(terms.count) terms got the statistics of \(statistics.documentFrequencies.count)"
        )
        self.terms = terms.enumerated().map { position, term in
            precondition(abs(term.weight) <= largestWeight, "The weight of '\(term.term)' is \(term.weight)")
            return WeightedTerm(
                utf8: Array(term.term.utf8),
                weight: Float(Double(term.weight) * statistics.inverseDocumentFrequency(position))
            )
        }
        factor = FrequencyFactor(parameters, statistics)
    }
}

/// The greatest weight. It leaves room for the other factors of a score.
private let largestWeight: Float = 1e30

/// A document that a query has found.
public struct LexicalHit: Hashable, Sendable {
    /// The document's key.
    public let key: UInt64

    /// Its BM25 score, above 0.
    public let score: Float

    /// Creates a hit.
    public init(key: UInt64, score: Float) {
        self.key = key
        self.score = score
    }
}
