import Akin

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
    }

    struct Lexical: Encodable {
        var score: Double
        var words: [Word]
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
    var scoreParts: AnswerReport.Parts?
    var bestSentence: Sentence?

    /// Takes over an explanation; the best sentence is one of `abstract`, and is left out where that is `nil`.
    init(_ explanation: Explanation, abstract: String?) {
        similarity = explanation.similarity
        shared = explanation.sharedWords.map(Pair.init)
        bridging = explanation.bridges.map(Pair.init)
        lexical = Lexical(
            score: explanation.lexicalScore,
            words: explanation.lexicalWords.map { Word(word: $0.word, share: $0.share) }
        )
        scoreParts = explanation.scoreParts.map { AnswerReport.Parts(lexical: $0.lexical, semantic: $0.semantic) }
        if let abstract, let range = explanation.bestSentence { bestSentence = Sentence(range, of: abstract) }
    }
}
