import Papers

/// Papers that somebody may want, best first, and what that was learned from.
public struct RecommendationAnswer: Sendable {
    /// A recommended paper.
    public struct Recommendation: Sendable {
        /// The paper with its rank and score. The parts of the score are those of ``relevance``, before it is made a
        /// number from 0 to 1. Papers that are nearly the same are its duplicates.
        public var hit: SearchAnswer.Hit
        /// How much the paper is like what is liked, from 0 to 1, whatever its age. At ½ lies the border between the
        /// liked papers and the others.
        public var relevance: Double
        /// The terms that speak most for the paper, the strongest first. Liked papers have them, too. Empty unless
        /// ``RecommendationOptions/explains`` asked for them.
        public var terms: [Term]
        /// The liked paper that is nearest to it; `nil` unless reasons were asked for, and without a vector space.
        public var nearest: NearestPaper?
    }

    /// A term that speaks for a paper.
    public struct Term: Hashable, Sendable {
        /// The word that papers write most often for it.
        public var word: String
        /// What it adds to the paper's decision, above 0.
        public var share: Double
    }

    /// A liked paper that is near to a recommended one.
    public struct NearestPaper: Hashable, Sendable {
        /// Its id.
        public var id: String
        /// Its title.
        public var title: String
        /// The cosine of the two papers in the library's own space.
        public var similarity: Double
    }

    /// What stands for the liked papers where the call names none.
    public enum DefaultExamples: String, Hashable, Sendable {
        /// The papers with the tag `liked`.
        case liked
        /// The papers that were read, because no paper has the tag `liked`.
        case read
    }

    /// The papers, best first.
    public var recommendations: [Recommendation] = []
    /// The liked papers.
    public var likedCount = 0
    /// The papers that are not wanted.
    public var againstCount = 0
    /// The papers that could be recommended.
    public var candidateCount = 0
    /// What stood for the liked papers; `nil` if the call named them.
    public var defaultExamples: DefaultExamples?
}
