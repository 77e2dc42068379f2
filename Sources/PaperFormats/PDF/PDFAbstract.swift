import Papers

/// The abstract and the keywords in the lines of a paper.
struct PDFAbstract {
    private(set) var text = ""
    private(set) var keywords: [String] = []

    /// The place of the line with which the abstract begins, its heading included; `nil` if there is none.
    private(set) var start: Int?

    /// Whether it stands below a heading.
    private(set) var hasHeading = false

    /// The most characters of an abstract. A longer one has swallowed the text.
    private static let longest = 5_000

    /// A paragraph without a heading is an abstract if it has at least so many characters.
    private static let shortestParagraph = 300

    /// Finds the abstract.
    ///
    /// - Parameters:
    ///   - lines: The lines of the first pages.
    ///   - place: The place of the last line of the title, or -1.
    ///   - bodySize: The size of most of the text.
    init(_ lines: [PDFLine], after place: Int, bodySize: Double) {
        if let (heading, rest) = PDFAbstract.heading(in: lines, bodySize: bodySize) {
            (start, hasHeading) = (heading, true)
            read(lines, from: heading + 1, firstLine: rest)
        } else if let first = PDFAbstract.paragraph(in: lines, after: place, bodySize: bodySize) {
            start = first
            read(lines, from: first, firstLine: "")
        }
        if keywords.isEmpty {
            let line = lines.firstIndex { PDFAbstract.keywordsHeading($0.text) != nil }
            if let line { readKeywords(lines, at: line) }
        }
    }

    /// Finds the abstract in the text of a document whose types and places are not known. There is none without a
    /// heading, and none whose end is not certain: a heading of what follows, or the end of a paragraph.
    init(ofText source: String) {
        let lines = PDFAbstract.lines(of: source)
        guard let (heading, rest) = PDFAbstract.heading(in: lines, bodySize: 1) else { return }
        start = heading
        let first = rest.isEmpty ? heading + 1 : heading
        let isEnded = lines[(heading + 1)...].prefix(PDFAbstract.longest / 10).contains { PDFAbstract.isEnd($0.text) }
        var end = first
        var count = 0
        while end < lines.count, end == heading || !PDFAbstract.isEnd(lines[end].text) {
            let isNewParagraph = end > first && lines[end].block != lines[end - 1].block
            let isWhole = count >= PDFAbstract.shortestParagraph && lines[end - 1].text.hasSuffix(".")
            if !isEnded, isNewParagraph, isWhole { break }
            count += lines[end].text.count
            end += 1
            if count > PDFAbstract.longest { return }
        }
        guard isEnded || end < lines.count else { return }
        read(Array(lines[..<end]), from: heading + 1, firstLine: rest)
    }

    /// The lines of a text. Blank lines part its blocks.
    private static func lines(of source: String) -> [PDFLine] {
        var lines: [PDFLine] = []
        var block = 0
        for line in source.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            let text = PDFDocument.plain(tidied(String(line))[...])
            if text.isEmpty { block += 1 } else { lines.append(PDFLine(text: text, block: block)) }
        }
        return lines
    }

    // MARK: - Headings

    private static let headings = ["abstract", "summary", "zusammenfassung", "résumé", "resumen", "abstrakt"]

    /// The heading of the abstract, and what follows it on its line.
    private static func heading(in lines: [PDFLine], bodySize: Double) -> (place: Int, rest: String)? {
        for (place, line) in lines.enumerated() {
            let text = line.text
            if headings.contains(text.filter(\.isLetter).lowercased()) { return (place, "") }
            for heading in headings where text.lowercased().hasPrefix(heading) {
                let rest = text.dropFirst(heading.count).drop { $0 == " " }
                if let mark = rest.first, "—–-.:".contains(mark) {
                    return (place, rest.drop { "—–-.: ".contains($0) }.trimmingSpaces)
                }
                // A heading in other type than the words behind it, as in "Abstract We show …".
                let isText = line.size <= 1.1 * bodySize && rest.count >= 40
                let isHeading =
                    text.hasPrefix(heading.capitalizedFirst + " ") || text.hasPrefix(heading.uppercased() + " ")
                if isText, isHeading, rest.first?.isUppercase == true {
                    return (place, String(rest))
                }
            }
        }
        return nil
    }

    /// Whether a line ends an abstract: a heading of what follows it, or a notice.
    private static func isEnd(_ text: String) -> Bool {
        if keywordsHeading(text) != nil || isIntroduction(text) { return true }
        let word = text.filter { !$0.isWhitespace && !$0.isPunctuation }.lowercased()
        let others: Set = [
            "contents", "tableofcontents", "articlehistory", "articleinfo", "correspondence", "acknowledgments",
            "acknowledgements", "dedication", "declaration", "listoffigures", "listoftables",
        ]
        if others.contains(word) {
            return true
        }
        // In the middle of a sentence, the same words begin small, or no date and no colon follows them.
        let starts = [
            "CCS Concepts", "CCS CONCEPTS", "Categories and Subject", "General Terms", "GENERAL TERMS", "ACM Reference",
            "PACS ", "PACS:", "JEL ", "MSC ", "©", "Copyright ©", "Copyright (", "Permission to make",
            "Correspondence to", "Correspondence:", "Article history:", "Received:",
        ]
        if starts.contains(where: text.hasPrefix) { return true }
        let words = text.split(separator: " ", maxSplits: 2)
        guard words.count > 1, ["Received", "Copyright"].contains(words[0]) else { return false }
        return words[1].first?.isNumber == true
            || words[0] == "Received" && PublicationDate.month(words[1].lowercased()) != nil
    }

    /// Whether a line is the heading of the first section.
    static func isIntroduction(_ text: String) -> Bool {
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
        guard (1...3).contains(words.count) else { return false }
        let first = ["1", "i", "0"].contains(words[0]) ? words.dropFirst() : words[...]
        if first.count <= 2, let word = first.first, ["introduction", "einleitung", "introducción"].contains(word) {
            return true
        }
        // "1 Motivation", "I. BACKGROUND".
        return words.count == 2 && words[0] == "1" && text.split(separator: " ").last?.first?.isUppercase == true
    }

    /// What follows the heading of the keywords on its line; `nil` if a line is no such heading.
    private static func keywordsHeading(_ text: String) -> String? {
        guard text.first?.isLowercase == false else { return nil }
        let lower = text.lowercased()
        for heading in [
            "keywords", "key words", "key phrases", "index terms", "keyword", "schlüsselwörter", "mots-clés",
        ]
        where lower.hasPrefix(heading) {
            let rest = text.dropFirst(heading.count)
            guard let first = rest.first(where: { $0 != " " }) else { return "" }
            // A hyphen joins words: "Keyword-based search".
            if "—–.:".contains(first) || first == "-" && rest.dropFirst().first?.isLetter != true {
                return rest.drop { "—–-.: ".contains($0) }.trimmingSpaces
            }
            // Without a mark, it is a list that follows: "Keywords Deep learning · Vision".
            let isList = rest.contains { "·;•,".contains($0) } || rest.dropFirst().first?.isUppercase == true
            if rest.first == " ", heading != "keyword", isList { return rest.trimmingSpaces }
        }
        return nil
    }

    // MARK: - Reading

    private mutating func read(_ lines: [PDFLine], from first: Int, firstLine: String) {
        var parts = firstLine.isEmpty ? [] : [firstLine]
        var size = firstLine.isEmpty ? nil : lines[first - 1].size
        var count = firstLine.count
        for place in first..<lines.count {
            let line = lines[place]
            if PDFAbstract.isEnd(line.text) {
                if PDFAbstract.keywordsHeading(line.text) != nil { readKeywords(lines, at: place) }
                break
            }
            // Footnotes, page numbers and headings have other sizes.
            let usual = size ?? line.size
            if line.size > 1.15 * usual, count > 100 { break }
            if line.size < 0.88 * usual || line.letterCount == 0 { continue }
            size = usual
            parts.append(line.text)
            count += line.text.count
            guard count <= PDFAbstract.longest else { break }
        }
        text = PDFLayout.joined(parts)
    }

    /// The first long block of lines below the title, if the introduction follows or its size is not that of the text.
    private static func paragraph(in lines: [PDFLine], after place: Int, bodySize: Double) -> Int? {
        guard place + 1 < lines.count else { return nil }
        let end = lines.firstIndex { isIntroduction($0.text) }
        var first = place + 1
        while first < lines.count {
            let block = lines[first...].prefix { $0.block == lines[first].block }
            let length = block.reduce(0) { $0 + $1.text.count }
            if length >= shortestParagraph {
                let hasOwnSize = abs(lines[first].size / bodySize - 1) > 0.05
                guard end.map({ $0 > first }) ?? hasOwnSize else { return nil }
                return PDFAbstract.start(of: first, in: lines, after: place)
            }
            first = block.endIndex
        }
        return nil
    }

    /// The first line of a paragraph whose lines are in several blocks: they stand close together in one size.
    private static func start(of first: Int, in lines: [PDFLine], after place: Int) -> Int {
        var start = first
        while start - 1 > place {
            let (line, next) = (lines[start - 1], lines[start])
            guard abs(line.size / next.size - 1) < 0.05, line.text.count > 40, next.top >= line.top,
                next.top - line.bottom < 0.8 * line.size
            else { break }
            start -= 1
        }
        return start
    }

    /// How many lines keywords may have.
    private static let keywordLines = 4

    private mutating func readKeywords(_ lines: [PDFLine], at place: Int) {
        var parts = [PDFAbstract.keywordsHeading(lines[place].text) ?? ""]
        for line in lines[(place + 1)...].prefix(PDFAbstract.keywordLines) {
            let isInBlock = line.block == lines[place].block || parts == [""]
            guard isInBlock, !PDFAbstract.isEnd(line.text), parts.last?.last != "." else { break }
            parts.append(line.text)
        }
        keywords = PDFAbstract.keywords(in: PDFLayout.joined(parts))
    }

    /// The keywords of a text. A text without commas and other signs between them is one, if it is short.
    static func keywords(in text: String) -> [String] {
        let separators: Set<Character> = text.contains(";") ? [";"] : text.contains("·") ? ["·"] : [",", "•", "–"]
        return text.split(whereSeparator: separators.contains)
            .map { $0.trimmingSpaces }
            .map { $0.last == "." ? String($0.dropLast()) : $0 }
            .filter { (2...80).contains($0.count) && $0.contains(where: \.isLetter) }
    }
}

extension String {
    /// The text with its first letter as a capital.
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
