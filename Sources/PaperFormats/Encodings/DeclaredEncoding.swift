/// What a text says of its own encoding in its first lines.
///
/// - `<?xml version="1.0" encoding="ISO-8859-1"?>`
/// - `<meta charset="gbk">` and `<meta … content="text/html; charset=gbk">`
/// - `-*- coding: latin-9-unix -*-`, for editors, in one of the first two lines
/// - `% Encoding: Cp1252`, in a comment of BibTeX
struct DeclaredEncoding {
    /// The name, as the text has it.
    let name: String

    /// How much of a text is looked at, in bytes.
    static let headLength = 2048

    /// Reads the declaration of a text; `nil` if it has none.
    init?(of head: ArraySlice<UInt8>) {
        let text = String(
            decoding: head.prefix(DeclaredEncoding.headLength).map { $0 < 0x80 ? $0 : 0x3F }, as: UTF8.self
        )
        .lowercased()
        let start = text.drop { $0.isWhitespace }
        let found: Substring?
        if start.hasPrefix("<?xml") {
            found = Self.value(after: "encoding", in: start.prefix { $0 != ">" })
        } else if start.hasPrefix("<") {
            found = Self.value(after: "charset", in: start)
        } else {
            let lines = text.split(maxSplits: 10, omittingEmptySubsequences: false) { $0.isNewline }
            let editors = lines.prefix(2).lazy.filter { $0.contains("-*-") }
                .compactMap { Self.value(after: "coding", in: $0) }
            let comments = lines.prefix(10).lazy.filter { $0.hasPrefix("%") || $0.hasPrefix("encoding") }
                .compactMap { Self.value(after: "encoding", in: $0) }
            found = editors.first ?? comments.first
        }
        guard let found, !found.isEmpty else { return nil }
        name = String(found)
    }

    /// The word behind a key and `:` or `=`.
    private static func value(after key: String, in text: Substring) -> Substring? {
        guard let range = text.firstRange(of: key) else { return nil }
        let rest = text[range.upperBound...].drop { $0 == " " }
        guard rest.first == ":" || rest.first == "=" else { return nil }
        return rest.dropFirst().drop { " \"'".contains($0) }
            .prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
    }

    /// Takes `encoding="…"` out of the declaration at the beginning of an XML document, which has become UTF-8.
    static func remove(from head: inout [UInt8]) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let start = head.starts(with: mark) ? mark.count : 0
        guard head[start...].starts(with: Array("<?xml".utf8)),
            let end = head.prefix(headLength).firstIndex(of: UInt8(ascii: ">")),
            let key = head[start..<end].firstRange(of: Array(" encoding".utf8)),
            let open = head[key.upperBound..<end].firstIndex(where: { $0 == 0x22 || $0 == 0x27 }),
            let close = head[(open + 1)..<end].firstIndex(of: head[open])
        else { return }
        head.removeSubrange(key.lowerBound...close)
    }
}
