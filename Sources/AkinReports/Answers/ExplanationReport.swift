package import Ranking

/// Why a paper was found, or why two papers are alike: every pair of words with its share.
package struct ExplanationReport: Codable, Hashable, Sendable {
    /// Two words with their share.
    package struct Pair: Codable, Hashable, Sendable {
        /// Two words: one of the question or of the first paper, then one of the paper that was found or of the second
        /// paper.
        package var words: [String]
        package var share: Double
    }

    /// A word with its share.
    package struct Word: Codable, Hashable, Sendable {
        package var word: String
        package var share: Double

        init(_ word: Explanation.Word) {
            self.word = word.word
            share = word.share
        }
    }

    /// A word that adds to the BM25 score.
    package struct LexicalWord: Codable, Hashable, Sendable {
        package var word: String
        package var share: Double
        /// The word of the question that it counts for; absent if it is the word itself.
        package var asked: String?
        /// Why it counts for that word; absent with it.
        package var reason: Substitution?

        init(_ word: Explanation.LexicalWord) {
            self.word = word.word
            share = word.share
            asked = word.asked
            reason = word.reason
        }
    }

    /// What BM25 is made of.
    package struct Lexical: Codable, Hashable, Sendable {
        /// The BM25 score: the sum of all shares.
        package var score: Double
        /// What single words add.
        package var words: [LexicalWord]
        /// What words add because they stand side by side, in this order.
        package var adjacent: [Pair]
    }

    /// What the feedback documents add.
    package struct Feedback: Codable, Hashable, Sendable {
        /// A paper that came first by the question alone.
        package struct Document: Codable, Hashable, Sendable {
            package var id: String
            package var title: String
            package var share: Double
        }

        /// The cosine with the centroid of the documents.
        package var similarity: Double
        /// What each document adds to the cosine.
        package var documents: [Document]
        /// What each word of the paper that was found adds to the cosine.
        package var words: [Word]

        init(_ feedback: Explanation.Feedback) {
            similarity = feedback.similarity
            documents = feedback.documents.map { Document(id: $0.id, title: $0.title, share: $0.share) }
            words = feedback.words.map(Word.init)
        }
    }

    /// The cosine: the sum of the shares of ``shared`` and ``bridging``.
    package var similarity: Double
    /// The words that both texts have.
    package var shared: [Pair]
    /// The different words that the library's papers use alike.
    package var bridging: [Pair]
    package var lexical: Lexical
    /// Absent where feedback documents do not count.
    package var feedback: Feedback?
    /// The parts that add up to the score; absent where the score is no such sum.
    package var scoreParts: AnswerReport.Parts?
    /// The sentence of the abstract that adds most.
    package var bestSentence: Sentence?

    /// Reports an explanation.
    ///
    /// - Parameters:
    ///   - explanation: The explanation.
    ///   - abstract: The abstract that the best sentence is cut out of; `nil` leaves the sentence out.
    package init(_ explanation: Explanation, abstract: String?) {
        similarity = explanation.similarity
        shared = explanation.sharedWords.map { Pair(words: [$0.first, $0.second], share: $0.share) }
        bridging = explanation.bridges.map { Pair(words: [$0.first, $0.second], share: $0.share) }
        lexical = Lexical(
            score: explanation.lexicalScore,
            words: explanation.lexicalWords.map(LexicalWord.init),
            adjacent: explanation.adjacentWords.map { Pair(words: [$0.first, $0.second], share: $0.share) }
        )
        feedback = explanation.feedback.map(Feedback.init)
        scoreParts = explanation.scoreParts.map(AnswerReport.Parts.init)
        if let abstract { bestSentence = explanation.bestSentence.flatMap { Sentence($0, of: abstract) } }
    }
}
