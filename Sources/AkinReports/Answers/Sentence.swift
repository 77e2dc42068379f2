/// A sentence of an abstract.
package struct Sentence: Codable, Hashable, Sendable {
    /// The offset of its first byte in the abstract's UTF-8.
    package var start: Int
    /// The offset after its last byte.
    package var end: Int
    /// The text between the two.
    package var text: String

    /// Cuts a sentence out of an abstract, or gives `nil` if the range reaches beyond it.
    ///
    /// - Parameters:
    ///   - range: The bytes of the sentence in the abstract's UTF-8.
    ///   - abstract: The abstract.
    /// - Complexity: O(*n*) for an abstract of *n* bytes.
    package init?(_ range: Range<Int>, of abstract: String) {
        let bytes = abstract.utf8
        guard
            range.lowerBound >= 0,
            let first = bytes.index(bytes.startIndex, offsetBy: range.lowerBound, limitedBy: bytes.endIndex),
            let last = bytes.index(first, offsetBy: range.count, limitedBy: bytes.endIndex)
        else { return nil }
        start = range.lowerBound
        end = range.upperBound
        text = String(decoding: bytes[first..<last], as: UTF8.self)
    }
}
