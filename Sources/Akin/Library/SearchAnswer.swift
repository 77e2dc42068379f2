public import Papers

/// What a library answers: papers, best first, and what it made of the question.
public struct SearchAnswer: Sendable {
    /// A paper of the answer.
    public struct Hit: Sendable {
        /// The place in the answer; the best paper has rank 1.
        public var rank: Int
        /// The paper.
        public var paper: Paper
        /// What the paper is ranked by: under `hybrid` a number from 0 to 1, otherwise the part of that mode.
        public var score: Double
        /// The exact parts, before they are divided by the query's best.
        public var parts: Parts
        /// How many standard deviations the paper's cosine lies above that of two papers drawn at random; `nil` in a library
        /// of fewer than 200 papers. 4 and more is no accident.
        public var zScore: Double?
        /// Why the paper is in the answer; `nil` unless ``SearchOptions/explains`` asked for it.
        public var explanation: Explanation?
    }

    /// The parts that a score is made of.
    public struct Parts: Sendable, Hashable {
        /// The BM25 score of words and of words side by side: 0 where paper and query share no term, unbounded above.
        public var lexical: Double
        /// The cosine with the query in the latent space, from −1 to 1.
        public var semantic: Double
        /// The cosine with the middle of the first papers, which counts ¾ of the one with the query; 0 where one side
        /// ranks alone.
        public var feedback: Double
    }

    /// The papers, best first.
    public var hits: [Hit]
    /// Whether any of the first ten papers is close to what was asked, and not merely the nearest of a library that says
    /// nothing about it. A library of fewer than 200 papers and a ranking by words alone cannot tell, and say yes.
    public var isClose = true
    /// The kind of ranking.
    public var mode: SearchMode
    /// The words of the question that no paper of the library has, as they were written.
    public var unknownWords: [String]
    /// For a search that found nothing: words of the library that are spelled much like those that it does not know.
    public var suggestions: [String]
}
