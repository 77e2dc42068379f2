// MARK: - Formulas in text

extension TeXReader {
    /// Reads a dollar sign: a formula up to the next one, or the sign itself.
    ///
    /// Without commands and scripts, a formula neither begins nor ends with white space. One that begins with a digit has
    /// no white space at all, and no digit follows it. So the sums in `from $5 to $6` are no formula.
    mutating func readDollar() {
        let start = position
        var isDouble = false
        position += 1
        if next == UInt8(ascii: "$") {
            isDouble = true
            position += 1
        }
        let content = position
        while let byte = next, byte != UInt8(ascii: "$") { position += byte == UInt8(ascii: "\\") ? 2 : 1 }
        guard position < end, position > content, isDouble || isFormula(source[content..<position]) else {
            position = start + 1
            output.append(UInt8(ascii: "$"))
            return
        }
        let formula = source[content..<position]
        position += 1
        if isDouble, next == UInt8(ascii: "$") { position += 1 }
        append(formula, from: start)
    }

    private func isFormula(_ content: ArraySlice<UInt8>) -> Bool {
        guard let first = content.first, let last = content.last else { return false }
        if content.contains(where: { "\\_^{".utf8.contains($0) }) { return true }
        if isTeXSpace(first) || isTeXSpace(last) { return false }
        let after = content.endIndex + 1
        if !isDigit(first) { return true }
        return !content.contains(where: isTeXSpace) && (after >= end || !isDigit(source[after]))
    }

    private func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// Reads a formula behind `\(` or `\[`.
    mutating func readDisplay(_ opening: UInt8, from start: Int) {
        let closing: UInt8 = opening == UInt8(ascii: "(") ? UInt8(ascii: ")") : UInt8(ascii: "]")
        let content = position
        while position + 1 < end, !unclosed.contains(opening) {
            if source[position] == UInt8(ascii: "\\") {
                if source[position + 1] == closing {
                    let formula = source[content..<position]
                    position += 2
                    return append(formula, from: start)
                }
                position += 1
            }
            position += 1
        }
        position = content
        unclosed.insert(opening)
        output.append(opening)
    }

    /// Appends the text of a formula, or its source from a place on if it is not simple.
    private mutating func append(_ formula: ArraySlice<UInt8>, from start: Int) {
        if let text = TeXFormula.text(of: formula, depth: depth + 1) {
            append(text)
        } else {
            output += source[start..<position]
        }
    }
}

/// Turns simple formulas into text.
enum TeXFormula {
    /// Returns a formula as text, or `nil` if it is not simple.
    ///
    /// Simple are letters, digits, signs, commands for symbols and names, scripts of digits or of one character,
    /// fractions, square roots, and marks over one character.
    static func text(of source: ArraySlice<UInt8>, depth: Int = 0) -> String? {
        guard depth < 16 else { return nil }
        var reader = Reader(TeXReader(source, depth: depth))
        return reader.read() ? reader.text : nil
    }

    private struct Reader {
        private var source: TeXReader
        private(set) var text = ""

        init(_ source: TeXReader) {
            self.source = source
        }

        /// Reads the whole formula. Returns whether it is simple.
        mutating func read() -> Bool {
            while let byte = source.next {
                guard readNext(byte) else { return false }
            }
            return true
        }

        private mutating func readNext(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "\\"): return readCommand()
            case UInt8(ascii: "^"): return readScript("^", TeXScripts.raised)
            case UInt8(ascii: "_"): return readScript("_", TeXScripts.lowered)
            case UInt8(ascii: "{"):
                source.position += 1
                guard let inner = inner(source.readGroup()) else { return false }
                text += inner
            case UInt8(ascii: "}"), UInt8(ascii: "&"): return false
            case UInt8(ascii: "~"):
                text += " "
                source.position += 1
            case UInt8(ascii: "'"):
                text += "′"
                source.position += 1
            default:
                if isTeXSpace(byte) {
                    source.skipSpaces()
                    if !text.isEmpty, text.last != " ", source.next != nil { text += " " }
                } else if let character = source.readArgument() {
                    text += String(decoding: character, as: UTF8.self)
                }
            }
            return true
        }

        private func inner(_ content: ArraySlice<UInt8>) -> String? {
            TeXFormula.text(of: content, depth: source.depth + 1)
        }

        private mutating func argument() -> String? {
            guard let argument = source.readArgument() else { return nil }
            return inner(argument)
        }

        private mutating func readScript(
            _ sign: String, _ form: (String, (String) -> String) -> String
        ) -> Bool {
            source.position += 1
            guard let script = argument() else { return false }
            let isOrdinal = sign == "^" && ["th", "st", "nd", "rd"].contains(script)
            if isOrdinal || ["°", "′", "*", "†", "⊤", "″"].contains(script), sign == "^" {
                text += script == "∘" ? "°" : script
                return true
            }
            if sign == "^", script == "∘" {
                text += "°"
                return true
            }
            let written = form(script, { $0.count == 1 ? sign + $0 : "" })
            text += written
            return !written.isEmpty
        }

        private mutating func readCommand() -> Bool {
            source.position += 1
            guard let sign = source.next else { return false }
            guard isASCIILetter(sign) else { return readSign(sign) }
            let name = source.readName()
            switch name {
            case "left", "right", "big", "Big", "bigl", "bigr", "Bigl", "Bigr", "displaystyle", "textstyle", "limits",
                "rm", "bf", "it", "cal", "mathstrut", "nolimits":
                source.skipSpaces()
                if name == "left" || name == "right", source.next == UInt8(ascii: ".") { source.position += 1 }
                return true
            case "mathrm", "mathbf", "mathit", "mathsf", "mathtt", "mathcal", "mathscr", "mathfrak", "boldsymbol", "bm",
                "mathnormal", "pmb", "operatorname":
                if source.next == UInt8(ascii: "*") { source.position += 1 }
                guard let argument = argument() else { return false }
                text += argument
            case "mathbb", "Bbb":
                guard let argument = argument() else { return false }
                text += TeXSymbols.blackboard[argument] ?? argument
            case "text", "textrm", "textbf", "textit", "textsf", "texttt", "mbox", "hbox", "emph":
                guard let argument = source.readArgument() else { return false }
                text += source.text(of: argument)
            case "frac", "tfrac", "dfrac":
                guard let above = argument(), let below = argument() else { return false }
                text += "\(enclosed(above))/\(enclosed(below))"
            case "not":
                guard let argument = argument(), argument.count == 1, let base = argument.first else { return false }
                text += TeXAccents.compose(base, "\u{338}")
            case "sqrt":
                source.skipSpaces()
                guard source.next != UInt8(ascii: "["), let argument = argument() else { return false }
                text += "√" + enclosed(argument)
            default: return readSymbol(name)
            }
            return true
        }

        private mutating func readSymbol(_ name: String) -> Bool {
            if let mark = TeXAccents.named[name], name.utf8.count > 1 {
                guard let argument = argument(), argument.count == 1, let base = argument.first else { return false }
                text += TeXAccents.compose(base, mark)
                return true
            }
            if let symbol = TeXSymbols.math[name] ?? TeXSymbols.text[name] {
                text += symbol
            } else if TeXSymbols.functions.contains(name) {
                text += name
                if let byte = source.next, isTeXSpace(byte) { text += " " }
            } else {
                return false
            }
            let before = source.position
            source.skipSpaces()
            // A space that only ends the name is none, one between words is.
            if source.position > before, source.next != nil, text.last != " " { text += " " }
            if source.isAtGroup, source.position + 1 < source.end,
                source.source[source.position + 1] == UInt8(ascii: "}")
            {
                source.position += 2
            }
            return true
        }

        private mutating func readSign(_ sign: UInt8) -> Bool {
            source.position += 1
            switch Character(Unicode.Scalar(sign)) {
            case ",", ";", ":", ">", " ": text += " "
            case "!", "/", "-": break
            case "{", "}", "%", "$", "#", "&", "_": text.unicodeScalars.append(Unicode.Scalar(sign))
            case "|": text += "‖"
            default: return false
            }
            return true
        }

        /// A part in brackets, if it has more than letters and digits.
        private func enclosed(_ part: String) -> String {
            part.allSatisfy { $0.isLetter || $0.isNumber || $0 == "." } ? part : "(\(part))"
        }
    }
}
