/// Why a paper was found, or why two papers are alike: everything that its parts are made of.
///
/// Nothing is guessed. The cosine is the sum of the shares of ``sharedWords`` and ``bridges``, the BM25 score that of
/// ``lexicalWords`` and ``adjacentWords``, and the cosine with the middle of the first papers that of ``Feedback/documents``
/// and once more that of ``Feedback/words``, but for rounding. Shares of a cosine may be below 0: some words push texts
/// apart.
///
/// Words are shown as they are written in the very texts, not as the stems that are compared.
public struct Explanation: Sendable {
    /// A word of the question, or of the first paper, with one of the paper that was found, or the second.
    public struct Pair: Sendable, Hashable {
        /// The word of the question or of the first paper.
        public var first: String
        /// The word of the paper that was found, or of the second.
        public var second: String
        /// What the two add to the cosine.
        public var share: Double
    }

    /// A word of the paper that was found.
    public struct Word: Sendable, Hashable {
        /// The word, as the paper writes it.
        public var word: String
        /// What it adds to the sum that it is listed under.
        public var share: Double
    }

    /// Two words that stand side by side, in this order, in the question and in the paper that was found.
    public struct AdjacentWords: Sendable, Hashable {
        /// The first word, as the paper that was found writes it.
        public var first: String
        /// The word after it.
        public var second: String
        /// What the two add to the BM25 score because they stand side by side, besides what each of them adds.
        public var share: Double
    }

    /// One of the first papers that spoke for the question.
    public struct FeedbackDocument: Sendable, Hashable {
        /// The paper's id.
        public var id: String
        /// The paper's title.
        public var title: String
        /// What it adds to the cosine with the middle of the first papers.
        public var share: Double
    }

    /// How near the paper that was found is to the middle of the papers that came first by the question alone; it may be
    /// one of them itself.
    public struct Feedback: Sendable {
        /// The cosine with their middle, from −1 to 1.
        public var similarity: Double
        /// What each of the first papers adds to it, in the order in which they came.
        public var documents: [FeedbackDocument]
        /// The same, told by the words of the paper that was found: what each adds to it, greatest share first.
        public var words: [Word]
    }

    /// The cosine with the question in the latent space, from −1 to 1; 0 in a library without one.
    public var similarity: Double
    /// What the words that both texts have add to the cosine, greatest share first. The two of a pair may differ in their
    /// endings.
    public var sharedWords: [Pair]
    /// What different words add to it, that the library's papers use alike, greatest share first: every word of one text
    /// with every word of the other.
    public var bridges: [Pair]
    /// The BM25 score.
    public var lexicalScore: Double
    /// What each word that both texts have adds to it, greatest share first.
    public var lexicalWords: [Word]
    /// What words add to it by standing side by side in both texts, greatest share first.
    public var adjacentWords: [AdjacentWords]
    /// How near the paper is to the first papers, which speak for the question in a hybrid ranking; `nil` where they have
    /// no say.
    public var feedback: Feedback?
    /// The parts that add up to what the paper is ranked by; `nil` where the score is no such sum: for a paper that
    /// the question names by its title, and for two papers that are compared.
    public var scoreParts: SearchAnswer.Parts?
    /// Which sentence of the paper's abstract adds most to its score, or to the cosine where there is no such score: its
    /// bytes in the abstract's UTF-8. `nil` if none adds anything.
    ///
    /// A word's share is divided evenly among the places where it stands, each of the title's counted as often as it counts
    /// in the index; so the sum over all sentences and the title is the score. That of two words side by side is divided
    /// among the places where they stand so.
    public var bestSentence: Range<Int>?
}

extension Explanation {
    /// What the words that both texts have add to the cosine.
    public var sharedSimilarity: Double { sharedWords.reduce(0) { $0 + $1.share } }

    /// What different words add to it.
    public var bridgingSimilarity: Double { bridges.reduce(0) { $0 + $1.share } }

    /// Whether the two texts have no word and no meaning in common.
    public var isEmpty: Bool {
        lexicalWords.isEmpty && sharedWords.allSatisfy { $0.share == 0 } && bridges.allSatisfy { $0.share == 0 }
    }
}
