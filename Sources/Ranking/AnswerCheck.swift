/// Tells an answer from noise: every question has a nearest paper, even when the library holds nothing on the subject.
///
/// Two signs speak for a paper: its cosine lies far above those of papers drawn at random, and it covers much of the
/// question's words by weight. Neither is enough alone: among 157,000 papers some vector lies near any vector, and some
/// paper has any rare word. So their sum decides. Words that no paper has count as not covered.
/// `Benchmarks/Results/2026-11-28-words.md` has the share of questions that pass, for libraries that answer them and
/// for libraries that do not, and the rules that were tried.
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
    func findsMatch(in ranked: [RankedUnit], for query: RankingQuery) -> Bool {
        let known = query.knownShare
        return ranked.prefix(policy.checkedCount).contains { ranked in
            zScore(of: ranked) + policy.coverageZScore * ranked.coverage * known >= policy.leastCloseness
        }
    }

    /// Whether any of the best papers is close to the papers that a query is made of.
    func findsMatch(in ranked: [RankedUnit]) -> Bool {
        ranked.prefix(policy.checkedCount).contains { zScore(of: $0) >= policy.leastZScore }
    }
}

extension RankingQuery {
    /// The share of the question's weight in the words that some paper has.
    fileprivate var knownShare: Double {
        let known = lexical.words.reduce(0) { $0 + Double($1.weight) * lexical.statistics.idf(of: $1) }
        let unknown = unknownTerms.reduce(0) { $0 + Double($1.weight) * lexical.statistics.idf(of: $1.term) }
        return known + unknown > 0 ? known / (known + unknown) : 0
    }
}
