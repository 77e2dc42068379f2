/// Returns the plain text that a TeX source of some words shows: `{\"o}` becomes `ö`, `\emph{very}` becomes `very`.
///
/// - Accents and commands that stand for characters become Unicode.
/// - Braces vanish, and so do commands that change the font. What they enclose stays.
/// - `--` and `---` become dashes, ` `` ` and `''` quotation marks, and `~` a space.
/// - A formula becomes Unicode where that is simple: `$O(n^2)$` becomes `O(n²)`. Another formula stays as it stands,
///   with its dollar signs. A dollar sign that begins no formula stays.
/// - A command that nobody knows stays if it has no argument. Otherwise its arguments stay: `\foo{bar}` becomes `bar`.
/// - Line ends stay. White space at the beginning of a line does not.
///
/// `%` begins no comment here, because bibliographies hold many that nobody escaped.
///
/// - Complexity: O(*n*) for *n* bytes.
func plainText(ofTeX source: ArraySlice<UInt8>) -> String {
    var reader = TeXReader(source)
    return reader.plainText()
}

/// Returns an address, an identifier or a path that stands in a TeX source: only escapes and braces are read.
///
/// `10.1007/978\_3` becomes `10.1007/978_3`. Dashes and `~` stay as they are.
func plainAddress(ofTeX source: ArraySlice<UInt8>) -> String {
    var content = TeXReader.withoutOuterBraces(source)
    for command in [Array("\\url{".utf8), Array("\\path{".utf8)] where content.starts(with: command) {
        if let inner = TeXReader.content(ofGroup: content.dropFirst(command.count - 1)) { content = inner }
    }
    guard content.contains(UInt8(ascii: "\\")) else { return String(decoding: content, as: UTF8.self) }
    var reader = TeXReader(content, readsLigatures: false)
    return reader.plainText()
}

extension TeXReader {
    /// A source without the braces around all of it, however many there are.
    static func withoutOuterBraces(_ source: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let opening = source.prefix { $0 == UInt8(ascii: "{") }.count
        let closing = source.reversed().prefix { $0 == UInt8(ascii: "}") }.count
        var (depth, lowest) = (opening, min(opening, closing))
        for byte in source.dropFirst(opening).dropLast(closing) {
            if byte == UInt8(ascii: "{") { depth += 1 }
            if byte == UInt8(ascii: "}") { depth -= 1 }
            lowest = min(lowest, depth)
        }
        return depth == closing && lowest > 0 ? source.dropFirst(lowest).dropLast(lowest) : source
    }

    /// What stands between the braces of a source that is one group, or `nil` if it is none.
    static func content(ofGroup source: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard source.first == UInt8(ascii: "{"), source.last == UInt8(ascii: "}"), source.count >= 2 else { return nil }
        var depth = 0
        for index in source.indices {
            if source[index] == UInt8(ascii: "{") { depth += 1 }
            if source[index] == UInt8(ascii: "}") { depth -= 1 }
            if depth == 0 { return index == source.endIndex - 1 ? source[(source.startIndex + 1)..<index] : nil }
        }
        return nil
    }
}
