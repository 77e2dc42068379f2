/// Where formulas begin and end.
///
/// Spans are looked for within a bounded distance, so that any text is taken apart in linear time.
enum Formula {
    /// The longest source of a formula, in bytes: covers 99.8 % of those in abstracts.
    static let maximumSource = 256

    /// The longest formula that becomes a term, in bytes without spaces and braces. Longer ones do not recur.
    static let maximumTerm = 32

    /// The longest argument of an order of growth in plain text, in bytes.
    private static let maximumArgument = 40

    /// Where the TeX formula that opens at `start` ends: behind `$…$`, `$$…$$`, `\(…\)` or `\[…\]`.
    ///
    /// A dollar sign may be money. As in Pandoc's Markdown, one opens a formula only before something other than a space,
    /// and closes it only behind something other than a space and not before a digit: `$5 and $10` holds none.
    ///
    /// - Parameters:
    ///   - start: The offset of the first byte of the opening mark.
    ///   - text: The text.
    ///   - unclosed: Up to where no formula can close, from earlier calls on the same text with smaller `start`.
    /// - Returns: The ranges of the whole and of what is between the marks, or `nil` if no formula opens here.
    static func texSpan(
        at start: Int,
        in text: Span<UInt8>,
        unclosed: inout Int
    ) -> (whole: Range<Int>, content: Range<Int>)? {
        let limit = min(text.count, start + maximumSource)
        guard start + 1 < limit else { return nil }
        if text[start] == UInt8(ascii: "\\") {
            let closing: UInt8
            switch text[start + 1] {
            case UInt8(ascii: "("): closing = UInt8(ascii: ")")
            case UInt8(ascii: "["): closing = UInt8(ascii: "]")
            default: return nil
            }
            var offset = start + 2
            while offset + 1 < limit {
                if text[offset] == UInt8(ascii: "\\") {
                    if text[offset + 1] == closing { return (start..<offset + 2, start + 2..<offset) }
                    offset += 1
                }
                offset += 1
            }
            return nil
        }
        let dollar = UInt8(ascii: "$")
        if text[start + 1] == dollar {
            var offset = start + 2
            while offset + 1 < limit {
                if text[offset] == dollar, text[offset + 1] == dollar {
                    return (start..<offset + 2, start + 2..<offset)
                }
                offset += 1
            }
            return nil
        }
        guard text[start + 1] > 0x20 else { return nil }
        var offset = max(start + 2, unclosed)
        while offset < limit {
            if text[offset] == dollar, text[offset - 1] > 0x20, text[offset - 1] != UInt8(ascii: "\\"),
                offset + 1 == text.count || !ASCII.isDigit(text[offset + 1]) {
                return (start..<offset + 1, start + 1..<offset)
            }
            offset += 1
        }
        unclosed = max(unclosed, limit)
        return nil
    }

    /// Where the order of growth ends whose bracket opens at `bracket`, as in `O(n log n)`; `nil` if it is none.
    ///
    /// It is one if a single `O`, `o`, `Θ`, `Ω` or `ω` stands before the bracket, and the bracket closes soon.
    static func orderOfGrowthEnd(bracket: Int, in text: Span<UInt8>) -> Int? {
        guard orderOfGrowthStart(bracket: bracket, in: text) != nil else { return nil }
        var depth = 0
        for offset in bracket..<min(text.count, bracket + maximumArgument) {
            switch text[offset] {
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"):
                depth -= 1
                if depth == 0 { return offset + 1 }
            default: break
            }
        }
        return nil
    }

    private static func orderOfGrowthStart(bracket: Int, in text: Span<UInt8>) -> Int? {
        guard bracket > 0, text[bracket] == UInt8(ascii: "(") else { return nil }
        let start: Int
        switch text[bracket - 1] {
        case UInt8(ascii: "O"), UInt8(ascii: "o"): start = bracket - 1
        case 0x98, 0xA9:  // Θ and Ω
            guard bracket > 1, text[bracket - 2] == 0xCE else { return nil }
            start = bracket - 2
        case 0x89:  // ω
            guard bracket > 1, text[bracket - 2] == 0xCF else { return nil }
            start = bracket - 2
        default: return nil
        }
        guard start == 0 || !(ASCII.isWord(text[start - 1]) || text[start - 1] >= 0x80) else { return nil }
        return start
    }
}
