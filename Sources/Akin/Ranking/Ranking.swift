/// What is asked of a library, once a text or a paper has been turned into it.
package struct RankingQuery: Sendable {
    /// The terms that BM25 looks for.
    package var terms: [WeightedTerm]
    /// The unit vector that cosines are taken with; `nil` if the model knows no term of the query.
    package var vector: [Float]?

    package init(terms: [WeightedTerm], vector: [Float]?) {
        self.terms = terms
        self.vector = vector
    }
}

/// A paper in the answer: its score and the two exact parts that it was made of.
package struct RankedKey: Sendable, Equatable {
    package var key: UInt64
    package var score: Double
    /// The BM25 score.
    package var lexical: Double
    /// The cosine.
    package var semantic: Double
}

/// Fuses BM25 and cosine:
/// *score* = (1 − *α*) · BM25 / best BM25 + *α* · cosine / best cosine.
///
/// 1. Each side names its best candidates.
/// 2. Every candidate gets both of its exact parts, whichever side named it.
/// 3. Each part is divided by the query's best. A negative cosine counts as 0; a side whose best is 0 is left out, and
///    the other decides alone.
///
/// Scores are fused, not ranks: on four collections, reciprocal rank fusion lost .01 to .06 nDCG@10 to this sum.
package struct Ranking: Sendable {
    /// The candidates that each side names, at least.
    package static let minimumCandidates = 200

    package var mode: SearchMode
    package var alpha: Double
    package var limit: Int
    package var filter: CandidateFilter

    package init(mode: SearchMode, alpha: Double, limit: Int, filter: CandidateFilter = CandidateFilter()) {
        self.mode = mode
        self.alpha = alpha
        self.limit = limit
        self.filter = filter
    }

    /// The best papers for a query, best first, at most `limit` of them; ties go to the smaller key. Papers with score 0
    /// are left out.
    package func rank(_ query: RankingQuery, in source: some CandidateSource) throws -> [RankedKey] {
        guard limit > 0 else { return [] }
        let keys = try candidates(for: query, in: source)
        let lexical = try source.lexicalScores(for: query.terms, of: keys)
        let semantic = try query.vector.map { try source.similarities(to: $0, of: keys) } ?? keys.map { _ in 0 }
        let weights = Weights(
            mode: mode, alpha: alpha, bestLexical: lexical.max() ?? 0, bestSemantic: semantic.max() ?? 0
        )
        var ranked: [RankedKey] = []
        for (index, key) in keys.enumerated() {
            let score = weights.lexical * lexical[index] + weights.semantic * max(0, semantic[index])
            guard score > 0 else { continue }
            ranked.append(RankedKey(key: key, score: score, lexical: lexical[index], semantic: semantic[index]))
        }
        ranked.sort { $0.score != $1.score ? $0.score > $1.score : $0.key < $1.key }
        return Array(ranked.prefix(limit))
    }

    /// The keys that either side names, ascending.
    private func candidates(for query: RankingQuery, in source: some CandidateSource) throws -> [UInt64] {
        let pool = max(Self.minimumCandidates, limit)
        var keys: [UInt64] = []
        if mode != .semantic {
            keys += try source.lexicalCandidates(for: query.terms, limit: pool, filter: filter).map(\.key)
        }
        if mode != .lexical, let vector = query.vector {
            keys += try source.semanticCandidates(for: vector, limit: pool, filter: filter).map(\.key)
        }
        keys.sort()
        return keys.enumerated().filter { $0.offset == 0 || keys[$0.offset - 1] != $0.element }.map(\.element)
    }

    /// What each raw part is multiplied by.
    private struct Weights {
        var lexical = 0.0
        var semantic = 0.0

        init(mode: SearchMode, alpha: Double, bestLexical: Double, bestSemantic: Double) {
            switch mode {
            case .lexical:
                lexical = 1
            case .semantic:
                semantic = 1
            case .hybrid where bestSemantic <= 0:
                lexical = bestLexical > 0 ? 1 / bestLexical : 0
            case .hybrid where bestLexical <= 0:
                semantic = 1 / bestSemantic
            case .hybrid:
                lexical = (1 - alpha) / bestLexical
                semantic = alpha / bestSemantic
            }
        }
    }
}
