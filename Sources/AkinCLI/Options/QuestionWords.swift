import Akin
import ArgumentParser
import Foundation
import QueryLanguage

/// The words of a command line that make a question.
///
/// `@name` among them stands for the question of that name in the configuration file.
struct QuestionWords {
    /// A word, or the question that an alias stands for.
    private enum Part {
        case word(String)
        case question(String)

        var text: String {
            switch self {
            case .word(let text), .question(let text): text
            }
        }
    }

    private let words: [String]
    private let aliases: [String: String]

    /// Takes the words of a command line.
    ///
    /// - Parameters:
    ///   - words: The words.
    ///   - aliases: Questions by their names.
    init(_ words: [String], aliases: [String: String] = Configuration.current.aliases) {
        self.words = words
        self.aliases = aliases
    }

    /// The words, with questions in place of their names. A question of several words that does not stand alone is
    /// between brackets.
    private var parts: [Part] {
        guard !aliases.isEmpty else { return words.map(Part.word) }
        let isAlone = words.count == 1
        return words.flatMap { word -> [Part] in
            // A quotation mark makes one text of several words, and an alias is none of them.
            let pieces = word.contains("\"") ? [word] : word.components(separatedBy: " ")
            guard pieces.contains(where: { alias($0) != nil }) else { return [.word(word)] }
            return pieces.map { piece in
                guard let question = alias(piece) else { return .word(piece) }
                let sign = piece.hasPrefix("@") ? "" : String(piece.prefix(1))
                let isClosed = sign.isEmpty && isAlone && pieces.count == 1 || !question.contains(" ")
                return .question(sign + (isClosed ? question : "(\(question))"))
            }
        }
    }

    /// The question that a word stands for, also behind a sign; `nil` for any other word.
    private func alias(_ word: String) -> String? {
        let name = word.hasPrefix("-") || word.hasPrefix("+") ? word.dropFirst() : word[...]
        return name.hasPrefix("@") ? aliases[String(name.dropFirst())] : nil
    }

    /// The words as they are given, with questions in place of their names.
    var text: String { parts.map(\.text).joined(separator: " ") }

    /// Refuses a name that no question has. Without any question in the configuration file, `@` has no meaning.
    ///
    /// - Throws: `ValidationError`.
    func validate() throws {
        guard !aliases.isEmpty else { return }
        for word in words where word.wholeMatch(of: /[-+]?@[\w-]+/) != nil && alias(word) == nil {
            let names = aliases.keys.sorted()
            let nearest = Likeness(of: word.trimmingCharacters(in: CharacterSet(charactersIn: "+-@"))).nearest(
                among: names)
            let remedy =
                nearest.isEmpty
                ? "There are \(names.map { "@" + $0 }.joined(separator: ", "))"
                : "Did you mean \(nearest.map { "@" + $0 }.joined(separator: ", "))?"
            throw ValidationError(oneLine("No question is called '\(word)' in the configuration file. \(remedy)"))
        }
    }

    /// The question that the words mean in a library.
    ///
    /// The shell has taken the quotation marks off `tag:"to read"`, so that the word `tag:to read` may be a field with
    /// a value of two words, or a field and a word that ranks. It is the first if papers meet that. A field of texts
    /// takes one word.
    ///
    /// - Parameter library: The library.
    /// - Returns: The question.
    /// - Throws: `AkinError` if the library cannot be read.
    func text(in library: Library) throws -> String {
        try parts.map { part in
            guard case .word(let word) = part, let quoted = Self.quotedAgain(word),
                let query = try? QueryExpression(parsing: quoted), !query.asksTexts,
                try library.paperCount(meeting: query) > 0
            else { return part.text }
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
