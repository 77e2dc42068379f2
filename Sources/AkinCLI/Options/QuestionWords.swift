import Akin
import QueryLanguage

/// The words of a command line that make a question.
struct QuestionWords {
    private let words: [String]

    init(_ words: [String]) { self.words = words }

    /// The words as they are given.
    var text: String { words.joined(separator: " ") }

    /// The question that the words mean in a library.
    ///
    /// The shell has taken the quotation marks off `tag:"to read"`, so that the word `tag:to read` may be a field with
    /// a value of two words, or a field and a word that ranks. It is the first if papers meet that. A field of texts
    /// takes one word.
    ///
    /// - Throws: `AkinError` if the library cannot be read.
    func text(in library: Library) throws -> String {
        try words.map { word in
            guard let quoted = Self.quotedAgain(word), let query = try? QueryExpression(parsing: quoted),
                !query.asksTexts, try library.paperCount(meeting: query) > 0
            else { return word }
            return quoted
        }.joined(separator: " ")
    }

    /// A word that may be a field with a value of several words, with marks around the value; `nil` for any other.
    private static func quotedAgain(_ word: String) -> String? {
        guard word.contains(" "), !word.contains("\""), let match = word.prefixMatch(of: /[-+]?\w+[:=](?=\S)/) else {
            return nil
        }
        return "\(match.output)\"\(word[match.range.upperBound...])\""
    }
}

extension QueryExpression {
    /// Whether a condition is one on the words of a text.
    fileprivate var asksTexts: Bool {
        conditions.contains { if case .text = $0 { true } else { false } }
    }
}
