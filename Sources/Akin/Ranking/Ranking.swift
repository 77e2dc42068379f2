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
    /// What a part of 1 adds to the score; both are 0 where the score is not made of the parts, as for a paper that is
    /// named by its title.
    package var weights = PartWeights()
}

/// What each part of a score is multiplied by.
package struct PartWeights: Sendable, Equatable {
    package var lexical = 0.0
    package var semantic = 0.0
}

/// Fuses BM25 and cosine:
/// *score* = (1 − *α*) · BM25 / best BM25 + *α* · cosine / best cosine.
///
/// 1. Each side names its best candidates.
/// 2. Every candidate gets both of its exact parts, whichever side named it.
/// 3. Each part is divided by the query's best. A negative cosine counts as 0; a side whose best is 0 is left out, and
///    the other decides alone.
///
/// Scores are fused, not ranks: in a sketch on four collections, reciprocal rank fusion was even with this sum (*α* .35)
/// on Cranfield and MED, and lost .043 and .025 nDCG@10 to it on CACM and NPL.
package struct Ranking: Sendable {
    /// The candidates that each side names, at least.
    package static let minimumCandidates = 200

    package var mode: SearchMode
    package var alpha: Double
    package var limit: Int
    package var filter: CandidateFilter
    /// The share of the nearest papers that must be among the semantic candidates, on average.
    package var recall: Double
    /// Papers that the query names by their whole title. Under `hybrid` they come first and have score 1: whoever writes
    /// a title wants that paper, and a title of common words alone would not find it.
    package var named: [UInt64]

    package init(
        mode: SearchMode, alpha: Double, limit: Int, recall: Double = SearchOptions.defaultRecall,
        filter: CandidateFilter = CandidateFilter(), named: [UInt64] = []
    ) {
        self.mode = mode
        self.alpha = alpha
        self.limit = limit
        self.recall = recall
        self.filter = filter
        self.named = named
    }

    /// The best papers for a query, best first, at most `limit` of them; ties go to the smaller key. Papers with score 0
    /// are left out.
    package func rank(_ query: RankingQuery, in source: some CandidateSource) throws -> [RankedKey] {
        guard limit > 0 else { return [] }
        var ranked = try candidates(for: query, in: source)
        let weights = PartWeights(
            mode: mode, alpha: alpha,
            bestLexical: ranked.map(\.lexical).max() ?? 0, bestSemantic: ranked.map(\.semantic).max() ?? 0
        )
        for index in ranked.indices {
            let isNamed = isNamed(ranked[index].key)
            ranked[index].weights = isNamed ? PartWeights() : weights
            ranked[index].score =
                isNamed
                ? 1 : weights.lexical * ranked[index].lexical + weights.semantic * max(0, ranked[index].semantic)
        }
        ranked.removeAll { $0.score <= 0 }
        ranked.sort { first, second in
            if first.score != second.score { return first.score > second.score }
            return isNamed(first.key) != isNamed(second.key) ? isNamed(first.key) : first.key < second.key
        }
        return Array(ranked.prefix(limit))
    }

    private func isNamed(_ key: UInt64) -> Bool { mode == .hybrid && named.contains(key) }

    /// The papers that either side names, and those that the query names by their title, each with both of its exact
    /// parts and no score yet.
    private func candidates(for query: RankingQuery, in source: some CandidateSource) throws -> [RankedKey] {
        let pool = max(Self.minimumCandidates, limit)
        let vector = mode == .lexical ? nil : query.vector
        let near =
            try vector.map {
                try source.semanticCandidates(for: $0, limit: pool, recall: recall, filter: filter)
            } ?? []
        let titled = mode == .hybrid ? named.filter(filter.admits) : []
        let scored = near.map(\.key) + titled
        let lexical = try source.lexicalCandidates(
            for: query.terms, limit: mode == .semantic ? 0 : pool, filter: filter, scoring: scored
        )
        var scores = Dictionary(zip(scored, lexical.scores)) { first, _ in first }
        for candidate in lexical.candidates { scores[candidate.key] = candidate.score }
        var cosines = Dictionary(near.map { ($0.key, $0.score) }, uniquingKeysWith: max)
        if let vector = query.vector {
            let others = scores.keys.filter { cosines[$0] == nil }
            for (key, cosine) in zip(others, try source.similarities(to: vector, of: others)) { cosines[key] = cosine }
        }
        return scores.map { RankedKey(key: $0, score: 0, lexical: $1, semantic: cosines[$0] ?? 0) }
    }

}

extension PartWeights {
    fileprivate init(mode: SearchMode, alpha: Double, bestLexical: Double, bestSemantic: Double) {
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
