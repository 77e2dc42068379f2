/// Why a paper was found, or why two papers are alike: everything that its two parts are made of.
///
/// Nothing is guessed. The cosine is the sum of the shares of ``sharedWords`` and ``bridges``, and the BM25 score that of
/// ``lexicalWords``, but for rounding. Shares of the cosine may be below 0: some words push texts apart.
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

    /// A word that both texts have.
    public struct Word: Sendable, Hashable {
        /// The word, as the paper that was found writes it.
        public var word: String
        /// What it adds to the BM25 score.
        public var share: Double
    }

    /// The cosine in the latent space, from −1 to 1; 0 in a library without one.
    public var similarity: Double
    /// What the words that both texts have add to the cosine, greatest share first. The two of a pair may differ in their
    /// endings.
    public var sharedWords: [Pair]
    /// What different words add to it, that the library's papers use alike, greatest share first: every word of one text
    /// with every word of the other.
    public var bridges: [Pair]
    /// The BM25 score.
    public var lexicalScore: Double
    /// What each word adds to it, greatest share first.
    public var lexicalWords: [Word]
    /// The two parts that add up to what the paper is ranked by; `nil` where the score is no such sum: for a paper that
    /// the question names by its title, and for two papers that are compared.
    public var scoreParts: SearchAnswer.Parts?
    /// Which sentence of the paper's abstract adds most to its score, or to the cosine where there is no such score: its
    /// bytes in the abstract's UTF-8. `nil` if none adds anything.
    ///
    /// A word's share is divided evenly among the places where it stands; so the sum over all sentences and the title is
    /// the score.
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
