/// A page of HTML as elements, as far as its tags make sense.
///
/// The rules of HTML for tags that are left out are followed where lists and tables need them: `<li>`, `<dt>`, `<dd>`,
/// `<p>`, `<tr>`, `<td>` and `<option>` end the one before.
struct HTMLDocument {
    /// The element around everything.
    let root: MarkupElement

    /// Reads a page.
    init(_ bytes: [UInt8]) throws(PaperFormatsError) {
        var tokens = MarkupTokenizer(bytes, language: .html)
        let outermost = ElementTag(name: "#document", attributes: [:], line: 1)
        var builder = ElementBuilder(outermost, dropping: ["style", "svg", "noscript", "template", "iframe"])
        while let token = try tokens.next() {
            switch token {
            case .text(let text): builder.append(text)
            case .start(let tag, _):
                Self.endBefore(tag.name, in: &builder)
                builder.start(tag)
                if Self.voids.contains(tag.name) { _ = builder.end(tag.name, line: tag.line) }
            case .end(let name):
                if !Self.voids.contains(name), name != outermost.name { _ = builder.end(name, line: tokens.line) }
            }
        }
        root = builder.finish() ?? MarkupElement(outermost)
    }

    /// Ends the elements that a start tag ends.
    private static func endBefore(_ name: String, in builder: inout ElementBuilder) {
        guard let rule = rules[name] else { return }
        guard let ended = builder.innermost(of: rule.ends, inside: rule.within) else { return }
        _ = builder.end(ended, line: 0)
    }

    /// Which elements a start tag ends, if they are open inside the innermost of some others.
    private static let rules: [String: (ends: Set<String>, within: Set<String>)] = {
        let cells: Set<String> = ["td", "th"]
        var rules: [String: (ends: Set<String>, within: Set<String>)] = [
            "li": (["li"], ["ul", "ol", "menu"]), "dt": (["dt", "dd"], ["dl"]), "dd": (["dt", "dd"], ["dl"]),
            "tr": (["tr"], ["table"]), "td": (cells, ["tr", "table"]), "th": (cells, ["tr", "table"]),
            "option": (["option"], ["select"]), "body": (["head"], ["#document"]),
        ]
        let blocks = [
            "p", "div", "ul", "ol", "dl", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "section",
            "article", "header", "footer", "form", "hr",
        ]
        for block in blocks { rules[block] = (["p"], ["div", "td", "th", "li", "dd", "article", "section", "button"]) }
        return rules
    }()

    private static let voids: Set<String> = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    ]
}

extension MarkupElement {
    /// Whether a word is among the element's classes.
    func hasClass(_ word: String) -> Bool {
        attributes["class"]?.split(whereSeparator: \.isWhitespace).contains { $0.lowercased() == word } ?? false
    }

    /// Whether a class or the id of the element has a word in it.
    func isCalled(_ word: String) -> Bool {
        (attributes["class"] ?? "").lowercased().contains(word) || (attributes["id"] ?? "").lowercased().contains(word)
    }

    /// The links inside: the element itself, if it is one, and all others, in their order.
    var links: [MarkupElement] {
        (name == "a" && attributes["href"] != nil ? [self] : [])
            + descendants { $0.name == "a" && $0.attributes["href"] != nil }
    }
}
