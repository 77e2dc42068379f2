import Papers

/// The words of the first pages of a document, as `pdftotext -bbox-layout` writes them:
///
///     <title>…</title> <meta name="Author" content="…"/>
///     <page width="612.0" height="792.0">
///       <block …> <line …> <word xMin="37.6" yMin="148.7" xMax="89.4" yMax="162.7">February</word> …
struct PDFDocument {
    /// The title that the document's properties have.
    private(set) var title = ""

    /// The other properties, by their names in lower case.
    private(set) var properties: [String: String] = [:]

    /// The lines of each page, in the order in which they are read.
    private(set) var pages: [PDFPage] = []

    /// Whether the pages have more than a few letters.
    var hasText: Bool {
        pages.lazy.flatMap(\.lines).reduce(0) { $0 + $1.text.count(where: \.isLetter) } >= 20
    }

    init(_ output: String) {
        var words: [PDFWord] = []
        var block = 0
        for line in output.split(whereSeparator: \.isNewline) {
            let tag = line.drop { $0 == " " }
            if tag.hasPrefix("<word ") {
                if let word = PDFWord(tag) { words.append(word) }
            } else if tag.hasPrefix("</line>") {
                if !pages.isEmpty, let line = PDFLine(words, block: block) {
                    pages[pages.count - 1].lines.append(line)
                }
                words = []
            } else if tag.hasPrefix("<block") {
                block += 1
            } else if tag.hasPrefix("<page") {
                let size = ["width", "height"].map { Double(PDFDocument.attribute($0, of: tag)) ?? 0 }
                pages.append(PDFPage(width: size[0], height: size[1]))
            } else if tag.hasPrefix("<title>") {
                title = PDFDocument.plain(tag.dropFirst("<title>".count).prefix { $0 != "<" })
            } else if tag.hasPrefix("<meta ") {
                let content = PDFDocument.plain(PDFDocument.attribute("content", of: tag))
                properties[PDFDocument.attribute("name", of: tag).lowercased()] = content
            }
        }
    }

    /// The value of an attribute of a tag.
    static func attribute(_ name: String, of tag: Substring) -> Substring {
        guard let start = tag.firstRange(of: "\(name)=\"") else { return "" }
        return tag[start.upperBound...].prefix { $0 != "\"" }
    }

    /// A text without references of XML and without ligatures.
    static func plain(_ text: Substring) -> String {
        var plain = String(text)
        if plain.contains("&") {
            for (name, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
                plain = plain.replacing(name, with: character)
            }
        }
        for (ligature, letters) in ligatures where plain.unicodeScalars.contains(ligature) {
            plain = plain.replacing(String(ligature), with: letters)
        }
        return plain
    }

    private static let ligatures: [(UnicodeScalar, String)] = [
        ("\u{FB00}", "ff"), ("\u{FB01}", "fi"), ("\u{FB02}", "fl"), ("\u{FB03}", "ffi"), ("\u{FB04}", "ffl"),
    ]
}

/// A page.
struct PDFPage {
    let width: Double
    let height: Double
    var lines: [PDFLine] = []
}

/// A word, where it stands on its page. The page begins at the upper left corner.
struct PDFWord {
    let text: String
    let left: Double
    let top: Double
    let right: Double
    let bottom: Double

    init?(_ tag: Substring) {
        let places = ["xMin", "yMin", "xMax", "yMax"].compactMap { Double(PDFDocument.attribute($0, of: tag)) }
        guard places.count == 4, places.allSatisfy(\.isFinite), let start = tag.firstIndex(of: ">") else { return nil }
        (left, top, right, bottom) = (places[0], places[1], places[2], places[3])
        text = PDFDocument.plain(tag[tag.index(after: start)...].prefix { $0 != "<" })
    }

    /// Whether the word is written upwards or downwards, as the stamp of arXiv is.
    var isVertical: Bool { text.count >= 4 && bottom - top > 1.5 * (right - left) }
}

/// A line of words that are about as high.
struct PDFLine {
    let words: [PDFWord]
    /// The number of the block that the line is in.
    let block: Int
    let text: String
    /// The height of the words, about the size of their type: that of the word in the middle.
    let size: Double
    let isVertical: Bool

    init?(_ words: [PDFWord], block: Int) {
        let words = words.filter { !$0.text.isEmpty }
        guard !words.isEmpty else { return nil }
        self.words = words
        self.block = block
        text = words.map(\.text).joined(separator: " ")
        let sizes = words.map { $0.bottom - $0.top }.sorted()
        size = sizes[sizes.count / 2]
        isVertical = words.count { $0.isVertical } * 2 > words.count
    }

    /// A line of which nothing but the text is known. Its size is that of all such lines.
    init(text: String, block: Int) {
        self.text = text
        self.block = block
        (words, size, isVertical) = ([], 1, false)
    }

    var top: Double { words.map(\.top).min() ?? 0 }
    var bottom: Double { words.map(\.bottom).max() ?? 0 }
    var letterCount: Int { text.count(where: \.isLetter) }

    /// The text without the small marks at its words, which lead to footnotes.
    var withoutMarks: String {
        let marks: Set<Character> = ["*", "∗", "†", "‡", "§", "¶", "⋆", "✉"]
        let kept = words.filter { $0.bottom - $0.top >= 0.75 * size || $0.text.contains(where: \.isLetter) }
        return kept.map { $0.text.filter { !marks.contains($0) } }.filter { !$0.isEmpty }.joined(separator: " ")
    }
}
