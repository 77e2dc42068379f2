import Papers
import TextAnalysis

/// Finds words that stand side by side in texts, as they are written. Case, accents and punctuation do not count.
struct PhraseMatcher {
    /// The phrase, with a space at an end that must be the end of a word.
    private let pattern: [UInt8]

    /// Prepares to look for a phrase; `nil` if it has no letter and no digit.
    init?(_ phrase: String) {
        let form = Self.form(of: phrase)
        let scalars = String(decoding: form, as: UTF8.self).unicodeScalars
        guard let first = scalars.first, let last = scalars.last else { return nil }
        pattern = (Self.hasSpaces(first) ? [0x20] : []) + form + (Self.hasSpaces(last) ? [0x20] : [])
    }

    /// Whether a text has the phrase.
    ///
    /// - Complexity: O(*n*) for *n* bytes, if few places begin like the phrase.
    func matches(_ text: String) -> Bool {
        matchesForm([0x20] + Self.form(of: text) + [0x20])
    }

    /// Whether a title has the phrase, in the form in which the store has it: its words with a space at either end.
    func matchesStored(title: String) -> Bool {
        matchesForm(title.utf8.allSatisfy { $0 < 0x80 } ? Array(title.utf8) : Array(accentFolded(title).utf8))
    }

    private func matchesForm(_ bytes: [UInt8]) -> Bool {
        guard bytes.count >= pattern.count else { return false }
        // What begins the phrase behind its space is rarer than spaces are.
        let probe = pattern[min(1, pattern.count - 1)]
        let offset = min(1, pattern.count - 1)
        return (0...bytes.count - pattern.count).contains { start in
            bytes[start + offset] == probe && pattern.indices.allSatisfy { bytes[start + $0] == pattern[$0] }
        }
    }

    /// The words of a text with a space between them, folded.
    private static func form(of text: String) -> [UInt8] {
        if let plain = Paper.plainMatchingForm(of: text) { return plain }
        return Array(accentFolded(Paper.matchingForm(of: text)).utf8)
    }

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
