import ArraySpans

/// Replaces TeX by the words that it prints, and keeps where every byte came from.
///
/// - Accents and letters: `Schr\"odinger`, `{\'e}`, `\c{c}`, `\o` become the letters.
/// - Commands that change the look are removed, and their text stays: `\textbf{GPT}-4` becomes `GPT-4`. Commands such
///   as `\cite{…}` are removed with their argument.
/// - A formula of words and numbers becomes text: `$k$-means` becomes `k-means`, `$\beta$-VAE` becomes `β-VAE`,
///   `$\ell_2$` becomes `ℓ2`, `10$\times$` becomes `10×`.
/// - Any other formula stays one piece, with its symbols as characters: `$O(n \log n)$` becomes `O(n log n)`. A formula
///   that is too long to recur is left out.
struct TeXDecoder {
    /// The text without TeX.
    private(set) var plain: [UInt8] = []

    /// The formulas that are one token each, as ranges of ``plain``. A space stands on either side.
    private(set) var formulas: [Range<Int>] = []

    /// For each byte of ``plain``, its range in the source.
    private var sources: [Range<Int>] = []

    /// Whether text or mathematics is being decoded.
    private var isMath = false

    /// The longest piece between spaces that is read as TeX, in bytes. People do not write longer ones.
    private static let maximumLength = 1 << 14

    /// Whether a text may hold TeX.
    static func isNeeded(for text: Span<UInt8>) -> Bool {
        guard text.count <= maximumLength else { return false }
        for index in text.indices where text[index] == UInt8(ascii: "\\") || text[index] == UInt8(ascii: "$") {
            return true
        }
        return false
    }

    /// Decodes a text.
    init(_ text: Span<UInt8>) {
        var offset = 0
        while offset < text.count {
            let byte = text[offset]
            if byte == UInt8(ascii: "$") || byte == UInt8(ascii: "\\"),
                let span = Formula.texSpan(at: offset, in: text)
            {
                appendFormula(span.content, in: text)
                offset = span.whole.upperBound
            } else {
                appendNext(at: &offset, limit: text.count, in: text)
            }
        }
    }

    /// The range of the source that a range of ``plain`` came from.
    ///
    /// - Precondition: `range` is not empty and within ``plain``.
    func source(of range: Range<Int>) -> Range<Int> {
        sources[range.lowerBound].lowerBound..<sources[range.upperBound - 1].upperBound
    }

    // MARK: Formulas

    private mutating func appendFormula(_ content: Range<Int>, in text: Span<UInt8>) {
        let start = plain.count
        isMath = true
        var offset = content.lowerBound
        while offset < content.upperBound { appendNext(at: &offset, limit: content.upperBound, in: text) }
        isMath = false
        let formula = start..<plain.count
        guard !isText(formula) else { return }
        let inked = plain[formula].reduce(0) { $1 == UInt8(ascii: " ") ? $0 : $0 + 1 }
        let sources = Array(sources[formula])
        let bytes = Array(plain[formula])
        plain.removeSubrange(formula)
        self.sources.removeSubrange(formula)
        append([UInt8(ascii: " ")], from: content)
        if inked <= Formula.maximumTerm {
            formulas.append(plain.count..<plain.count + bytes.count)
            plain += bytes
            self.sources += sources
        }
        append([UInt8(ascii: " ")], from: content)
    }

    /// Whether decoded mathematics consists of words and numbers, or holds no letter.
    private func isText(_ range: Range<Int>) -> Bool {
        var offset = range.lowerBound
        var isPlain = true
        var hasLetter = false
        while offset < range.upperBound {
            let codePoint = CodePoint(in: plain.span, at: offset)
            offset += codePoint.width
            switch codePoint.value {
            case 0x20, 0x25, 0x2D, 0x2E, 0xB1, 0xD7, 0x223C, 0x30...0x39:  // space, %, -, ., ±, ×, ∼, digits
                break
            default:
                let entry = WordBreak(codePoint.value)
                let isLetter = entry.isJoinable || entry.isUnspaced || entry.property.isIgnored
                hasLetter = hasLetter || isLetter
                isPlain = isPlain && isLetter
            }
        }
        return isPlain || !hasLetter
    }

    // MARK: Characters and commands

    private mutating func append(_ bytes: some Sequence<UInt8>, from source: Range<Int>) {
        for byte in bytes {
            plain.append(byte)
            sources.append(source)
        }
    }

    /// Decodes the character or command at `offset` and moves behind it.
    private mutating func appendNext(at offset: inout Int, limit: Int, in text: Span<UInt8>) {
        let start = offset
        let byte = text[start]
        offset += 1
        switch byte {
        case UInt8(ascii: "\\"):
            guard offset < limit else { return }
            if ASCII.isLetter(text[offset]) {
                while offset < limit, ASCII.isLetter(text[offset]) { offset += 1 }
                appendCommand(start..<offset, end: &offset, limit: limit, in: text)
            } else {
                appendControlSymbol(from: start, end: &offset, limit: limit, in: text)
            }
        case UInt8(ascii: "{"), UInt8(ascii: "}"):
            break
        case UInt8(ascii: "_") where isMath, UInt8(ascii: "'") where isMath:
            break
        default:
            append(CollectionOfOne(byte), from: start..<offset)
        }
    }

    private mutating func appendCommand(_ command: Range<Int>, end: inout Int, limit: Int, in text: Span<UInt8>) {
        let name = Array(command.dropFirst().map { text[$0] })
        let key = String(decoding: name, as: UTF8.self)
        if let characters = TeXCommands.characters[key] {
            // An empty group or a space after the name of a letter only ends the name.
            if end + 1 < limit, text[end] == UInt8(ascii: "{"), text[end + 1] == UInt8(ascii: "}") { end += 2 }
            append(characters.utf8, from: command.lowerBound..<end)
        } else if let mark = TeXCommands.accentLetters[key], !isMath,
            appendAccent(mark, from: command.lowerBound, end: &end, limit: limit, in: text)
        {
            return
        } else if TeXCommands.withoutText.contains(key) {
            skipArgument(&end, limit: limit, in: text)
        } else if !TeXCommands.looks.contains(key) {
            // Of an operator or a macro of the authors, only the name can be read.
            if !isMath { append([UInt8(ascii: " ")], from: command) }
            append(name, from: command)
            if !isMath { append([UInt8(ascii: " ")], from: command) }
        }
    }

    private mutating func appendControlSymbol(from start: Int, end: inout Int, limit: Int, in text: Span<UInt8>) {
        let symbol = text[end]
        end += 1
        if !isMath, let mark = TeXCommands.accents[symbol],
            appendAccent(mark, from: start, end: &end, limit: limit, in: text)
        {
            return
        }
        switch symbol {
        case UInt8(ascii: "-"):
            if isMath { append([symbol], from: start..<end) }
        case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "!"), UInt8(ascii: ">"),
            UInt8(ascii: "\\"):
            append([UInt8(ascii: " ")], from: start..<end)
        case UInt8(ascii: "{"), UInt8(ascii: "}"):
            append([isMath ? symbol : UInt8(ascii: " ")], from: start..<end)
        default:
            if symbol >= 0x80 {
                end -= 1
            } else {
                append([symbol], from: start..<end)
            }
        }
    }

    /// Appends the letter at `end` with an accent; returns false if there is no letter. The letter may stand in braces.
    private mutating func appendAccent(
        _ mark: UInt32,
        from start: Int,
        end: inout Int,
        limit: Int,
        in text: Span<UInt8>
    ) -> Bool {
        var offset = end
        let isBraced = offset < limit && text[offset] == UInt8(ascii: "{")
        if isBraced { offset += 1 }
        let isLetterCommand = ASCII.isLetter(text[start + 1])
        guard isBraced || !isLetterCommand else { return false }
        // \'{\i} puts an accent on an i without its dot.
        if offset + 1 < limit, text[offset] == UInt8(ascii: "\\"),
            text[offset + 1] == UInt8(ascii: "i") || text[offset + 1] == UInt8(ascii: "j")
        {
            offset += 1
        }
        guard offset < limit, ASCII.isLetter(text[offset]) else { return false }
        let letter = text[offset]
        offset += 1
        if isBraced {
            guard offset < limit, text[offset] == UInt8(ascii: "}") else { return false }
            offset += 1
        }
        end = offset
        var bytes = [letter]
        bytes.append(codePoint: mark)
        append(bytes, from: start..<end)
        return true
    }

    private func skipArgument(_ end: inout Int, limit: Int, in text: Span<UInt8>) {
        for (opening, closing) in [("[", "]"), ("{", "}")] as [(Unicode.Scalar, Unicode.Scalar)] {
            guard end < limit, text[end] == UInt8(ascii: opening) else { continue }
            while end < limit, text[end] != UInt8(ascii: closing) { end += 1 }
            end = min(end + 1, limit)
        }
    }
}
