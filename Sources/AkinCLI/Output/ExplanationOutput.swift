import Akin
import Ranking

/// An explanation under `--json`: every pair of words and every share.
struct ExplanationOutput: Encodable {
    struct Pair: Encodable {
        /// The word of the question or of the first paper, and that of the paper that was found or of the second.
        var words: [String]
        var share: Double

        init(_ pair: Explanation.Pair) {
            words = [pair.first, pair.second]
            share = pair.share
        }
    }

    struct Word: Encodable {
        var word: String
        var share: Double

        init(_ word: Explanation.Word) {
            self.word = word.word
            share = word.share
        }
    }

    struct Lexical: Encodable {
        var score: Double
        var words: [Word]
        /// What words add by standing side by side.
        var adjacent: [AdjacentWords]
    }

    /// Two words side by side.
    struct AdjacentWords: Encodable {
        var words: [String]
        var share: Double
    }

    /// The first papers, and what the paper that was found has in common with them.
    struct Feedback: Encodable {
        struct Document: Encodable {
            var id: String
            var title: String
            var share: Double
        }

        var similarity: Double
        var documents: [Document]
        var words: [Word]

        init(_ first: Explanation.Feedback) {
            similarity = first.similarity
            documents = first.documents.map { Document(id: $0.id, title: $0.title, share: $0.share) }
            words = first.words.map(Word.init)
        }
    }

    /// A sentence of an abstract: its bytes in the abstract's UTF-8, from `start` up to `end`, and its text.
    struct Sentence: Encodable {
        var start: Int
        var end: Int
        var text: String

        init?(_ range: Range<Int>, of abstract: String) {
            guard let text = ExplanationListing.text(range, of: abstract) else { return nil }
            start = range.lowerBound
            end = range.upperBound
            self.text = text
        }
    }

    var similarity: Double
    var shared: [Pair]
    var bridging: [Pair]
    var lexical: Lexical
    var feedback: Feedback?
    var scoreParts: AnswerReport.Parts?
    var bestSentence: Sentence?

    /// Takes over an explanation; the best sentence is one of `abstract`, and is left out where that is `nil`.
    init(_ explanation: Explanation, abstract: String?) {
        similarity = explanation.similarity
        shared = explanation.sharedWords.map(Pair.init)
        bridging = explanation.bridges.map(Pair.init)
        lexical = Lexical(
            score: explanation.lexicalScore,
            words: explanation.lexicalWords.map(Word.init),
            adjacent: explanation.adjacentWords.map { AdjacentWords(words: [$0.first, $0.second], share: $0.share) }
        )
        feedback = explanation.feedback.map(Feedback.init)
        scoreParts = explanation.scoreParts.map(AnswerReport.Parts.init)
        if let abstract, let range = explanation.bestSentence { bestSentence = Sentence(range, of: abstract) }
    }
}
