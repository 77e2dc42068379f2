/// Reads a TeX source and gathers the text that it shows; see ``plainText(ofTeX:)``.
struct TeXReader {
    /// The source. Only the bytes before ``end`` count.
    let source: ArraySlice<UInt8>
    /// The place of the next byte.
    var position: Int
    let end: Int
    /// The text so far, in UTF-8.
    var output: [UInt8] = []

    /// The brackets of formulas behind `\(` or `\[` that do not end. Others behind them do not end either.
    var unclosed: Set<UInt8> = []

    /// How many arguments enclose this source.
    let depth: Int
    /// Whether dashes, quotation marks, ties and formulas are read. An address has none.
    let readsLigatures: Bool

    /// How deep arguments are read. Deeper ones keep their text as it stands, so that reading stays linear.
    private static let maximumDepth = 32

    init(_ source: ArraySlice<UInt8>, depth: Int = 0, readsLigatures: Bool = true) {
        self.source = source
        position = source.startIndex
        end = source.endIndex
        self.depth = depth
        self.readsLigatures = readsLigatures
    }

    /// Reads the whole source.
    mutating func plainText() -> String {
        read()
        return String(decoding: output, as: UTF8.self)
    }

    /// The bytes that may be more than text. A table makes the search for the next of them short.
    private static let isSpecial: [Bool] = (0..<256).map { "\\{}$~-`'\n\r?!".utf8.contains(UInt8($0)) }

    mutating func read() {
        output.reserveCapacity(end - position)
        guard depth <= Self.maximumDepth else {
            output += source[position..<end]
            position = end
            return
        }
        while position < end {
            let start = position
            while position < end, !Self.isSpecial[Int(source[position])] { position += 1 }
            output += source[start..<position]
            if position < end { readSpecial(source[position]) }
        }
    }

    private mutating func readSpecial(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\\"): readCommand()
        case UInt8(ascii: "{"), UInt8(ascii: "}"): position += 1
        case UInt8(ascii: "\r"):
            position += 1
            if next != UInt8(ascii: "\n") { output.append(UInt8(ascii: "\n")) }
        case UInt8(ascii: "\n"):
            output.append(byte)
            position += 1
            while next == 0x20 || next == 0x09 { position += 1 }
        case _ where !readsLigatures:
            output.append(byte)
            position += 1
        case UInt8(ascii: "$"): readDollar()
        case UInt8(ascii: "~"):
            output.append(0x20)
            position += 1
        default:
            let ligatures: [(String, String)] = [
                ("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("?`", "¿"), ("!`", "¡"),
            ]
            for (sign, text) in ligatures where source[position..<end].starts(with: sign.utf8) {
                output += text.utf8
                position += sign.utf8.count
                return
            }
            output.append(byte)
            position += 1
        }
    }

    // MARK: - Pieces

    /// The next byte, or `nil` at the end.
    var next: UInt8? { position < end ? source[position] : nil }

    mutating func append(_ text: String) {
        output += text.utf8
    }

    /// Skips white space.
    mutating func skipSpaces() {
        while let byte = next, isTeXSpace(byte) { position += 1 }
    }

    /// Reads the letters of a command, behind its backslash.
    mutating func readName() -> String {
        let start = position
        while let byte = next, isASCIILetter(byte) { position += 1 }
        return String(decoding: source[start..<position], as: UTF8.self)
    }

    /// Reads a group behind its opening brace, up to its closing brace or the end. Returns its content.
    ///
    /// A brace behind a backslash is a character.
    mutating func readGroup() -> ArraySlice<UInt8> {
        let start = position
        var depth = 1
        while position < end {
            switch source[position] {
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"): depth -= 1
            case UInt8(ascii: "\\"): position += 1
            default: break
            }
            position += 1
            if depth == 0 { return source[start..<(position - 1)] }
        }
        position = end
        return source[start..<end]
    }

    /// Reads the source of an argument: a group, a command, or one character. `nil` at the end.
    mutating func readArgument() -> ArraySlice<UInt8>? {
        skipSpaces()
        guard let byte = next else { return nil }
        let start = position
        position += 1
        switch byte {
        case UInt8(ascii: "{"): return readGroup()
        case UInt8(ascii: "}"):
            position -= 1
            return nil
        case UInt8(ascii: "\\"):
            if let sign = next, isASCIILetter(sign) { _ = readName() } else if next != nil { position += 1 }
        default:
            // The other bytes of a character of several.
            while let byte = next, byte & 0xC0 == 0x80 { position += 1 }
        }
        return source[start..<position]
    }

    /// The text of an argument, as it reads outside formulas.
    func text(of argument: ArraySlice<UInt8>) -> String {
        var reader = TeXReader(argument, depth: depth + 1, readsLigatures: readsLigatures)
        return reader.plainText()
    }

    /// Whether a group follows.
    var isAtGroup: Bool { next == UInt8(ascii: "{") }

    /// Reads the text of the next argument if it is a group.
    mutating func readGroupText() -> String {
        guard isAtGroup else { return "" }
        position += 1
        return text(of: readGroup())
    }
}

/// Whether a byte is white space in TeX.
func isTeXSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
}

/// Whether a byte is a letter of ASCII.
func isASCIILetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
}
