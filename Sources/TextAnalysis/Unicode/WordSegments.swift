import ArraySpans

/// The segments of a text between the word boundaries of Unicode's default rules.
///
/// Words, spaces and marks are segments, and every byte belongs to exactly one. The rules are those of Unicode Standard
/// Annex #29, *Unicode Text Segmentation*, section 4.1 (<https://www.unicode.org/reports/tr29/tr29-41.html>), for
/// Unicode 15.0, without tailoring. ``Analyzer`` adds its own rules for papers.
///
/// ```swift
/// for range in WordSegments(of: "Can't stop") {
///     // 0..<5, 5..<6, 6..<10: offsets into the string's UTF-8
/// }
/// ```
///
/// The rules treat an ill-formed byte as a replacement character.
///
/// - Complexity: O(*n*) for a text of *n* bytes.
public struct WordSegments: Sequence, Sendable {
    private let text: [UInt8]

    /// Creates the segments of a string.
    public init(of text: String) {
        self.text = Array(text.utf8)
    }

    /// Creates the segments of bytes, which need not be UTF-8.
    public init(ofUTF8 text: some Sequence<UInt8>) {
        self.text = Array(text)
    }

    /// Goes through the segments in order.
    public func makeIterator() -> Iterator {
        Iterator(text: text)
    }

    /// An iterator over the ranges of the segments.
    public struct Iterator: IteratorProtocol {
        fileprivate let text: [UInt8]
        private var offset = 0

        fileprivate init(text: [UInt8]) {
            self.text = text
        }

        /// The range of the next segment, in bytes, or `nil` at the end.
        public mutating func next() -> Range<Int>? {
            guard offset < text.count else { return nil }
            let end = WordSegments.boundary(after: offset, in: text.span)
            defer { offset = end }
            return offset..<end
        }
    }
}

// MARK: - The rules

extension WordSegments {
    /// The first word boundary behind a word boundary.
    ///
    /// The rules are applied from left to right while the segment grows. Three properties are kept: the property of the
    /// last code point, and the properties of the last two code points that WB4 does not ignore. No rule looks further
    /// back, except that regional indicators are counted from the beginning of the segment. Only WB6, WB7b and WB12
    /// look ahead.
    ///
    /// - Precondition: `start` is a word boundary within `text`.
    static func boundary(after start: Int, in text: Span<UInt8>) -> Int {
        var offset = start
        // Most segments are ASCII words or single ASCII marks, between bytes that no rule joins to them.
        while offset < text.count, ASCII.isWord(text[offset]) { offset += 1 }
        if offset > start {
            guard offset < text.count, ASCII.mayJoin(text[offset]) else { return offset }
            // The last code point stands for the run: all of its properties are joined by the same rules from here on.
            offset -= 1
        }
        return slowBoundary(after: offset, in: text)
    }

    private static func slowBoundary(after start: Int, in text: Span<UInt8>) -> Int {
        let first = CodePoint(in: text, at: start)
        var offset = start + first.width
        var last = WordBreak(first.value).property
        if last.isLineBreak {  // WB3, WB3a
            let joinsLF = last == .cr && offset < text.count && text[offset] == 0x0A
            return joinsLF ? offset + 1 : offset
        }
        var base = last
        var beforeBase = WordBreak.Property.other
        var indicators = base == .regionalIndicator ? 1 : 0
        while offset < text.count {
            let codePoint = CodePoint(in: text, at: offset)
            let entry = WordBreak(codePoint.value)
            let next = entry.property
            if next.isLineBreak { return offset }  // WB3b
            let joins =
                last == .zwj && entry.isPictographic  // WB3c
                || last == .wSegSpace && next == .wSegSpace  // WB3d
                || next.isIgnored  // WB4
                || join(beforeBase, base, next, oddIndicators: indicators % 2 == 1) {
                    following(offset + codePoint.width, in: text)
                }
            guard joins else { return offset }
            offset += codePoint.width
            last = next
            if !next.isIgnored {
                beforeBase = base
                base = next
                indicators = next == .regionalIndicator ? indicators + 1 : 0
            }
        }
        return offset
    }

    /// Whether one of the rules WB5 to WB16 forbids a break between `base` and `next`.
    @inline(__always)
    private static func join(
        _ beforeBase: WordBreak.Property,
        _ base: WordBreak.Property,
        _ next: WordBreak.Property,
        oddIndicators: Bool,
        following: () -> WordBreak.Property
    ) -> Bool {
        switch next {
        case .aLetter, .hebrewLetter:
            return base.isLetter || base == .numeric || base == .extendNumLet  // WB5, WB10, WB13b
                || beforeBase.isLetter && (base == .midLetter || base.isMidNumLetQ)  // WB7
                || beforeBase == .hebrewLetter && base == .doubleQuote && next == .hebrewLetter  // WB7c
        case .numeric:
            return base == .numeric || base.isLetter || base == .extendNumLet  // WB8, WB9, WB13b
                || beforeBase == .numeric && (base == .midNum || base.isMidNumLetQ)  // WB11
        case .midLetter, .midNum, .midNumLet, .singleQuote, .doubleQuote:
            if base == .hebrewLetter && next == .singleQuote { return true }  // WB7a
            if base.isLetter && (next == .midLetter || next.isMidNumLetQ) {  // WB6
                return following().isLetter
            }
            if base == .hebrewLetter && next == .doubleQuote {  // WB7b
                return following() == .hebrewLetter
            }
            return base == .numeric && (next == .midNum || next.isMidNumLetQ) && following() == .numeric  // WB12
        case .katakana:
            return base == .katakana || base == .extendNumLet  // WB13, WB13b
        case .extendNumLet:
            return base.isLetter || base == .numeric || base == .katakana || base == .extendNumLet  // WB13a
        case .regionalIndicator:
            return base == .regionalIndicator && oddIndicators  // WB15, WB16
        default:
            return false  // WB999
        }
    }

    /// The property of the first code point from `offset` on that WB4 does not ignore.
    private static func following(_ offset: Int, in text: Span<UInt8>) -> WordBreak.Property {
        var offset = offset
        while offset < text.count {
            let codePoint = CodePoint(in: text, at: offset)
            let property = WordBreak(codePoint.value).property
            guard property.isIgnored else { return property }
            offset += codePoint.width
        }
        return .other
    }
}
