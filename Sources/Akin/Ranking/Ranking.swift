/// What is asked of a library, once a text or a paper has been turned into it.
package struct RankingQuery: Sendable {
    /// The terms that BM25 looks for.
    package var terms: [WeightedTerm]
    /// The terms that follow each other; a paper where they do so too gains.
    package var pairs: [WeightedPair]
    /// The terms that no paper has. A space that started from a model may know what they go with; and they count where it is
    /// asked how much of the query a paper answers.
    package var unknownTerms: [WeightedTerm] = []
    /// The unit vector that cosines are taken with; `nil` if the model knows no term of the query.
    package var vector: [Float]?

    package init(terms: [WeightedTerm], pairs: [WeightedPair] = [], vector: [Float]?) {
        self.terms = terms
        self.pairs = pairs
        self.vector = vector
    }
}

/// A paper in the answer: its score and the exact parts that it was made of.
package struct RankedKey: Sendable, Equatable {
    package var key: UInt64
    package var score: Double
    /// The BM25 score of terms and of pairs of terms.
    package var lexical: Double
    /// The cosine with the query.
    package var semantic: Double
    /// The cosine with the middle of the first papers; 0 where there was no feedback.
    package var feedback = 0.0
    /// What a part of 1 adds to the score; both are 0 where the score is not made of the parts, as for a paper that is
    /// named by its title.
    package var weights = PartWeights()

    package init(key: UInt64, score: Double, lexical: Double, semantic: Double) {
        self.key = key
        self.score = score
        self.lexical = lexical
        self.semantic = semantic
    }

    /// The cosine with the query, and ¾ of that with the middle of the first papers.
    package var closeness: Double { semantic + Feedback.weight * feedback }
}

/// What each part of a score is multiplied by.
package struct PartWeights: Sendable, Equatable {
    package var lexical = 0.0
    package var closeness = 0.0
}

/// Fuses BM25 and cosine:
/// *score* = (1 − *α*) · BM25 / best BM25 + *α* · closeness / best closeness.
///
/// 1. Each side names its best candidates.
/// 2. Every candidate gets both of its exact parts, whichever side named it.
/// 3. Each part is divided by the query's best. A negative part counts as 0; a side whose best is 0 is left out, and the
///    other decides alone.
/// 4. The first few papers say what the query is about better than its words (``Feedback``): closeness, so far the
///    cosine with the query, becomes that plus ¾ of the cosine with the middle of these papers, and step 3 is done again.
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
        try answer(query, in: source).papers
    }

    /// The best papers, as ``rank(_:in:)`` finds them, and the feedback that took part.
    func answer(
        _ query: RankingQuery, in source: some CandidateSource
    ) throws -> (papers: [RankedKey], feedback: Feedback?) {
        guard limit > 0 else { return ([], nil) }
        return try best(of: candidates(for: query, in: source), in: source)
    }

    /// The best of candidates that have their parts, and the feedback that took part.
    func best(
        of candidates: [RankedKey], in source: some CandidateSource
    ) throws -> (papers: [RankedKey], feedback: Feedback?) {
        var ranked = candidates
        let feedback = try scoreTwice(&ranked, in: source)
        for index in ranked.indices where isNamed(ranked[index].key) {
            ranked[index].score = 1
            ranked[index].weights = PartWeights()
        }
        ranked.removeAll { $0.score <= 0 }
        ranked.sort { first, second in
            if first.score != second.score { return first.score > second.score }
            return isNamed(first.key) != isNamed(second.key) ? isNamed(first.key) : first.key < second.key
        }
        return (Array(ranked.prefix(limit)), feedback)
    }

    /// The papers that either side names, and those that the query names by their title, each with both of its exact
    /// parts and no score yet.
    package func candidates(for query: RankingQuery, in source: some CandidateSource) throws -> [RankedKey] {
        let pool = max(Self.minimumCandidates, limit)
        let vector = mode == .lexical ? nil : query.vector
        let near =
            try vector.map {
                try source.semanticCandidates(for: $0, limit: pool, recall: recall, filter: filter)
            } ?? []
        let titled = mode == .hybrid ? named.filter(filter.admits) : []
        let scored = near.map(\.key) + titled
        let lexical = try source.lexicalCandidates(
            for: query.terms, pairs: query.pairs, limit: mode == .semantic ? 0 : pool, filter: filter, scoring: scored
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

    private func isNamed(_ key: UInt64) -> Bool { mode == .hybrid && named.contains(key) }
}

// MARK: - Scores

extension Ranking {
    /// Scores candidates by the question, and then by the question and the first papers.
    ///
    /// - Returns: What the first papers have in common; `nil` where they do not count.
    @discardableResult
    private func scoreTwice(_ candidates: inout [RankedKey], in source: some CandidateSource) throws -> Feedback? {
        score(&candidates)
        guard mode == .hybrid, alpha > 0, let feedback = Feedback(candidates, in: source) else { return nil }
        for (index, cosine) in try feedback.cosines(of: candidates.map(\.key), in: source).enumerated() {
            candidates[index].feedback = cosine
        }
        score(&candidates)
        return feedback
    }

    /// Makes the score of every candidate out of its parts.
    private func score(_ candidates: inout [RankedKey]) {
        let weights = PartWeights(
            mode: mode, alpha: alpha,
            bestLexical: candidates.map(\.lexical).max() ?? 0, bestCloseness: candidates.map(\.closeness).max() ?? 0
        )
        for index in candidates.indices {
            candidates[index].weights = weights
            candidates[index].score =
                weights.lexical * candidates[index].lexical + weights.closeness * max(0, candidates[index].closeness)
        }
    }
}

extension PartWeights {
    fileprivate init(mode: SearchMode, alpha: Double, bestLexical: Double, bestCloseness: Double) {
        switch mode {
        case .lexical:
            lexical = 1
        case .semantic:
            closeness = 1
        case .hybrid where bestCloseness <= 0:
            lexical = bestLexical > 0 ? 1 / bestLexical : 0
        case .hybrid where bestLexical <= 0:
            closeness = 1 / bestCloseness
        case .hybrid:
            lexical = (1 - alpha) / bestLexical
            closeness = alpha / bestCloseness
        }
    }
}
