import LexicalIndex

/// Tells an answer from noise: every question has a nearest paper, also one that the library says nothing about.
///
/// A paper is close to a text if its cosine lies far above those of papers drawn at random, *and* it has a part of the text's
/// words by weight; or if it has most of them. Neither sign tells alone: among 157,000 papers some vector lies near to any
/// vector, and some paper has any rare word. Of 219 questions that papers on language and learning answer, nearly all have a
/// close paper among the first ten; of the questions of Cranfield (aircraft), MED (medicine) and NPL (electronics), asked of
/// the same papers, a half, a fifth and a half. Asked of their own papers, these and CACM's have one in 95, 97, 100 and 77
/// of 100 cases and more.
struct Closeness {
    /// The standard deviations above the mean of random pairs from which on a cosine is no accident.
    static let leastZScore = 4.0
    /// The part of a text's weight that a close paper has.
    static let leastCoverage: Float = 0.25
    /// The part of a text's weight that makes a paper close whatever its cosine: whoever names a thing wants the papers that
    /// name it.
    static let sufficientCoverage: Float = 0.75
    /// The papers of an answer that are looked at.
    static let consideredCount = 10
    /// In a library of fewer papers, chance has no shape yet, and every answer counts as close.
    static let fewestPapers = 200

    let generation: Generation
    private let randomPairs: RandomPairs

    /// `nil` for a library that is too small or has no vectors.
    init?(_ generation: Generation) {
        guard let pairs = generation.manifest.calibration.randomPairs,
            generation.manifest.fittedPaperCount >= Self.fewestPapers
        else { return nil }
        self.generation = generation
        randomPairs = pairs
    }

    /// How many standard deviations above chance a paper's cosine lies.
    func zScore(of paper: RankedKey) -> Double { randomPairs.zScore(of: paper.semantic) }

    /// Whether any of the first papers is close to a text.
    func hasMatch(_ ranked: [RankedKey], for query: RankingQuery) -> Bool {
        let lexical = generation.lexicalQuery(for: query.terms + query.unknownTerms)
        return ranked.prefix(Self.consideredCount).contains { paper in
            let needed =
                zScore(of: paper) >= Self.leastZScore ? Self.leastCoverage : Self.sufficientCoverage
            return generation.segments.contains {
                !$0.removed.contains(paper.key) && $0.lexical.coverage(lexical, key: paper.key) >= needed
            }
        }
    }

    /// Whether any of the first papers is close to papers that others like them are wanted of.
    func hasMatch(_ ranked: [RankedKey]) -> Bool {
        ranked.prefix(Self.consideredCount).contains { zScore(of: $0) >= Self.leastZScore }
    }
}
