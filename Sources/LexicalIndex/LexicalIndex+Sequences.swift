import MappedFiles

// MARK: - The texts as sequences of terms

extension LexicalIndex {
    /// Stands in a sequence where a stop word, a lone mark or the end of a text comes between two terms.
    package static let gap = UInt32.max

    /// The term with a number; `nil` if there is none.
    package func term(numbered number: UInt32) -> String? {
        Int(number) < terms.count ? terms[Int(number)] : nil
    }

    /// Calls `body` with the numbers of a document's terms, in the order of its texts and with gaps.
    ///
    /// A title that counts three times stands there three times. In a damaged file a number may be none of a term.
    /// A document that is not in the index does not come.
    package func withSequence(of key: UInt64, _ body: (Span<UInt32>) -> Void) {
        guard let ordinal = ordinal(of: key), let range = sequence(of: ordinal) else { return }
        sequences.withSpan { body($0.extracting(range)) }
    }
}
