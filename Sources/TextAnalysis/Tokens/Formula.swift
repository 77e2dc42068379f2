/// Finds where formulas begin and end.
///
/// It looks a bounded distance ahead, so every text takes linear time.
enum Formula {
    /// The longest source of a formula, in bytes. 99.9 % of those in 157,000 abstracts are no longer.
    static let maximumSource = 256

    /// The longest formula that becomes a term, in bytes without spaces and braces. Longer ones hardly ever recur.
    static let maximumTerm = 32

    /// The longest argument of an order of growth in plain text, in bytes.
    private static let maximumArgument = 40

    /// The TeX formula that opens at `start`: `$…$`, `$$…$$`, `\(…\)` or `\[…\]`.
    ///
    /// A dollar sign may be money. The rule is that of Pandoc's Markdown: no space follows the opening sign, the next
    /// sign closes it, no space precedes that one, and no digit follows it. `$5 and $10` holds no formula.
    ///
    /// - Returns: The ranges with and without the marks, or `nil` if no formula opens here.
    static func texSpan(at start: Int, in text: Span<UInt8>) -> (whole: Range<Int>, content: Range<Int>)? {
        let limit = min(text.count, start + maximumSource)
        guard start + 1 < limit else { return nil }
        let (opening, next) = (text[start], text[start + 1])
        let width = opening == UInt8(ascii: "$") && next != opening ? 1 : 2
        let closing: UInt8
        switch (opening, next) {
        case (UInt8(ascii: "\\"), UInt8(ascii: "(")): closing = UInt8(ascii: ")")
        case (UInt8(ascii: "\\"), UInt8(ascii: "[")): closing = UInt8(ascii: "]")
        case (UInt8(ascii: "$"), _): closing = UInt8(ascii: "$")
        default: return nil
        }
        guard width == 2 || next > 0x20 else { return nil }
        var offset = start + width
        while offset < limit {
            if text[offset] == opening {
                let end = offset + width
                guard end <= text.count else { return nil }
                let closes =
                    width == 2
                    ? text[offset + 1] == closing
                    : text[offset - 1] > 0x20 && (end == text.count || !ASCII.isDigit(text[end]))
                if closes { return (start..<end, start + width..<offset) }
                // Another opening mark: there was no formula. A command goes on behind its name.
                guard opening == UInt8(ascii: "\\"), text[offset + 1] != next else { return nil }
                offset += 2
            } else {
                offset += text[offset] == UInt8(ascii: "\\") ? 2 : 1
            }
        }
        return nil
    }

    /// The end of the order of growth whose bracket opens at `bracket`, as in `O(n log n)`; `nil` if it is none.
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
