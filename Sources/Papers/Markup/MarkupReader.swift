/// Returns a text without the tags that are markup, with what they say of it; see ``plainText(_:)``.
///
/// 1. The tags are found, and each closing tag is paired with the last open tag of its name.
/// 2. Tags that are alone become text again, unless they need no partner.
/// 3. The text between the remaining tags is copied. An element is finished at its closing tag, when its text is known.
///
/// - Complexity: O(*n*) for *n* bytes.
func withoutMarkup(_ text: [UInt8]) -> [UInt8] {
    let tags = markup(in: text)
    guard !tags.isEmpty else { return text }
    var reader = MarkupReader(capacity: text.count)
    var position = 0
    for tag in tags {
        reader.append(text[position..<tag.range.lowerBound])
        reader.append(tag)
        position = tag.range.upperBound
    }
    reader.append(text[position...])
    return reader.output
}

/// A tag of a text that is markup.
private struct PlacedTag {
    let tag: MarkupTag
    /// Its bytes, brackets included.
    let range: Range<Int>
    /// The number of the pair that it belongs to; `nil` for a tag without a partner.
    var pair: Int?
    /// Whether the text of its element is dropped: that of an annotation inside a formula.
    var isDropped = false
}

/// The tags of a text that are markup, in their order.
private func markup(in text: [UInt8]) -> [PlacedTag] {
    var tags = allTags(in: text)
    var open: [String: [Int]] = [:]
    var pairCount = 0
    for index in tags.indices where !tags[index].tag.isWhole {
        let tag = tags[index].tag
        if !tag.isClosing {
            open[tag.name, default: []].append(index)
        } else if let partner = open[tag.name]?.popLast() {
            tags[index].pair = pairCount
            tags[partner].pair = pairCount
            pairCount += 1
        }
    }
    var openFormulas = 0
    var dropped: Set<Int> = []
    return tags.compactMap { placed in
        var placed = placed
        let tag = placed.tag
        if tag.kind == .formula, placed.pair != nil { openFormulas += tag.isClosing ? -1 : 1 }
        if tag.kind == .annotation, let pair = placed.pair {
            if !tag.isClosing, openFormulas > 0 { dropped.insert(pair) }
            placed.isDropped = dropped.contains(pair)
        }
        if tag.hasPrefix || placed.isDropped { return placed }
        // Outside a formula, an annotation is a word that somebody writes about.
        return tag.kind != .annotation && (placed.pair != nil || tag.isWhole) ? placed : nil
    }
}

/// All tags of a text. One that stands alone in quotes or back quotes is none.
private func allTags(in text: [UInt8]) -> [PlacedTag] {
    var tags: [PlacedTag] = []
    var start: Int?
    for (index, byte) in text.enumerated() {
        if byte == UInt8(ascii: "<") { start = index }
        guard byte == UInt8(ascii: ">"), let opening = start else { continue }
        start = nil
        if opening > 0, index + 1 < text.count, text[opening - 1] == text[index + 1],
            "`\"'".utf8.contains(text[index + 1])
        {
            continue
        }
        if let tag = MarkupTag(text[(opening + 1)..<index]) {
            tags.append(PlacedTag(tag: tag, range: opening..<index + 1))
        }
    }
    return tags
}

// MARK: - Reading

/// Takes the text and the tags of a text in turn, and keeps the text.
private struct MarkupReader {
    /// The text without markup, so far.
    private(set) var output: [UInt8] = []

    /// The open elements. Elements that cross others, and those that are too deep, are not among them and only lose
    /// their tags.
    private var elements: [Element] = []

    /// The pairs of ``elements``.
    private var openPairs: Set<Int> = []

    /// Whether a digit that comes next must not join a digit before it.
    private var partsDigits = false

    /// An open element.
    private struct Element {
        let kind: MarkupTag.Kind
        let pair: Int
        let isDropped: Bool
        /// Where its text begins in the output.
        let start: Int
        /// Where the texts of its child elements are.
        var children: [Range<Int>] = []
    }

    /// How deep elements are looked at. An element's text is copied when it ends, so this keeps the reader linear.
    private static let maximumDepth = 64

    init(capacity: Int) {
        output.reserveCapacity(capacity)
    }

    /// Takes text.
    mutating func append(_ text: some Collection<UInt8>) {
        guard let first = text.first else { return }
        if partsDigits, isDigit(first), let last = output.last, isDigit(last) { output.append(0x20) }
        partsDigits = false
        output += text
    }

    /// Takes a tag.
    mutating func append(_ placed: PlacedTag) {
        let tag = placed.tag
        if let pair = placed.pair, !tag.isClosing {
            if tag.dividesBlocks { output.append(0x20) }
            if tag.kind == .number { partsDigits = true }
            guard elements.count < Self.maximumDepth else { return }
            elements.append(Element(kind: tag.kind, pair: pair, isDropped: placed.isDropped, start: output.count))
            openPairs.insert(pair)
            return
        }
        if let pair = placed.pair, openPairs.contains(pair) {
            while let element = elements.popLast() {
                openPairs.remove(element.pair)
                guard element.pair == pair else { continue }
                finish(element)
                if !element.isDropped { addChild(element.start..<output.count) }
                break
            }
        } else if tag.isWhole {
            addChild(output.count..<output.count)
        }
        if tag.dividesBlocks { output.append(0x20) }
    }

    private mutating func addChild(_ range: Range<Int>) {
        if !elements.isEmpty { elements[elements.count - 1].children.append(range) }
    }

    // MARK: - Elements

    /// Gives the text of an element the form that the element means.
    private mutating func finish(_ element: Element) {
        switch element.kind {
        case .block, .inline, .formula: break
        case .annotation: if element.isDropped { _ = takeOutput(from: element.start) }
        case .heading: if isNameOfAbstract(output[element.start...]) { _ = takeOutput(from: element.start) }
        case .number: partsDigits = true
        case .script(let script): append(takeOutput(from: element.start), as: script)
        case .scripted(let scripts):
            guard element.children.count == scripts.count + 1 else { return }
            let parts = element.children.map { Array(trimmed(output[$0])) }
            _ = takeOutput(from: element.start)
            partsDigits = true
            append(enclosed(parts[0]))
            for (part, script) in zip(parts.dropFirst(), scripts) { append(part, as: script) }
        case .fraction:
            guard element.children.count == 2 else { return }
            let parts = element.children.map { Array(trimmed(output[$0])) }
            _ = takeOutput(from: element.start)
            partsDigits = true
            append(enclosed(parts[0]) + [UInt8(ascii: "/")] + enclosed(parts[1]))
            partsDigits = true
        case .squareRoot:
            let radicand = takeOutput(from: element.start)
            append("√".utf8 + enclosed(Array(trimmed(radicand[...]))))
            partsDigits = true
        }
    }

    /// Takes the output from a place on away, and returns it.
    private mutating func takeOutput(from start: Int) -> [UInt8] {
        let taken = Array(output[start...])
        output.removeLast(output.count - start)
        partsDigits = false
        return taken
    }

    /// Takes a script: as digits above or below the line if it has only digits, else as plain text.
    ///
    /// A script at the beginning of a word is plain text as well: `13C` and a footnote's mark say the same in the line.
    private mutating func append(_ text: [UInt8], as script: MarkupTag.Script) {
        let content = trimmed(text[...])
        if let last = output.last, last > 0x20, !"([".utf8.contains(last), let raised = script.form(of: content) {
            append(text[..<content.startIndex])
            append(raised.utf8)
            append(text[content.endIndex...])
            return
        }
        let isSigned = script == .above && ["-", "−", "–"].contains { text.starts(with: $0.utf8) }
        if let first = text.first, let last = output.last, isDigit(last), isDigit(first) || isSigned {
            output.append(script == .above ? UInt8(ascii: "^") : 0x20)
        }
        append(text)
        partsDigits = true
    }
}

extension MarkupTag {
    /// Whether a space takes the tag's place.
    fileprivate var dividesBlocks: Bool { kind == .block || kind == .heading }
}

extension MarkupTag.Script {
    /// A number as digits above or below the line; `nil` for any other text.
    fileprivate func form(of text: ArraySlice<UInt8>) -> String? {
        guard !text.isEmpty, text.allSatisfy(isDigit) else { return nil }
        let forms = self == .above ? Self.raised : Self.lowered
        return String(text.map { forms[Int($0 - UInt8(ascii: "0"))] })
    }

    private static let raised = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    private static let lowered = Array("₀₁₂₃₄₅₆₇₈₉")
}

/// Whether a heading only names the abstract.
private func isNameOfAbstract(_ heading: ArraySlice<UInt8>) -> Bool {
    guard heading.count <= 24 else { return false }
    let words = tidied(String(decoding: heading, as: UTF8.self)).lowercased()
    return ["abstract", "abstract:", "abstract.", "summary", "summary:"].contains(words)
}

/// A part of a formula in brackets, if it has operators and no brackets around it.
private func enclosed(_ part: [UInt8]) -> [UInt8] {
    guard part.count > 1, String(decoding: part, as: UTF8.self).contains(where: "+-−±=/*×·⋅<>, ".contains) else {
        return part
    }
    var depth = 0
    let firstEnd = part.firstIndex { byte in
        depth += byte == UInt8(ascii: "(") ? 1 : byte == UInt8(ascii: ")") ? -1 : 0
        return depth == 0
    }
    return firstEnd == part.count - 1 ? part : [UInt8(ascii: "(")] + part + [UInt8(ascii: ")")]
}

private func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isBlank = { (byte: UInt8) in byte <= 0x20 }
    let rest = text.drop(while: isBlank)
    return rest[..<((rest.lastIndex { !isBlank($0) } ?? rest.startIndex - 1) + 1)]
}

private func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
}
