/// The pieces of a text that can be tokenized one by one: what stands between spaces. A formula is one piece, even with
/// spaces in it.
///
/// No token reaches beyond a chunk, and the tokens of a chunk do not depend on what is around it. So the tokens of a
/// text are those of its chunks, and the tokens of a chunk can be kept for its next occurrence.
struct Chunks {
    /// Where the search for the next chunk begins: behind a space, or at the beginning or the end of the text.
    private(set) var offset = 0

    /// Moves to the next chunk and returns it, or `nil` at the end of the text.
    ///
    /// Marks at its ends that bind to nothing are left out.
    @inline(__always)
    mutating func next(in text: Span<UInt8>) -> Range<Int>? {
        while true {
            while offset < text.count, Self.isBefore(text[offset]) { offset += 1 }
            guard offset < text.count else { return nil }
            let start = offset
            let isPlain = moveToSpace(in: text)
            var end = offset
            while end > start, Self.isBehind(text[end - 1], isPlain: isPlain) { end -= 1 }
            if end > start { return start..<end }
        }
    }

    /// Moves to the first space from `offset` on that is not in a formula. Returns whether neither TeX nor an opening
    /// bracket stands before it.
    @inline(__always)
    private mutating func moveToSpace(in text: Span<UInt8>) -> Bool {
        var isPlain = true
        while true {
            while offset + 8 <= text.count {
                let notable = Self.notable(text.word(at: offset))
                guard notable == 0 else {
                    offset += notable.trailingZeroBitCount >> 3
                    break
                }
                offset += 8
            }
            while offset < text.count {
                let byte = text[offset]
                if byte <= 0x20 { return isPlain }
                if Self.isNotable(byte) { break }
                offset += 1
            }
            guard offset < text.count else { return isPlain }
            isPlain = false
            moveOverFormula(in: text)
        }
    }

    /// Moves over the formula at `offset`, or over one byte if there is none. A backslash and the mark that it escapes
    /// count as one.
    private mutating func moveOverFormula(in text: Span<UInt8>) {
        let byte = text[offset]
        let formula =
            byte == UInt8(ascii: "(")
            ? Formula.orderOfGrowthEnd(bracket: offset, in: text)
            : Formula.texSpan(at: offset, in: text)?.whole.upperBound
        if let formula {
            offset = formula
        } else {
            offset += 1
            guard byte == UInt8(ascii: "\\"), offset < text.count else { return }
            if text[offset] == byte || text[offset] == UInt8(ascii: "$") { offset += 1 }
        }
    }

    /// Whether a byte ends a chunk or may open a formula: a space, a control, `$`, `\` or `(`.
    @inline(__always)
    static func isNotable(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == UInt8(ascii: "$") || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "(")
    }

    /// Spaces, and marks that do not bind to what follows.
    @inline(__always)
    static func isBefore(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == UInt8(ascii: "(") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "\"")
            || byte == UInt8(ascii: "'")
    }

    /// Marks that do not bind to what precedes. In a chunk with TeX or an opening bracket, these are stops and commas.
    @inline(__always)
    static func isBehind(_ byte: UInt8, isPlain: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: ";"): true
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "!"),
            UInt8(ascii: "?"):
            isPlain
        default: false
        }
    }

    /// Marks the first of eight bytes that is a space, a control, `$`, `\` or `(`, by its high bit; zero if none is.
    /// High bits above the first one mean nothing.
    @inline(__always)
    private static func notable(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        let spaces = (word &- ones &* 0x21) & ~word
        let dollars = word ^ ones &* 0x24
        let backslashes = word ^ ones &* 0x5C
        let brackets = word ^ ones &* 0x28
        return
            (spaces | (dollars &- ones) & ~dollars | (backslashes &- ones) & ~backslashes
            | (brackets &- ones) & ~brackets) & highs
    }
}

extension Span<UInt8> {
    /// The eight bytes from an offset on, the first one lowest.
    ///
    /// - Precondition: `offset` and the seven bytes behind it are within the span.
    @inline(__always)
    func word(at offset: Int) -> UInt64 {
        // SAFETY: every bit pattern is a UInt64, and the load checks that all eight bytes are within the span.
        UInt64(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
}
