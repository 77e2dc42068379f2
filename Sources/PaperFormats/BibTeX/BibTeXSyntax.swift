/// The brackets and words of BibTeX.
enum BibTeXSyntax {
    /// The place behind the group that opens at `start`, or `nil` if it does not close.
    ///
    /// As in BibTeX, a brace behind a backslash counts as a brace, unless `heedsEscapes` is set.
    static func endOfGroup(_ bytes: [UInt8], from start: Int, before end: Int, heedsEscapes: Bool = false) -> Int? {
        var depth = 0
        var index = start
        while index < end {
            switch bytes[index] {
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"):
                depth -= 1
                if depth == 0 { return index + 1 }
            case UInt8(ascii: "\\") where heedsEscapes: index += 1
            default: break
            }
            index += 1
        }
        return nil
    }

    /// The place behind the quotation that opens at `start`. A quotation mark inside braces does not close it.
    static func endOfQuotation(_ bytes: [UInt8], from start: Int, before end: Int) -> Int? {
        var depth = 0
        for index in (start + 1)..<max(end, start + 1) {
            switch bytes[index] {
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"): depth -= 1
            case UInt8(ascii: "\"") where depth <= 0: return index + 1
            default: break
            }
        }
        return nil
    }

    /// Some bytes without white space at their ends.
    static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var (start, end) = (bytes.startIndex, bytes.endIndex)
        while start < end, isTeXSpace(bytes[start]) { start += 1 }
        while end > start, isTeXSpace(bytes[end - 1]) { end -= 1 }
        return bytes[start..<end]
    }

    /// Whether a byte may stand in the name of a field or a type.
    static func isNameByte(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte != 0x7F && !"\"#%'(),={}@\\".utf8.contains(byte)
    }

    /// Whether an entry begins at a place: `@`, a word, and a bracket behind it.
    static func isEntry(_ bytes: [UInt8], at place: Int) -> Bool {
        guard place < bytes.count, bytes[place] == UInt8(ascii: "@") else { return false }
        var index = place + 1
        while index < bytes.count, isTeXSpace(bytes[index]) { index += 1 }
        let start = index
        while index < bytes.count, isTypeByte(bytes[index]) { index += 1 }
        guard index > start, index - start <= 60 else { return false }
        while index < bytes.count, isTeXSpace(bytes[index]) { index += 1 }
        return index < bytes.count && (bytes[index] == UInt8(ascii: "{") || bytes[index] == UInt8(ascii: "("))
    }

    /// Whether a byte may stand in the name of a type.
    static func isTypeByte(_ byte: UInt8) -> Bool {
        isASCIILetter(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }

    /// Cuts a list at signs outside braces, and trims the parts. Empty parts are left out.
    static func parts(_ list: ArraySlice<UInt8>, separator: UInt8) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var depth = 0
        var start = list.startIndex
        for index in list.indices {
            switch list[index] {
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"): depth -= 1
            case separator where depth <= 0 && !(index > start && list[index - 1] == UInt8(ascii: "\\")):
                parts.append(trimmed(list[start..<index]))
                start = index + 1
            default: break
            }
        }
        parts.append(trimmed(list[start...]))
        return parts.filter { !$0.isEmpty }
    }

    /// The items of a list as Akin writes one where BibTeX has a single text: `{a}; {b}`. `nil` for any other text.
    static func bracedItems(_ text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>]? {
        guard text.first == UInt8(ascii: "{") else { return nil }
        let items = parts(text, separator: UInt8(ascii: ";")).map { TeXReader.content(ofGroup: $0) }
        let known = items.compactMap { $0 }
        return known.count > 1 && known.count == items.count ? known : nil
    }
}
