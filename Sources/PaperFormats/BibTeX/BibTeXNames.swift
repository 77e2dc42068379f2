import Papers

/// Reads the lists of names of BibTeX and BibLaTeX.
///
///     Vaswani, Ashish and van Beethoven, Ludwig and {Qiskit Team} and others
enum BibTeXNames {
    /// The names of a list in reading order, and whether it says that there are others.
    ///
    /// A list without `and` that has semicolons, or several commas between whole names, is cut there.
    ///
    /// - Parameter list: The value of a field.
    /// - Returns: The names as plain text.
    static func names(in list: ArraySlice<UInt8>) -> (names: [String], hasOthers: Bool) {
        var sources = split(list, isAnd)
        if sources.count == 1 {
            let cut = BibTeXSyntax.parts(list, separator: UInt8(ascii: ";"))
            let commas = BibTeXSyntax.parts(list, separator: UInt8(ascii: ","))
            if cut.count > 1 {
                sources = cut
            } else if commas.count > 2, !list.contains(UInt8(ascii: "=")), commas.allSatisfy({ isWholeName($0) }) {
                sources = commas
            }
        }
        var hasOthers = false
        var names: [String] = []
        for source in sources {
            if isOthers(source) {
                hasOthers = true
            } else if let name = name(source), !name.isEmpty {
                names.append(name)
            }
        }
        return (names, hasOthers)
    }

    /// One name in reading order.
    private static func name(_ source: ArraySlice<UInt8>) -> String? {
        if TeXReader.content(ofGroup: source) != nil { return tidied(plainText(ofTeX: source)) }
        let parts = commaParts(source)
        if parts.count > 1, parts.allSatisfy({ $0.contains(UInt8(ascii: "=")) }), let name = extendedName(parts) {
            return name
        }
        let texts = parts.map { tidied(plainText(ofTeX: $0)) }.filter { !$0.isEmpty }
        switch texts.count {
        case 0: return nil
        case 1: return texts[0]
        case 2 where isSuffix(texts[1]): return "\(texts[0]) \(texts[1])"
        case 2: return "\(texts[1]) \(texts[0])"
        case 3 where isSuffix(texts[2]): return "\(texts[1]) \(texts[0]) \(texts[2])"
        case 3: return "\(texts[2]) \(texts[0]) \(texts[1])"
        default: return tidied(plainText(ofTeX: source))
        }
    }

    /// Whether a part of a name tells generations apart: `Jr.`, `III`.
    static func isSuffix(_ part: String) -> Bool {
        ["jr", "sr", "junior", "senior", "ii", "iii", "iv"].contains(part.filter { $0 != "." }.lowercased())
    }

    /// A name whose parts have names: `family=Ackooij, given=W., prefix=van`.
    private static func extendedName(_ parts: [ArraySlice<UInt8>]) -> String? {
        var values: [String: String] = [:]
        for part in parts {
            guard let sign = part.firstIndex(of: UInt8(ascii: "=")) else { return nil }
            let name = BibTeXSyntax.trimmed(part[..<sign])
            guard !name.isEmpty, name.allSatisfy({ BibTeXSyntax.isTypeByte($0) }) else { return nil }
            var value = BibTeXSyntax.trimmed(part[(sign + 1)...])
            if value.count > 1, value.first == UInt8(ascii: "\""), value.last == UInt8(ascii: "\"") {
                value = value.dropFirst().dropLast()
            }
            values[String(decoding: name, as: UTF8.self).lowercased()] = tidied(plainText(ofTeX: value))
        }
        let name = ["given", "prefix", "family", "suffix"].compactMap { values[$0] }.filter { !$0.isEmpty }
        return values["family"] == nil && values["given"] == nil ? nil : name.joined(separator: " ")
    }

    /// Cuts a list at words that stand between white space, outside braces.
    private static func split(
        _ list: ArraySlice<UInt8>, _ isSeparator: (ArraySlice<UInt8>) -> Bool
    ) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var depth = 0
        var (start, word) = (list.startIndex, list.startIndex)
        var index = list.startIndex
        while index < list.endIndex {
            let byte = list[index]
            if byte == UInt8(ascii: "{") { depth += 1 }
            if byte == UInt8(ascii: "}") { depth -= 1 }
            if isTeXSpace(byte), depth <= 0 {
                if isSeparator(list[word..<index]) {
                    parts.append(BibTeXSyntax.trimmed(list[start..<word]))
                    start = index
                }
                word = index + 1
            }
            index += 1
        }
        let last = isSeparator(list[word...]) ? list[start..<word] : list[start...]
        parts.append(BibTeXSyntax.trimmed(last))
        return parts.filter { !$0.isEmpty }
    }

    private static func isAnd(_ word: ArraySlice<UInt8>) -> Bool {
        word.count == 3 && word.map { $0 | 0x20 } == Array("and".utf8)
    }

    private static func isOthers(_ name: ArraySlice<UInt8>) -> Bool {
        guard name.count <= 7 else { return false }
        return ["others", "et al.", "et al"].contains(String(decoding: name, as: UTF8.self).lowercased())
    }

    private static func commaParts(_ name: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        BibTeXSyntax.parts(name, separator: UInt8(ascii: ","))
    }

    /// Whether a part has several words, none of them an initial or a suffix alone.
    private static func isWholeName(_ part: ArraySlice<UInt8>) -> Bool {
        let words = part.split(whereSeparator: isTeXSpace)
        return words.count > 1 && words.last.map { $0.count > 2 && $0.last != UInt8(ascii: ".") } == true
            && words.first.map { isASCIILetter($0[$0.startIndex]) && $0[$0.startIndex] & 0x20 == 0 } == true
    }
}
