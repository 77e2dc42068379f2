/// Why a paper was found, or why two papers are similar: everything that its parts are made of.
///
/// Nothing is guessed. Up to rounding, and where the space ranks that the library learned,
///
/// - the cosine is the sum of the shares of ``sharedWords`` and ``bridges``;
/// - the BM25 score is the sum of the shares of ``lexicalWords`` and ``adjacentWords``;
/// - the cosine with the centroid is the sum of the shares of ``Feedback/documents``, and also that of
///   ``Feedback/words``.
///
/// In other spaces no terms explain a vector: the cosines stand alone, and the words explain the lexical side.
///
/// A share of a cosine may be below 0: some words push texts apart. Words are shown as the texts write them, not as the
/// stems that are compared. A word that neither text writes, but that the ranking takes for one of the question's, is
/// shown as the library's papers write it most often.
public struct Explanation: Sendable {
    /// Two words that add to the cosine, one of either text.
    public struct Pair: Sendable, Hashable {
        /// The word of the question, or of the first paper.
        public var first: String
        /// The word of the paper that was found, or of the second paper.
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

    /// A word of the paper that was found that adds to the BM25 score.
    public struct LexicalWord: Sendable, Hashable {
        /// The word, as the paper writes it; two words where the question joins them.
        public var word: String
        /// What it adds to the score.
        public var share: Double
        /// The word of the question that it counts for, if it is another one.
        public var asked: String?
        /// Why it counts for that word; `nil` where it is the word itself.
        public var reason: Substitution?
    }

    /// Two words that follow each other, in this order, in the question and in the paper that was found.
    public struct AdjacentWords: Sendable, Hashable {
        /// The first word, as the paper writes it.
        public var first: String
        /// The word after it.
        public var second: String
        /// What the two add to the BM25 score by following each other, besides what each of them adds.
        public var share: Double
    }

    /// A feedback document: one of the papers that answer the question best by words and meaning together.
    public struct FeedbackDocument: Sendable, Hashable {
        /// The paper's id.
        public var id: String
        /// The paper's title.
        public var title: String
        /// What it adds to the cosine with the centroid.
        public var share: Double
    }

    /// How near the paper that was found is to the centroid of the feedback documents. It may be one of them itself.
    public struct Feedback: Sendable {
        /// The cosine with the centroid, from −1 to 1.
        public var similarity: Double
        /// What each feedback document adds to it, best document first.
        public var documents: [FeedbackDocument]
        /// What each word of the paper that was found adds to it, greatest share first.
        public var words: [Word]
    }

    /// The cosine with the question in the vector space, from −1 to 1; 0 in a library without one. In a given space it is
    /// read against chance, as in ``ScoreParts/semantic``.
    public var similarity: Double
    /// What the words that both texts have add to the cosine, greatest share first. The two words of a pair may differ
    /// in their endings.
    public var sharedWords: [Pair]
    /// What pairs of different words add to the cosine, greatest share first: every word of one text with every word of
    /// the other.
    public var bridges: [Pair]
    /// The BM25 score.
    public var lexicalScore: Double
    /// What each word of the question that the paper has, in whatever form, adds to the BM25 score, greatest share
    /// first.
    public var lexicalWords: [LexicalWord]
    /// What words add to the BM25 score by following each other in both texts, greatest share first.
    public var adjacentWords: [AdjacentWords]
    /// How near the paper is to the centroid of the feedback documents; `nil` where feedback has no part in the
    /// ranking.
    public var feedback: Feedback?
    /// The parts that add up to the score; `nil` where the score is no such sum: for a paper that the question names by
    /// its title, and for two papers that are compared.
    public var scoreParts: ScoreParts?
    /// The sentence of the paper's abstract that adds most to its score, or to the cosine where there is no such score:
    /// its bytes in the abstract's UTF-8. `nil` if no sentence adds anything.
    ///
    /// The share of a word is divided evenly among the places where it stands. A place in the title counts as often as
    /// it counts in the index, so the sum over the title and all sentences is the score.
    public var bestSentence: Range<Int>?
}

extension Explanation {
    /// What the words that both texts have add to the cosine.
    public var sharedSimilarity: Double { sharedWords.reduce(0) { $0 + $1.share } }

    /// What pairs of different words add to the cosine.
    public var bridgingSimilarity: Double { bridges.reduce(0) { $0 + $1.share } }

    /// Whether the two texts have neither a word nor a direction in common.
    public var isEmpty: Bool {
        lexicalWords.isEmpty && sharedWords.allSatisfy { $0.share == 0 } && bridges.allSatisfy { $0.share == 0 }
    }
}
