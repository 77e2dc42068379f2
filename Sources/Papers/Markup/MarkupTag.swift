/// A tag of JATS, HTML or MathML, as it stands between `<` and `>`.
///
/// Only names that these languages have are tags. `List<int>`, `<unk>`, `<s>` and `a<b and c>d` are text.
struct MarkupTag: Equatable {
    /// What becomes of a tag.
    enum Kind: Equatable {
        /// It divides blocks: a space takes its place.
        case block
        /// It marks a part of a line: nothing takes its place.
        case inline
        /// The heading of a section, which is dropped if it says no more than `Abstract`.
        case heading
        /// Another notation of a formula beside it, which is dropped whole.
        case annotation
    }

    let kind: Kind
    let isClosing: Bool

    /// Recognizes a tag. Returns `nil` for text that is no tag.
    ///
    /// - Parameter content: The bytes between `<` and `>`.
    /// - Complexity: O(*n*) for *n* bytes.
    init?(_ content: ArraySlice<UInt8>) {
        var rest = content
        isClosing = rest.first == UInt8(ascii: "/")
        if isClosing { rest.removeFirst() }
        if !isClosing, rest.starts(with: Array("!--".utf8)) {
            guard rest.count >= 5, rest.suffix(2).elementsEqual(Array("--".utf8)) else { return nil }
            kind = .inline
            return
        }
        let name = rest.prefix(MarkupTag.maximumNameLength + 1).prefix(while: isNameByte)
        guard let first = name.first, isLetter(first), name.count <= MarkupTag.maximumNameLength else { return nil }
        guard let hasAttributes = MarkupTag.attributes(rest[name.endIndex...]) else { return nil }
        let full = String(decoding: name, as: UTF8.self).lowercased()
        guard let kind = MarkupTag.kind(of: full, isBare: !isClosing && !hasAttributes) else { return nil }
        self.kind = kind
    }

    /// The longest name of a tag, in bytes.
    private static let maximumNameLength = 40

    /// Whether a tag has attributes after its name; `nil` if what stands there is no attributes.
    ///
    /// Each is a name, `=` and a value, in quotes or not. A slash may stand at the end.
    private static func attributes(_ bytes: ArraySlice<UInt8>) -> Bool? {
        var rest = bytes
        if rest.last == UInt8(ascii: "/") { rest.removeLast() }
        var hasAttributes = false
        while true {
            let before = rest.startIndex
            rest = rest.drop(while: isBlank)
            if rest.isEmpty { return hasAttributes }
            guard rest.startIndex > before || hasAttributes else { return nil }
            let name = rest.prefix(while: isNameByte)
            guard let first = name.first, isLetter(first) else { return nil }
            rest = rest[name.endIndex...].drop(while: isBlank)
            guard rest.popFirst() == UInt8(ascii: "=") else { return nil }
            rest = rest.drop(while: isBlank)
            guard let quote = rest.first else { return nil }
            if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
                guard let end = rest.dropFirst().firstIndex(of: quote) else { return nil }
                rest = rest[(end + 1)...]
            } else {
                rest = rest.drop { !isBlank($0) }
            }
            hasAttributes = true
        }
    }

    /// What the tag of a name is. `isBare` tells that it opens without attributes.
    private static func kind(of name: String, isBare: Bool) -> Kind? {
        for prefix in ["jats:", "mml:", "m:", "xhtml:", "html:"] where name.hasPrefix(prefix) {
            let local = String(name.dropFirst(prefix.count))
            if annotations.contains(local) { return .annotation }
            if local == "title" { return .heading }
            return blocks.contains(local) || prefixedBlocks.contains(local) ? .block : .inline
        }
        if name == "title" { return .heading }
        if annotations.contains(name) { return .annotation }
        if blocks.contains(name) { return .block }
        if inlines.contains(name) || mathNames.contains(name) { return .inline }
        // A link has attributes; `<a>` alone may be anything.
        return name == "a" && !isBare ? .inline : nil
    }

    private static let annotations: Set<String> = ["annotation", "annotation-xml"]

    private static let blocks: Set<String> = [
        "blockquote", "br", "break", "dd", "def-list", "disp-formula", "disp-quote", "div", "dl", "dt", "h1", "h2",
        "h3",
        "h4", "h5", "h6", "hr", "li", "list-item", "ol", "p", "pre", "sec", "tbody", "td", "th", "thead", "tr",
        "trans-abstract", "ul",
    ]

    /// Blocks whose names alone are words that papers use for tokens of their own, such as `<table>`.
    private static let prefixedBlocks: Set<String> = [
        "abstract", "body", "caption", "def", "list", "section", "table", "term",
    ]

    private static let inlines: Set<String> = [
        "abbr", "b", "big", "bold", "em", "ext-link", "font", "i", "inf", "inline-formula", "inline-graphic", "ital",
        "italic", "kbd", "monospace", "named-content", "overline", "roman", "sans-serif", "sc", "small", "span",
        "strike",
        "strong", "styled-content", "sub", "sup", "tex-math", "tt", "u", "underline", "xref",
    ]

    private static let mathNames: Set<String> = [
        "maction", "maligngroup", "malignmark", "math", "menclose", "merror", "mfenced", "mfrac", "mglyph", "mi",
        "mlabeledtr", "mmultiscripts", "mn", "mo", "mover", "mpadded", "mphantom", "mprescripts", "mroot", "mrow",
        "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover",
        "semantics",
    ]
}

private func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
}

private func isNameByte(_ byte: UInt8) -> Bool {
    isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || [UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: "_")].contains(byte)
}

private func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
}
