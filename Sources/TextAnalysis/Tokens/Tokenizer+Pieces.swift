extension Tokenizer {
    /// A word without marks, one unspaced letter, an emoji, a formula, or the bytes between them.
    struct Piece {
        enum Kind {
            case word, unspaced, symbol, formula, mark
        }

        var range: Range<Int>
        var kind: Kind
    }
}

extension Tokenizer.Place {
    /// Moves over the next piece and returns it, or `nil` at the end of the text.
    mutating func nextPiece(in text: Span<UInt8>, formulas: [Range<Int>]) -> Tokenizer.Piece? {
        guard offset < text.count else { return nil }
        if formula < formulas.count, formulas[formula].lowerBound <= offset {
            defer { formula += 1 }
            let range = formulas[formula]
            offset = range.upperBound
            segmentEnd = offset
            return Tokenizer.Piece(range: range, kind: .formula)
        }
        if offset >= segmentEnd { segmentEnd = WordSegments.boundary(after: offset, in: text) }
        let start = offset
        let first = CodePoint(in: text, at: start)
        let entry = WordBreak(first.value)
        offset += first.width
        if entry.isUnspaced {
            skipRestOfLetter(first.value, in: text)
            return Tokenizer.Piece(range: start..<offset, kind: .unspaced)
        }
        if entry.isSymbol(first.value) {
            offset = segmentEnd
            return Tokenizer.Piece(range: start..<offset, kind: .symbol)
        }
        guard entry.isJoinable else { return Tokenizer.Piece(range: start..<offset, kind: .mark) }
        scanWord(from: start, in: text)
        return Tokenizer.Piece(range: start..<offset, kind: .word)
    }

    /// Moves to the end of the word that begins at `start`. The offset is behind its first code point.
    private mutating func scanWord(from start: Int, in text: Span<UInt8>) {
        while offset < text.count {
            if offset >= segmentEnd {
                // Unicode's rules break here. Superscript and subscript digits may bind nevertheless, and the
                // possessive binds to a digit as to a letter: GPT-4's.
                if let end = possessiveEnd(in: text) {
                    offset = end
                    segmentEnd = end
                    return
                }
                let codePoint = CodePoint(in: text, at: offset)
                let previous = text[offset - 1]
                let joins =
                    WordBreak(codePoint.value).isScriptDigit
                    ? isSubscript(codePoint.value) || offset - start == 1 && ASCII.isLetter(previous)
                    : endsWithScriptDigit(start..<offset, in: text) && WordBreak(codePoint.value).isJoinable
                guard joins else { return }
                segmentEnd = WordSegments.boundary(after: offset, in: text)
            }
            let byte = text[offset]
            if ASCII.isWord(byte) {
                guard byte != UInt8(ascii: "_") else { return }
                offset += 1
                continue
            }
            let codePoint = CodePoint(in: text, at: offset)
            let entry = WordBreak(codePoint.value)
            guard entry.isJoinable || entry.isScriptDigit || entry.property.isIgnored || joinsMark(codePoint, in: text)
            else { return }
            offset += codePoint.width
        }
    }

    /// The end of the apostrophe and s at `offset`, behind a digit; `nil` if there are none.
    private func possessiveEnd(in text: Span<UInt8>) -> Int? {
        guard ASCII.isDigit(text[offset - 1]) else { return nil }
        let apostrophe = CodePoint(in: text, at: offset)
        let end = offset + apostrophe.width + 1
        guard apostrophe.value == 0x27 || apostrophe.value == 0x2019, end <= text.count,
            text[end - 1] == UInt8(ascii: "s"),
            WordSegments.boundary(after: end - 1, in: text) == end
        else { return nil }
        return end
    }

    /// Whether a mark within a Unicode segment stays in the word: an apostrophe, a decimal point, a comma before three
    /// digits, a raised dot.
    private func joinsMark(_ mark: CodePoint, in text: Span<UInt8>) -> Bool {
        let next = offset + mark.width
        guard next < segmentEnd else { return false }
        switch mark.value {
        case 0x2E:
            return ASCII.isDigit(text[next]) && ASCII.isDigit(text[offset - 1])
        case 0x2C:
            guard next + 3 <= segmentEnd, next + 3 == text.count || !ASCII.isDigit(text[next + 3]) else { return false }
            for index in next..<next + 3 where !ASCII.isDigit(text[index]) { return false }
            return ASCII.isDigit(text[offset - 1])
        case 0x27, 0x2019, 0xB7, 0x2027:
            return true
        default:
            return false
        }
    }

    /// Moves over the marks behind a letter and over the rest of a Korean syllable that is written letter by letter.
    private mutating func skipRestOfLetter(_ first: UInt32, in text: Span<UInt8>) {
        let isJamo = (0x1100...0x11FF).contains(first)
        while offset < segmentEnd {
            let codePoint = CodePoint(in: text, at: offset)
            guard
                WordBreak(codePoint.value).property.isIgnored
                    || isJamo && (0x1160...0x11FF).contains(codePoint.value)
            else { return }
            offset += codePoint.width
        }
    }

    private func isSubscript(_ codePoint: UInt32) -> Bool { (0x2080...0x2089).contains(codePoint) }

    private func endsWithScriptDigit(_ range: Range<Int>, in text: Span<UInt8>) -> Bool {
        var start = range.upperBound - 1
        while start > range.lowerBound, text[start] & 0xC0 == 0x80 { start -= 1 }
        return WordBreak(CodePoint(in: text, at: start).value).isScriptDigit
    }
}

extension WordBreak {
    /// Whether the code point of this entry begins an emoji or a flag. Signs below U+2600 are none, such as `©`, `™`
    /// and the arrows: they are marks in texts.
    func isSymbol(_ codePoint: UInt32) -> Bool {
        codePoint >= 0x2600 && isPictographic || property == .regionalIndicator
    }

    /// Whether it is a letter or a digit of a script that writes words with spaces between them.
    var isJoinable: Bool {
        guard !isUnspaced else { return false }
        switch property {
        case .aLetter, .hebrewLetter, .numeric, .katakana: return true
        default: return false
        }
    }
}
