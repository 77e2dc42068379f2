/// A tag of JATS, HTML or MathML, as it stands between `<` and `>`.
///
/// Only names that these languages have are tags. `List<int>`, `<unk>`, `<s>` and `a<b and c>d` are text.
struct MarkupTag: Equatable {
    /// What an element does to its text.
    enum Kind: Equatable {
        /// It divides blocks: a space takes the place of its tags.
        case block
        /// It marks a part of a line: nothing takes the place of its tags.
        case inline
        /// The heading of a section, which is dropped if it says no more than `Abstract`.
        case heading
        /// A formula, which may have a second notation.
        case formula
        /// Another notation of a formula beside it, which is dropped whole inside a formula and is text elsewhere.
        case annotation
        /// A number of a formula.
        case number
        /// Text above or below the line.
        case script(Script)
        /// A base, and one or two scripts.
        case scripted([Script])
        /// A numerator and a denominator.
        case fraction
        /// The radicand of a square root.
        case squareRoot
    }

    /// Where a script stands.
    enum Script: Equatable {
        case above
        case below
    }

    /// The name with its prefix, in lower case; `!--` for a comment.
    let name: String

    /// What the element does to its text.
    let kind: Kind

    /// Whether it ends an element.
    let isClosing: Bool

    /// Whether the tag is a whole element: a comment, `<br>` or `<mspace/>`.
    let isWhole: Bool

    /// Whether the name has the prefix of a language, such as `jats:`. No text but markup has one.
    let hasPrefix: Bool

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
            (name, kind, isWhole, hasPrefix) = ("!--", .inline, true, false)
            return
        }
        let bytes = rest.prefix(MarkupTag.maximumNameLength + 1).prefix(while: isNameByte)
        guard let first = bytes.first, isLetter(first), bytes.count <= MarkupTag.maximumNameLength else { return nil }
        guard let hasAttributes = MarkupTag.attributes(rest[bytes.endIndex...]) else { return nil }
        name = String(decoding: bytes, as: UTF8.self).lowercased()
        let prefix = MarkupTag.prefixes.first(where: name.hasPrefix)
        let local = String(name.dropFirst(prefix?.count ?? 0))
        hasPrefix = prefix != nil
        // A link has attributes; `<a>` alone may be anything.
        guard hasPrefix || local != "a" || isClosing || hasAttributes,
            let kind = MarkupTag.kind(of: local, hasPrefix: hasPrefix)
        else { return nil }
        self.kind = kind
        isWhole = MarkupTag.voids.contains(local) || !isClosing && MarkupTag.hasSlash(rest, hasAttributes)
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

    /// Whether a tag ends with the slash of an element without content. The slash may end an address, too:
    /// `<a href=http://example.org/>`.
    private static func hasSlash(_ tag: ArraySlice<UInt8>, _ hasAttributes: Bool) -> Bool {
        guard tag.last == UInt8(ascii: "/") else { return false }
        guard hasAttributes, let before = tag.dropLast().last else { return true }
        return isBlank(before) || before == UInt8(ascii: "\"") || before == UInt8(ascii: "'")
    }

    /// What the element of a name is; the name has no prefix any more.
    private static func kind(of name: String, hasPrefix: Bool) -> Kind? {
        if let kind = kinds[name] { return kind }
        if hasPrefix { return prefixedBlocks.contains(name) ? .block : .inline }
        return nil
    }

    private static let prefixes = ["jats:", "mml:", "m:", "xhtml:", "html:"]

    /// Elements without content.
    private static let voids: Set<String> = ["br", "hr"]

    /// Blocks whose names alone are words that papers use for tokens of their own, such as `<table>`.
    private static let prefixedBlocks: Set<String> = [
        "abstract", "body", "caption", "def", "list", "section", "table", "term",
    ]

    private static let kinds: [String: Kind] = {
        let groups: [(Kind, String)] = [
            (
                .block,
                """
                blockquote br break dd def-list disp-formula disp-quote div dl dt h1 h2 h3 h4 h5 h6 hr li list-item ol \
                p pre sec tbody td th thead tr trans-abstract ul
                """
            ),
            (
                .inline,
                """
                a abbr b big bold em ext-link font i inline-formula inline-graphic ital italic kbd monospace \
                named-content overline roman sans-serif sc small span strike strong styled-content tex-math tt u \
                underline xref \
                maction maligngroup malignmark menclose merror mfenced mglyph mi mlabeledtr mmultiscripts mo mpadded \
                mphantom mprescripts mroot mrow mspace mstyle mtable mtd mtext mtr
                """
            ),
            (.heading, "title"), (.formula, "math semantics"), (.annotation, "annotation annotation-xml"),
            (.number, "mn"), (.script(.above), "sup"), (.script(.below), "sub inf"),
            (.scripted([.above]), "msup mover"), (.scripted([.below]), "msub munder"),
            (.scripted([.below, .above]), "msubsup munderover"), (.fraction, "mfrac"), (.squareRoot, "msqrt"),
        ]
        return groups.reduce(into: [:]) { kinds, group in
            for name in group.1.split(separator: " ") { kinds[String(name)] = group.0 }
        }
    }()
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
