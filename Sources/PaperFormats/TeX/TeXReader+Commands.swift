// MARK: - Commands in text

extension TeXReader {
    /// Reads a command at its backslash.
    mutating func readCommand() {
        let start = position
        position += 1
        guard let sign = next else { return append("\\") }
        guard isASCIILetter(sign) else { return readSign(sign, from: start) }
        let name = readName()
        if let mark = TeXAccents.named[name], readAccent(mark, name: name) { return }
        if readKnown(name) { return }
        if let text = TeXSymbols.text[name] ?? TeXSymbols.math[name] {
            append(text)
            return skipSpacesAfterName()
        }
        if TeXSymbols.silent.contains(name) { return skipSpacesAfterName() }
        // The arguments of an unknown command are text. Without any, its name may be text.
        if next == UInt8(ascii: "*") { position += 1 }
        if !isAtGroup { output += source[start..<position] }
    }

    /// Skips what TeX skips behind a name: white space, and an empty group that ends the name.
    private mutating func skipSpacesAfterName() {
        if isAtGroup, position + 1 < end, source[position + 1] == UInt8(ascii: "}") {
            position += 2
        } else {
            skipSpaces()
        }
    }

    /// Reads a command that is one sign.
    private mutating func readSign(_ sign: UInt8, from start: Int) {
        position += 1
        let character = Character(Unicode.Scalar(sign))
        if let mark = TeXAccents.signs[character], readAccent(mark, name: String(character)) { return }
        switch character {
        case "&", "%", "$", "#", "_", "{", "}", "\"", "'", "`": output.append(sign)
        case ",", ";", ":", ">", " ", "\n", "\t": output.append(0x20)
        case "!", "-", "/", "@", "*": break
        case "\\": output.append(isAddress ? sign : 0x20)
        case "|": append("‖")
        case "(", "[": readDisplay(sign, from: start)
        default: output += source[start..<position]
        }
    }

    private var isAddress: Bool { !readsLigatures }

    // MARK: - Accents

    /// Reads the argument of an accent. Returns `false`, and reads nothing, if there is none.
    private mutating func readAccent(_ mark: Unicode.Scalar, name: String) -> Bool {
        let start = position
        let isSign = name.utf8.first.map { !isASCIILetter($0) } ?? false
        guard let argument = readArgument() else {
            position = start
            return false
        }
        let base = text(of: argument)
        guard let first = base.first else {
            // `\~{}` is the accent alone.
            if isSign { append(name) }
            return true
        }
        let composed = TeXAccents.compose(first, mark)
        let isLetter = first.isLetter || first.isNumber
        if isSign, !isLetter || "'\"`".contains(name) && composed.unicodeScalars.count > 1 && first.isASCII {
            // No letter has this accent: somebody escaped a sign, `don\'t`.
            append(name + base)
        } else if name.utf8.count > 1, base.dropFirst().first != nil {
            // A line over several characters.
            append(base)
        } else {
            append(composed + base.dropFirst())
        }
        return true
    }

    // MARK: - Commands with a meaning of their own

    /// Reads the arguments of a command that is no symbol. Returns whether the name is such a command.
    private mutating func readKnown(_ name: String) -> Bool {
        switch name {
        case "url", "path", "nolinkurl":
            guard isAtGroup else { return false }
            position += 1
            append(plainAddress(ofTeX: readGroup()))
        case "href":
            guard isAtGroup else { return false }
            position += 1
            let address = plainAddress(ofTeX: readGroup())
            let text = readGroupText()
            append(text.isEmpty || text == address ? address : "\(text) (\(address))")
        case "textsuperscript", "sp": append(TeXScripts.raised(readGroupText(), orElse: { $0 }))
        case "textsubscript", "sb": append(TeXScripts.lowered(readGroupText(), orElse: { $0 }))
        case "ensuremath":
            guard isAtGroup else { return false }
            position += 1
            let content = readGroup()
            append(TeXFormula.text(of: content, depth: depth + 1) ?? "$\(String(decoding: content, as: UTF8.self))$")
        case "texorpdfstring":
            _ = readGroupText()
            append(readGroupText())
        case "enquote", "mkbibquote": append("“\(readGroupText())”")
        case "mkbibparens": append("(\(readGroupText()))")
        case "mkbibbrackets": append("[\(readGroupText())]")
        case "textcolor":
            _ = readGroupText()
            append(readGroupText())
        case "footnote": append(" (\(readGroupText()))")
        case "symbol", "char": readCharacter()
        case _ where TeXSymbols.dropped.contains(name):
            if next == UInt8(ascii: "*") { position += 1 }
            _ = readGroupText()
        default: return false
        }
        return true
    }

    /// Reads the number of a character: `\symbol{233}`, `\char"E9`.
    private mutating func readCharacter() {
        let text: Substring
        if isAtGroup {
            text = readGroupText()[...]
        } else {
            let start = position
            let isHexadecimal = next == UInt8(ascii: "\"")
            if isHexadecimal { position += 1 }
            while let byte = next.map({ Character(Unicode.Scalar($0)) }),
                byte.isASCII, isHexadecimal ? byte.isHexDigit : byte.isWholeNumber
            {
                position += 1
            }
            text = Substring(decoding: source[start..<position], as: UTF8.self)
        }
        let code = text.hasPrefix("\"") ? UInt32(text.dropFirst(), radix: 16) : UInt32(text)
        if let scalar = code.flatMap(Unicode.Scalar.init) { append(String(Character(scalar))) }
    }
}
