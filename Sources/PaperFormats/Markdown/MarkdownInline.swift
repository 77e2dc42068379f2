import Foundation
import Papers

/// A run of text of one kind inside a line of Markdown.
struct MarkdownSpan: Equatable {
    var text: String
    /// Where the text leads, if it is a link.
    var address: String?
    var isBold = false
    var isItalic = false
}

/// Cuts text of Markdown into runs of one kind: links in all their forms, bold and italic text. Images are dropped, and
/// so are the tags of HTML, except those that raise or lower text.
struct MarkdownInline {
    private let characters: [Character]
    private let references: [String: String]
    /// The place of the bracket that closes each bracket; -1 for one that none closes, and for other characters.
    private let closers: [Int]
    /// For each text that was searched for, where the search began and where the text is; the end if it is nowhere.
    private var searches: [String: (start: Int, place: Int)] = [:]
    private var spans: [MarkdownSpan] = []

    /// The runs of a text.
    ///
    /// - Parameters:
    ///   - text: The text, which may have several lines.
    ///   - references: The addresses of links by the names that the text uses for them, in lower case.
    /// - Returns: The runs. Neighbors of one kind are one run.
    static func spans(of text: String, references: [String: String] = [:]) -> [MarkdownSpan] {
        let text = text.contains("&") ? MarkupEncoding.resolvingReferences(text) : text
        var inline = MarkdownInline(characters: Array(text), references: references)
        inline.read(0..<inline.characters.count, MarkdownSpan(text: ""), depth: 0)
        return inline.spans
    }

    private init(characters: [Character], references: [String: String]) {
        (self.characters, self.references) = (characters, references)
        closers = Self.closers(characters)
    }

    /// Matches all brackets at once, so that reading stays linear.
    private static func closers(_ characters: [Character]) -> [Int] {
        guard characters.contains("[") else { return [] }
        var closers = [Int](repeating: -1, count: characters.count)
        var (square, round): ([Int], [Int]) = ([], [])
        var place = 0
        while place < characters.count {
            switch characters[place] {
            case "\\": place += 1
            case "[": square.append(place)
            case "]": if let open = square.popLast() { closers[open] = place }
            case "(": round.append(place)
            case ")": if let open = round.popLast() { closers[open] = place }
            default: break
            }
            place += 1
        }
        return closers
    }

    private mutating func append(_ text: String, _ style: MarkdownSpan) {
        if let last = spans.last, last.address == style.address, last.isBold == style.isBold,
            last.isItalic == style.isItalic
        {
            spans[spans.count - 1].text += text
        } else {
            var span = style
            span.text = text
            spans.append(span)
        }
    }

    /// Reads a range of the characters in the style that holds around it.
    private mutating func read(_ range: Range<Int>, _ style: MarkdownSpan, depth: Int) {
        var style = style
        var index = range.lowerBound
        while index < range.upperBound {
            let character = characters[index]
            if character == "\\", index + 1 < range.upperBound, "\\`*_{}[]()#+-.!|<>$~".contains(characters[index + 1])
            {
                append(String(characters[index + 1]), style)
                index += 2
                continue
            }
            let end: Int? =
                switch character {
                case "`": code(index, range, style)
                case "$": formula(index, range, style)
                case "!": image(index, range)
                case "[": link(index, range, style, depth: depth)
                case "<": tag(index, range, style, depth: depth)
                case "*", "_": emphasis(index, range, &style)
                case "h": bareAddress(index, range, style)
                default: nil
                }
            if let end {
                index = end
            } else {
                append(String(character), style)
                index += 1
            }
        }
    }

    /// The place of a text at or after an index, and before an end. What was searched is not searched again.
    private mutating func find(_ text: String, from index: Int, to end: Int) -> Int? {
        let pattern = Array(text)
        var place: Int
        if let known = searches[text], known.start <= index, index <= known.place {
            place = known.place
        } else {
            place = index
            while place < characters.count,
                !(characters[place] == pattern[0] && characters[place...].starts(with: pattern))
            {
                place += 1
            }
            searches[text] = (index, place)
        }
        return place <= end - pattern.count ? place : nil
    }

    /// The most backticks around code.
    private static let longestRun = 16

    private mutating func code(_ index: Int, _ range: Range<Int>, _ style: MarkdownSpan) -> Int? {
        let run = characters[index..<range.upperBound].prefix { $0 == "`" }.count
        guard run <= Self.longestRun,
            let end = find(String(repeating: "`", count: run), from: index + run, to: range.upperBound)
        else {
            append(String(repeating: "`", count: run), style)
            return index + run
        }
        append(String(characters[(index + run)..<end]), style)
        return end + run
    }

    /// A formula is copied as it is, so that its signs style nothing.
    private mutating func formula(_ index: Int, _ range: Range<Int>, _ style: MarkdownSpan) -> Int? {
        guard let end = find("$", from: index + 1, to: min(range.upperBound, index + 200)) else { return nil }
        append(String(characters[index...end]), style)
        return end + 1
    }

    private func image(_ index: Int, _ range: Range<Int>) -> Int? {
        guard index + 1 < range.upperBound, characters[index + 1] == "[",
            let close = closing(index + 1, range), close + 1 < range.upperBound
        else { return nil }
        if characters[close + 1] == "(" { return closing(close + 1, range).map { $0 + 1 } }
        if characters[close + 1] == "[" { return closing(close + 1, range).map { $0 + 1 } }
        return nil
    }

    /// The place of the bracket that closes the one at an index.
    private func closing(_ index: Int, _ range: Range<Int>) -> Int? {
        let place = closers.isEmpty ? -1 : closers[index]
        return place >= 0 && place < range.upperBound ? place : nil
    }

    /// The address that the name between some places stands for.
    private func reference(_ name: Range<Int>) -> String? {
        guard !references.isEmpty, name.count <= Self.longestName else { return nil }
        return references[String(characters[name]).lowercased()]
    }

    /// The longest name of an address, as CommonMark has it.
    private static let longestName = 999

    private mutating func link(_ index: Int, _ range: Range<Int>, _ style: MarkdownSpan, depth: Int) -> Int? {
        guard depth < 8, let close = closing(index, range) else { return nil }
        var address: String?
        var end = close + 1
        if end < range.upperBound, characters[end] == "(", let last = closing(end, range) {
            address = Self.address(String(characters[(end + 1)..<last]))
            end = last + 1
        } else if end < range.upperBound, characters[end] == "[", let last = closing(end, range) {
            address = reference(last == end + 1 ? (index + 1)..<close : (end + 1)..<last)
            end = last + 1
        } else {
            address = reference((index + 1)..<close)
        }
        guard let address else { return nil }
        var inner = style
        inner.address = address
        let before = spans.count
        read((index + 1)..<close, inner, depth: depth + 1)
        // A link of an image alone still leads somewhere.
        if spans.count == before { append("", inner) }
        return end
    }

    /// An address as it stands in brackets, without a title behind it.
    private static func address(_ text: String) -> String {
        let bare = text.trimmingSpaces
        if bare.hasPrefix("<"), let end = bare.firstIndex(of: ">") { return String(bare.dropFirst()[..<end]) }
        return String(bare.prefix { !$0.isWhitespace })
    }

    private mutating func tag(_ index: Int, _ range: Range<Int>, _ style: MarkdownSpan, depth: Int) -> Int? {
        guard let close = find(">", from: index + 1, to: range.upperBound),
            find("<", from: index + 1, to: close) == nil
        else { return nil }
        let content = String(characters[(index + 1)..<close])
        if content.hasPrefix("http") && !content.contains(" ") {
            var inner = style
            inner.address = content
            append(content, inner)
            return close + 1
        }
        let name = content.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber }.lowercased()
        if name == "a", depth < 8, let start = content.range(of: "href="),
            let end = find("</a>", from: close, to: range.upperBound)
        {
            let value = content[start.upperBound...].drop { "\"'".contains($0) }.prefix { !"\"' ".contains($0) }
            var inner = style
            inner.address = String(value)
            read((close + 1)..<end, inner, depth: depth + 1)
            return end + 4
        }
        if name == "sup" || name == "sub" {
            append("<\(content)>", style)
            return close + 1
        }
        guard Self.tags.contains(name) else { return nil }
        if ["br", "p", "div", "li", "td", "tr", "summary", "details"].contains(name) { append(" ", style) }
        return close + 1
    }

    /// The tags that people write in Markdown. Anything else in angle brackets may be a word.
    private static let tags: Set<String> = [
        "a", "b", "blockquote", "br", "center", "code", "details", "div", "em", "font", "h1", "h2", "h3", "h4", "h5",
        "h6", "hr", "i", "img", "kbd", "li", "mark", "ol", "p", "picture", "s", "small", "source", "span", "strong",
        "summary", "table", "tbody", "td", "th", "thead", "tr", "u", "ul",
    ]

    /// Stars and underscores make text bold or italic, if others like them close it. Those inside a word do not.
    private mutating func emphasis(_ index: Int, _ range: Range<Int>, _ style: inout MarkdownSpan) -> Int? {
        let mark = characters[index]
        let run = characters[index..<min(range.upperBound, index + 3)].prefix { $0 == mark }.count
        let before = index > range.lowerBound ? characters[index - 1] : " "
        let after = index + run < range.upperBound ? characters[index + run] : " "
        let isInWord = mark == "_" && (before.isLetter || before.isNumber) && (after.isLetter || after.isNumber)
        if isInWord { return nil }
        let isOpen = run == 1 ? style.isItalic : run == 2 ? style.isBold : style.isBold && style.isItalic
        if isOpen ? before.isWhitespace : after.isWhitespace { return nil }
        if !isOpen, find(String(repeating: mark, count: run), from: index + run, to: range.upperBound) == nil {
            return nil
        }
        if run != 2 { style.isItalic = !isOpen }
        if run != 1 { style.isBold = !isOpen }
        return index + run
    }

    private mutating func bareAddress(_ index: Int, _ range: Range<Int>, _ style: MarkdownSpan) -> Int? {
        guard style.address == nil else { return nil }
        let rest = characters[index..<range.upperBound]
        guard rest.starts(with: "https://") || rest.starts(with: "http://") else { return nil }
        var address = String(rest.prefix { !$0.isWhitespace && !"<>)]|\"".contains($0) })
        while let last = address.last, ".,;:*_'".contains(last) { address.removeLast() }
        var inner = style
        inner.address = address
        append(address, inner)
        return index + address.count
    }
}
