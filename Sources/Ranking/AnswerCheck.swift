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
    func findsMatch(in ranked: [RankedUnit], for query: RankingQuery) -> Bool {
        let known = query.knownShare
        return ranked.prefix(policy.checkedCount).contains { ranked in
            let needed = zScore(of: ranked) >= policy.leastZScore ? policy.leastCoverage : policy.sufficientCoverage
            return ranked.coverage * known >= Double(needed)
        }
    }

    /// Whether any of the best papers is close to the papers that a query is made of.
    func findsMatch(in ranked: [RankedUnit]) -> Bool {
        ranked.prefix(policy.checkedCount).contains { zScore(of: $0) >= policy.leastZScore }
    }
}

extension RankingQuery {
    /// The share of the question's weight in the words that some paper has.
    ///
    /// Words that no paper has do not count if at least half of the words are known: the answer names them, and it may
    /// be close to the others. A question of mostly unknown words is about something else.
    fileprivate var knownShare: Double {
        guard lexical.words.count < unknownTerms.count else { return 1 }
        let known = lexical.words.reduce(0) { $0 + Double($1.weight) * lexical.statistics.idf(of: $1) }
        let unknown = unknownTerms.reduce(0) { $0 + Double($1.weight) * lexical.statistics.idf(of: $1.term) }
        return known + unknown > 0 ? known / (known + unknown) : 0
    }
}
