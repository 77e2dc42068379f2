package import Papers

/// A paper's key with what one side of the ranking thinks of it: a BM25 score, a cosine or their fusion.
package struct ScoredKey: Hashable, Sendable {
    package var key: UInt64
    package var score: Double

    package init(key: UInt64, score: Double) {
        self.key = key
        self.score = score
    }

    /// Best first; ties go to the smaller key.
    package static func precedes(_ first: Self, _ second: Self) -> Bool {
        first.score != second.score ? first.score > second.score : first.key < second.key
    }
}

/// A term of a query and how much it counts.
package struct WeightedTerm: Hashable, Sendable {
    package var term: String
    package var weight: Float

    package init(term: String, weight: Float) {
        self.term = term
        self.weight = weight
    }
}

/// Two terms that follow each other in a query.
package struct WeightedPair: Hashable, Sendable {
    package var first: String
    package var second: String
    /// How much it counts that they do so in a paper, against 1 for a term.
    package var weight: Float

    package init(first: String, second: String, weight: Float) {
        self.first = first
        self.second = second
        self.weight = weight
    }
}

/// Which papers may be candidates.
package struct CandidateFilter: Sendable {
    /// The papers to choose from; `nil` is all of them.
    package var allowed: PaperKeySet?
    /// Papers that are left out, such as the ones a like-query is about.
    package var excluded: PaperKeySet

    package init(allowed: PaperKeySet? = nil, excluded: PaperKeySet = PaperKeySet()) {
        self.allowed = allowed
        self.excluded = excluded
    }

    package func admits(_ key: UInt64) -> Bool {
        (allowed?.contains(PaperKey(key)) ?? true) && !excluded.contains(PaperKey(key))
    }

    package var admitsAll: Bool { allowed == nil && excluded.isEmpty }
}

/// What ranking needs of a library: the best candidates of each side, and the exact score of any candidate.
///
/// A ranking never learns where its candidates lie; a generation on disk is one source, an exhaustive scan another.
package protocol CandidateSource {
    /// The papers with the highest BM25 scores, and on the way the scores of given ones; papers that share no term with
    /// the query are no candidates and have score 0. To the scores comes what the pairs add, which does not decide who is
    /// a candidate; the candidates are in the order of the sums.
    func lexicalCandidates(
        for terms: [WeightedTerm], pairs: [WeightedPair], limit: Int, filter: CandidateFilter, scoring keys: [UInt64]
    ) throws -> (candidates: [ScoredKey], scores: [Double])

    /// The papers with the highest cosines, best first; `recall` is the share of them that must be found on average.
    func semanticCandidates(
        for vector: [Float], limit: Int, recall: Double, filter: CandidateFilter
    ) throws -> [ScoredKey]

    /// The cosine of each paper with a unit vector, 0 where the paper has no vector.
    func similarities(to vector: [Float], of keys: [UInt64]) throws -> [Double]

    /// The unit vector of a paper, `nil` if it has none.
    func vector(of key: UInt64) -> [Float]?
}
