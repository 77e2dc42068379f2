import TextAnalysis

/// How texts write the words behind their terms.
struct WrittenWords {
    private var forms: [String: String] = [:]

    /// Collects the words of texts; of several that became one term, the one that is written most often, and among equals
    /// the one in small letters. A text that is there several times, as a title is that counts as often, is written once.
    init(_ texts: [String], analyzer: Analyzer) {
        var counts: [String: [String: Int]] = [:]
        for text in Set(texts) {
            let bytes = Array(text.utf8)
            for term in analyzer.terms(of: text) {
                counts[term.text, default: [:]][Self.word(bytes[term.range]), default: 0] += 1
            }
        }
        // Capitals stand before small letters in the order of bytes.
        forms = counts.compactMapValues { words in
            words.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key
        }
    }

    /// The word behind a term; the term itself where the texts do not have it.
    subscript(term: String) -> String { forms[term] ?? term }

    /// A word as it stands, on one line.
    private static func word(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
