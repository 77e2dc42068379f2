#if Store
/// The notes of Zotero, which are HTML.
enum ZoteroNote {
    /// The text of a note, with the lines that its blocks make.
    static func text(of html: String) -> String {
        var text = ""
        var rest = html[...]
        while let mark = rest.firstIndex(where: { $0 == "<" || $0 == "&" }) {
            text += rest[..<mark].replacing("\n", with: " ")
            rest = rest[mark...]
            if rest.first == "&" {
                let (character, length) = reference(rest)
                text += character
                rest = rest.dropFirst(length)
            } else if let end = rest.firstIndex(of: ">") {
                let tag = rest[rest.index(after: rest.startIndex)..<end]
                let name = tag.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber }.lowercased()
                if name == "li", tag.first != "/" { text += "\n- " } else if blocks.contains(name) { text += "\n" }
                rest = rest[rest.index(after: end)...]
            } else {
                text += rest
                rest = ""
            }
        }
        text += rest
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }.map(\.trimmingSpaces)
        return lines.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private static let blocks: Set<String> = [
        "p", "br", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "tr", "blockquote", "pre", "hr", "table",
    ]

    /// The longest reference, such as `&nbsp;` or `&#x1F9E0;`.
    private static let longestReference = 12

    /// The character of a reference at the beginning of a text, and how many characters the reference has.
    private static func reference(_ text: Substring) -> (character: String, length: Int) {
        let head = text.prefix(longestReference)
        guard let end = head.firstIndex(of: ";") else { return ("&", 1) }
        let name = head[head.index(after: head.startIndex)..<end]
        let length = name.count + 2
        if let known = names[String(name)] { return (known, length) }
        guard name.first == "#" else { return ("&", 1) }
        let digits = name.dropFirst()
        let code = digits.first == "x" || digits.first == "X" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        guard let scalar = code.flatMap(UnicodeScalar.init) else { return ("&", 1) }
        return (String(scalar), length)
    }

    private static let names = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "ndash": "–", "mdash": "—",
        "hellip": "…", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”",
    ]
}
#endif
