import LexicalIndex

/// Tells an answer from noise: every question has a nearest paper, even when the library holds nothing on the subject.
///
/// A paper is close to a text if it covers a part of the text's words by weight *and* its cosine lies far above those
/// of papers drawn at random, or if it covers most of the words. Neither sign is enough alone: among 157,000 papers
/// some vector lies near any vector, and some paper has any rare word. `Benchmarks/Results/2026-11-25-ranking.md` has
/// the share of questions that pass, for libraries that answer them and for libraries that do not.
struct AnswerCheck {
    private let background: RandomSimilarity
    private let policy: RankingPolicy

    /// `nil` for a collection that is too small or has no vectors.
    init?(_ calibration: Calibration, fittedPaperCount: Int, _ policy: RankingPolicy) {
        guard let background = calibration.randomSimilarity, fittedPaperCount >= policy.fewestPapersToCheck
        else { return nil }
        self.background = background
        self.policy = policy
    }

    /// How many standard deviations above random pairs a paper's cosine lies.
    func zScore(of ranked: RankedUnit) -> Double { background.zScore(of: ranked.semantic) }

    /// Whether any of the best papers is close to a text.
    ///
    /// - Throws: The source's error.
    func findsMatch(
        in ranked: [RankedUnit], for query: RankingQuery, of source: some RankingSource
    ) throws -> Bool {
        let best = ranked.prefix(policy.checkedCount)
        let contributions = try source.contributions(
            of: LexicalTerms(terms: query.lexical.terms, statistics: query.lexical.statistics), to: best.map(\.unit))
        let coverage = TermCoverage(query)
        return zip(best, contributions).contains { ranked, contributions in
            guard let contributions else { return false }
            let needed = zScore(of: ranked) >= policy.leastZScore ? policy.leastCoverage : policy.sufficientCoverage
            return coverage.share(contributions) >= needed
        }
    }

    /// Whether any of the best papers is close to the papers that a query is made of.
    func findsMatch(in ranked: [RankedUnit]) -> Bool {
        ranked.prefix(policy.checkedCount).contains { zScore(of: $0) >= policy.leastZScore }
    }
}

/// The share of a query's weight (term weight times idf) in the terms that a paper has.
private struct TermCoverage {
    private let weights: [Float]
    private let total: Float

    init(_ query: RankingQuery) {
        let all = LexicalTerms(
            terms: query.lexical.terms + query.unknownTerms, statistics: query.lexical.statistics
        ).query.termWeights
        weights = Array(all.prefix(query.lexical.terms.count))
        total = all.reduce(0, +)
    }

    /// From 0 to 1; 0 for a query without weight.
    func share(_ contributions: LexicalContributions) -> Float {
        let covered = zip(weights, contributions.terms).reduce(0) { $1.1 > 0 ? $0 + $1.0 : $0 }
        return total > 0 ? covered / total : 0
    }
}
