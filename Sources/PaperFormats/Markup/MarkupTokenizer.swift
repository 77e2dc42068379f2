/// Cuts a text of XML or HTML into tags and text, one after another.
///
/// The reader is lenient, as browsers are: a `<` that begins no tag and an `&` that begins no reference are text.
/// Whether tags match is the business of who builds elements. References to characters are resolved, also those that
/// HTML names. Nothing else is expanded and nothing is fetched: a document type is skipped with all its entities.
///
/// The text is UTF-8: a file in another encoding was converted before, whatever it declares.
///
/// Memory is bounded: a piece of the text longer than ``maximumLength`` ends the reading.
struct MarkupTokenizer {
    /// The two languages.
    enum Language {
        case xml
        /// Names are lower-cased, scripts and styles are text without tags, and attributes need no quotes.
        case html
    }

    /// A tag or a text.
    enum Token {
        case start(ElementTag, isEmpty: Bool)
        case end(name: String)
        case text(String)
    }

    /// The longest tag, comment or text, in bytes: as long as a record may be.
    static let maximumLength = FileBlock.maximumPartLength

    /// The line on which the last token begins, from 1. At the end, the last line of the text.
    private(set) var line = 1

    /// The number of bytes that were read as tokens.
    private(set) var bytesRead = 0

    /// Whether the text ended inside a tag or a comment, or with one that is too long.
    private(set) var isBroken = false

    private let language: Language
    private var file: PaperFile?
    private var bytes: [UInt8]
    private var position = 0
    private var nextLine = 1
    /// The name of an element whose text has no tags, after its start tag.
    private var textElement: String?

    /// Begins to read a file.
    init(_ file: PaperFile, language: Language) {
        (self.file, bytes, self.language) = (file, [], language)
    }

    /// Begins to read some bytes.
    init(_ bytes: [UInt8], language: Language) {
        (file, self.bytes, self.language) = (nil, bytes, language)
    }

    /// Returns the next tag or text, or `nil` at the end.
    mutating func next() throws(PaperFormatsError) -> Token? {
        while true {
            let token = try read()
            switch token {
            case .token(let token): return token
            case .nothing: continue
            case .end:
                line = nextLine
                return nil
            }
        }
    }

    private enum Step {
        case token(Token)
        case nothing
        case end
    }

    private mutating func read() throws(PaperFormatsError) -> Step {
        guard !isBroken, try has(1) else { return .end }
        line = nextLine
        if let name = textElement.take() { return try textOfElement(name) }
        guard bytes[position] == UInt8(ascii: "<") else { return .token(try text(skipping: 0)) }
        guard try has(2) else { return .token(try text(skipping: 1)) }
        switch bytes[position + 1] {
        case UInt8(ascii: "!"): return try declaration()
        case UInt8(ascii: "?"):
            return try skip(upTo: language == .xml ? "?>" : ">", from: 2)
        case UInt8(ascii: "/"):
            guard try has(3), isNameStart(bytes[position + 2]) else { return .token(try text(skipping: 1)) }
            guard let end = try find(">", from: 2) else { return broken() }
            let name = self.name(in: bytes[(position + 2)..<end])
            advance(to: end + 1)
            return .token(.end(name: name))
        case let byte where isNameStart(byte):
            guard let end = try endOfTag() else { return broken() }
            return .token(startTag(end))
        default:
            return .token(try text(skipping: 1))
        }
    }

    private mutating func broken() -> Step {
        isBroken = true
        advance(to: bytes.count)
        return .end
    }

    // MARK: - Bytes

    /// Whether a number of bytes is there, from the position on. It reads them if they are not.
    private mutating func has(_ count: Int) throws(PaperFormatsError) -> Bool {
        while bytes.count - position < count {
            guard try fill() else { return false }
        }
        return true
    }

    /// Reads on. The bytes before the position are dropped. Returns `false` at the end of the file.
    private mutating func fill() throws(PaperFormatsError) -> Bool {
        guard let file else { return false }
        bytes.removeFirst(position)
        position = 0
        return try file.read(upTo: FileBlock.readLength, into: &bytes) > 0
    }

    private mutating func advance(to end: Int) {
        for byte in bytes[position..<end] where byte == UInt8(ascii: "\n") { nextLine += 1 }
        bytesRead += end - position
        position = end
    }

    /// The place of a mark, at or after `offset` bytes from the position. `nil` if it never comes, or too late.
    private mutating func find(_ mark: StaticString, from offset: Int) throws(PaperFormatsError) -> Int? {
        let mark = Array(mark.description.utf8)
        var offset = offset
        while true {
            let limit = bytes.count - mark.count + 1
            if position + offset < limit {
                for place in (position + offset)..<limit where bytes[place] == mark[0] {
                    if mark.count == 1 || bytes[place..<(place + mark.count)].elementsEqual(mark) { return place }
                }
            }
            offset = max(offset, limit - position)
            guard offset <= Self.maximumLength, try fill() else { return nil }
        }
    }

    /// The place of the `>` that ends the tag at the position. One in quotes does not end it.
    private mutating func endOfTag() throws(PaperFormatsError) -> Int? {
        var offset = 1
        var quote: UInt8?
        var previous: UInt8 = 0
        while true {
            while position + offset < bytes.count {
                let byte = bytes[position + offset]
                if let open = quote {
                    if byte == open { quote = nil }
                } else if byte == UInt8(ascii: ">") {
                    return position + offset
                } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"), previous == UInt8(ascii: "=") {
                    quote = byte
                }
                if !isSpace(byte) { previous = byte }
                offset += 1
            }
            guard offset <= Self.maximumLength, try fill() else { return nil }
        }
    }

    // MARK: - Text

    /// The text from the position to the next `<`, which may be long. The first bytes belong to it in any case.
    private mutating func text(skipping count: Int) throws(PaperFormatsError) -> Token {
        let end = try find("<", from: count) ?? bytes.count
        let text = MarkupEncoding.text(bytes[position..<end], resolvingReferences: true)
        advance(to: end)
        return .text(text)
    }

    /// The text of an element such as `script`, up to its end tag.
    private mutating func textOfElement(_ name: String) throws(PaperFormatsError) -> Step {
        let closing = Array("</\(name)".utf8)
        var offset = 0
        while true {
            let limit = bytes.count - closing.count
            if position + offset <= limit {
                for place in (position + offset)...limit where bytes[place] == UInt8(ascii: "<") {
                    let found = bytes[place..<(place + closing.count)].lazy.map { $0 == 0x2F ? $0 : $0 | 0x20 }
                    guard found.elementsEqual(closing.lazy.map { $0 == 0x2F ? $0 : $0 | 0x20 }) else { continue }
                    let hasReferences = name == "title" || name == "textarea"
                    let text = MarkupEncoding.text(bytes[position..<place], resolvingReferences: hasReferences)
                    advance(to: place)
                    return .token(.text(text))
                }
            }
            offset = max(offset, limit + 1 - position)
            guard offset <= Self.maximumLength, try fill() else { return broken() }
        }
    }

    // MARK: - Declarations

    private mutating func declaration() throws(PaperFormatsError) -> Step {
        _ = try has(9)
        let rest = bytes[(position + 2)...]
        if rest.starts(with: Array("--".utf8)) { return try skip(upTo: "-->", from: 4) }
        if rest.starts(with: Array("[CDATA[".utf8)) {
            guard let end = try find("]]>", from: 9) else { return broken() }
            let text = MarkupEncoding.text(bytes[(position + 9)..<end], resolvingReferences: false)
            advance(to: end + 3)
            return .token(.text(text))
        }
        if language == .html { return try skip(upTo: ">", from: 2) }
        guard let end = try endOfDocumentType() else { return broken() }
        advance(to: end + 1)
        return .nothing
    }

    private mutating func skip(upTo mark: StaticString, from offset: Int) throws(PaperFormatsError) -> Step {
        guard let end = try find(mark, from: offset) else { return broken() }
        advance(to: end + mark.utf8CodeUnitCount)
        return .nothing
    }

    /// The place of the `>` that ends the document type at the position: not one in quotes, in a comment or between
    /// the square brackets of its declarations.
    private mutating func endOfDocumentType() throws(PaperFormatsError) -> Int? {
        var (offset, depth) = (2, 0)
        while true {
            if try !has(offset + 4) {
                guard try has(offset + 1) else { return nil }
            }
            let byte = bytes[position + offset]
            switch byte {
            case UInt8(ascii: ">") where depth == 0: return position + offset
            case UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                let mark: StaticString = byte == UInt8(ascii: "'") ? "'" : "\""
                guard let end = try find(mark, from: offset + 1) else { return nil }
                offset = end - position
            case UInt8(ascii: "<") where bytes[(position + offset)...].starts(with: Array("<!--".utf8)):
                guard let end = try find("-->", from: offset + 4) else { return nil }
                offset = end - position + 2
            default: break
            }
            offset += 1
            if offset > Self.maximumLength { return nil }
        }
    }

    // MARK: - Tags

    private func name(in bytes: ArraySlice<UInt8>) -> String {
        let name = bytes.prefix { !isSpace($0) && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: ">") }
        let local = name.lastIndex(of: UInt8(ascii: ":")).map { name[($0 + 1)...] } ?? name
        let text = String(decoding: local, as: UTF8.self)
        return language == .html ? text.lowercased() : text
    }

    /// The start tag at the position, which ends with the `>` at `end`.
    private mutating func startTag(_ end: Int) -> Token {
        let content = bytes[(position + 1)..<end]
        let name = name(in: content)
        var rest = content.dropFirst(content.prefix { !isSpace($0) && $0 != UInt8(ascii: "/") }.count)
        var attributes: [String: String] = [:]
        while true {
            rest = rest.drop { isSpace($0) || $0 == UInt8(ascii: "/") }
            if rest.isEmpty { break }
            let attribute = rest.prefix { !isSpace($0) && $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: "/") }
            rest = rest[attribute.endIndex...].drop(while: isSpace)
            var value: ArraySlice<UInt8> = []
            if rest.first == UInt8(ascii: "=") {
                rest = rest.dropFirst().drop(while: isSpace)
                if let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
                    value = rest.dropFirst().prefix { $0 != quote }
                    rest = rest[value.endIndex...].dropFirst()
                } else {
                    value = rest.prefix { !isSpace($0) }
                    rest = rest[value.endIndex...]
                    if rest.isEmpty, language == .xml, value.last == UInt8(ascii: "/") { value.removeLast() }
                }
            } else if attribute.isEmpty {
                break
            }
            let key = self.name(in: attribute)
            if !attribute.starts(with: Array("xmlns".utf8)), attributes[key] == nil {
                attributes[key] = MarkupEncoding.text(value, resolvingReferences: true)
            }
        }
        let isEmpty = content.last == UInt8(ascii: "/")
        let tag = ElementTag(name: name, attributes: attributes, line: line)
        advance(to: end + 1)
        if language == .html, Self.textElements.contains(name) { textElement = name }
        return .start(tag, isEmpty: isEmpty && language == .xml)
    }

    /// The elements of HTML whose text has no tags.
    private static let textElements: Set<String> = ["script", "style", "textarea", "title", "xmp", "noembed"]
}

/// The start of an element.
struct ElementTag {
    /// The name without a prefix; in lower case if the language is HTML.
    let name: String
    /// The attributes by their names without prefixes. Declarations of namespaces are left out.
    let attributes: [String: String]
    /// The line on which the tag begins, from 1.
    let line: Int
}

private func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
}

private func isNameStart(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_") || byte >= 0x80
}
