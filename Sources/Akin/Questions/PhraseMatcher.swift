import Papers
import TextAnalysis

/// Finds words that stand side by side in texts, as they are written. Case, accents and punctuation do not count.
struct PhraseMatcher {
    private let phrase: String
    /// Whether the phrase begins and ends with a word of a script that has spaces between words.
    private let hasEdges: (first: Bool, last: Bool)

    /// Prepares to look for a phrase; `nil` if it has no letter and no digit.
    init?(_ phrase: String) {
        self.phrase = Self.form(of: phrase)
        guard let first = self.phrase.unicodeScalars.first, let last = self.phrase.unicodeScalars.last else {
            return nil
        }
        hasEdges = (Self.hasSpaces(first), Self.hasSpaces(last))
    }

    /// Whether a text has the phrase.
    func matches(_ text: String) -> Bool {
        let padded = " " + Self.form(of: text) + " "
        return padded.contains((hasEdges.first ? " " : "") + phrase + (hasEdges.last ? " " : ""))
    }

    private static func form(of text: String) -> String { accentFolded(Paper.matchingForm(of: text)) }

    /// Whether words of the script of a letter stand between spaces. Chinese, Japanese and Thai words do not.
    private static func hasSpaces(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3040...0x30FF, 0x3400...0x9FFF, 0xF900...0xFAFF,
            0x20000...0x3FFFF:
            false
        default: true
        }
    }
}
