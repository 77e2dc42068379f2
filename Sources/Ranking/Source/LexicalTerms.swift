package import LexicalIndex

/// A term of a query and how much it counts.
package struct WeightedTerm: Hashable, Sendable {
    package var term: String
    package var weight: Float

    package init(term: String, weight: Float) {
        self.term = term
        self.weight = weight
    }
}

/// Two terms.
package struct TermPair: Hashable, Sendable {
    package var first: String
    package var second: String

    package init(first: String, second: String) {
        self.first = first
        self.second = second
    }
}

/// Two terms that follow each other in a query.
package struct WeightedPair: Hashable, Sendable {
    package var pair: TermPair
    /// How much it counts that they follow each other in a paper too, against 1 for a term.
    package var weight: Float

    package init(_ pair: TermPair, weight: Float) {
        self.pair = pair
        self.weight = weight
    }
}

/// The lexical side of a query: what BM25 looks for, with the statistics that it is weighed by.
package struct LexicalTerms: Sendable {
    /// The terms, ascending.
    package var terms: [WeightedTerm]
    /// The pairs of terms that add to the score of a paper where they follow each other. A pair that is given twice
    /// adds twice.
    package var pairs: [WeightedPair]
    /// The statistics of the whole collection, for all these terms.
    package var statistics: CollectionStatistics

    package init(terms: [WeightedTerm], pairs: [WeightedPair] = [], statistics: CollectionStatistics) {
        self.terms = terms
        self.pairs = pairs
        self.statistics = statistics
    }

    /// The terms as a lexical index is searched for them.
    package var query: LexicalQuery {
        LexicalQuery(
            terms: terms.map { ($0.term, $0.weight) }, statistics: statistics.corpusStatistics(for: terms.map(\.term)))
    }

    /// The pairs as a lexical index scores them, and the statistics of their terms in turn.
    package var adjacency: (pairs: [AdjacentTerms], statistics: CorpusStatistics) {
        (
            pairs.map { AdjacentTerms(first: $0.pair.first, second: $0.pair.second, weight: $0.weight) },
            statistics.corpusStatistics(for: pairs.flatMap { [$0.pair.first, $0.pair.second] })
        )
    }
}

/// What each part of a query's lexical side adds to the BM25 score of one unit.
package struct LexicalContributions: Hashable, Sendable {
    /// What each term adds, in the order of ``LexicalTerms/terms``.
    package var terms: [Double]
    /// What each pair adds, in the order of ``LexicalTerms/pairs``.
    package var pairs: [Double]

    package init(terms: [Double], pairs: [Double]) {
        self.terms = terms
        self.pairs = pairs
    }
}
