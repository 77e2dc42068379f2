import Papers

/// The text of a note. One in HTML, as Zotero and others write them, becomes plain text; any other stays as it is.
func plainNote(_ note: String) -> String {
    let start = note.drop(while: \.isWhitespace)
    guard start.first == "<" else { return note }
    let name = start.dropFirst().prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }
    let isTag = [">", " ", "/"].contains(start.dropFirst(1 + name.count).first)
    let names: Set = ["p", "div", "h1", "h2", "h3", "ul", "ol", "span", "strong", "em", "b", "blockquote", "br"]
    return isTag && names.contains(name.lowercased()) ? NoteInHTML.text(of: note) : note
}

/// Notes in HTML, as Zotero has them.
enum NoteInHTML {
    /// The text of a note, with the lines that its blocks make.
    static func text(of html: String) -> String {
        var text = ""
        var rest = html[...]
        while let mark = rest.firstIndex(where: { $0 == "<" }) {
            text += rest[..<mark].replacing("\n", with: " ")
            rest = rest[mark...]
            if let end = rest.firstIndex(of: ">") {
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
        let plain = MarkupEncoding.resolvingReferences(text).replacing("\u{A0}", with: " ")
        let lines = plain.split(omittingEmptySubsequences: false) { $0.isNewline }.map(\.trimmingSpaces)
        return lines.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private static let blocks: Set<String> = [
        "p", "br", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "tr", "blockquote", "pre", "hr", "table",
    ]
}
