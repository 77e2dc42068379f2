import Papers

/// What the words of the first pages of a paper are, told from their places and sizes.
///
/// 1. The title is in the largest type of the upper part of the first page. The title of the document's properties
///    counts where the page has none larger than the text, or where it is a part of the same words.
/// 2. The authors are the names below the title.
/// 3. The abstract stands below its heading, up to the heading of the keywords or of the introduction. Without a
///   heading
///    it is the first paragraph, if the introduction follows or if it is set in another size than the text.
/// 4. The identifier is the stamp of arXiv at the margin, or a DOI that is alone on the first page.
struct PDFLayout {
    private let document: PDFDocument
    /// The lines of the first page that are written from left to right.
    private let lines: [PDFLine]
    /// Those of all pages.
    private let allLines: [PDFLine]
    /// The size of most of the text.
    private let bodySize: Double

    init(_ document: PDFDocument) {
        self.document = document
        lines = document.pages.first?.lines.filter { !$0.isVertical } ?? []
        allLines = document.pages.flatMap { $0.lines.filter { !$0.isVertical } }
        var letters: [Int: Int] = [:]
        for line in allLines { letters[Int(exactly: (line.size * 2).rounded()) ?? 0, default: 0] += line.letterCount }
        bodySize = Double(letters.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key ?? 0) / 2
    }

    /// What is known of the paper.
    func draft() -> PaperDraft {
        var draft = PaperDraft()
        let titleLines = titleLines()
        draft.title = title(titleLines)
        let abstract = PDFAbstract(
            allLines, after: titleLines.last.flatMap { place(of: $0) } ?? -1, bodySize: bodySize)
        draft.abstract = abstract.text
        draft.keywords = abstract.keywords
        if draft.keywords.isEmpty, let keywords = document.properties["keywords"] {
            draft.keywords = PDFAbstract.keywords(in: keywords)
        }
        draft.authors = authors(below: titleLines, before: abstract.start)
        PDFIdentity(document).add(to: &draft)
        if let subject = document.properties["subject"] { draft.add(subject, to: "subject") }
        return draft
    }

    /// The letters of a first page that has a title and hardly more. A page of text has 2,000 and more.
    private static let mostLettersOfTitlePage = 1_000

    /// Whether the first page has a title and hardly more, as that of a thesis.
    var hasTitlePage: Bool {
        lines.reduce(0) { $0 + $1.letterCount } <= PDFLayout.mostLettersOfTitlePage
    }

    /// The abstract that has a heading, on whatever page; empty if there is none.
    var abstractBelowHeading: String {
        let abstract = PDFAbstract(allLines, after: -1, bodySize: bodySize)
        return abstract.hasHeading ? abstract.text : ""
    }

    private func place(of line: PDFLine) -> Int? {
        lines.firstIndex { $0.top == line.top && $0.block == line.block && $0.text == line.text }
    }

    // MARK: - Title

    /// The type of a title is larger than that of the text by this factor.
    private static let titleFactor = 1.12

    /// The part of the page in which a title begins.
    private static let titlePart = 0.6

    private func titleLines() -> [PDFLine] {
        guard let page = document.pages.first else { return [] }
        var candidates = lines.enumerated().filter {
            $0.element.top <= PDFLayout.titlePart * page.height && $0.element.letterCount >= 2
                && $0.element.size >= PDFLayout.titleFactor * bodySize
        }
        while let largest = candidates.map(\.element.size).max() {
            let ofSize = candidates.filter { $0.element.size >= 0.93 * largest }
            guard let first = ofSize.first else { return [] }
            var title = [first]
            for next in ofSize.dropFirst() {
                guard let last = title.last, next.offset == last.offset + 1,
                    next.element.top - last.element.bottom < 1.5 * largest
                else { break }
                title.append(next)
            }
            let text = title.map(\.element.text).joined(separator: " ")
            if !PDFLayout.isBanner(text) { return title.map(\.element) }
            candidates.removeAll { $0.element.size >= 0.93 * largest }
        }
        return []
    }

    /// Whether large words are those of a journal or a publisher, and no title.
    private static func isBanner(_ text: String) -> Bool {
        let words = Paper.matchingForm(of: text).split(separator: " ")
        guard let first = words.first else { return true }
        if words.count == 1, first.count < 4 || ["abstract", "introduction", "contents", "arxiv"].contains(first) {
            return true
        }
        let banners = [
            "journal of", "proceedings of", "research article", "original article", "review article", "open access",
            "contents lists available", "short communication", "letters to", "technical report", "working paper",
        ]
        let start = words.joined(separator: " ")
        return words.count <= 8 && banners.contains(where: start.hasPrefix)
    }

    private func title(_ titleLines: [PDFLine]) -> String {
        let found = PDFLayout.joined(titleLines.map(\.withoutMarks))
        let given = tidied(document.title)
        guard PDFLayout.isTitle(given) else { return found.isEmpty ? firstLine : found }
        if found.isEmpty { return given }
        let (one, other) = (Paper.matchingForm(of: found), Paper.matchingForm(of: given))
        return one.contains(other) && other.count * 2 > one.count || other.contains(one) ? given : found
    }

    /// The first lines of a page whose type is all of one size, if they may be a title.
    private var firstLine: String {
        guard let first = lines.first(where: { $0.letterCount >= 5 }) else { return "" }
        let text = PDFLayout.joined(lines.filter { $0.block == first.block }.map(\.withoutMarks))
        return text.count <= 200 && text.last != "." && text.contains(" ") ? text : ""
    }

    /// Whether the title of the properties is one, and not the name of a file or of a program.
    private static func isTitle(_ text: String) -> Bool {
        let lower = text.lowercased()
        let words = Paper.matchingForm(of: text).split(separator: " ")
        guard words.count >= 2, !words.allSatisfy({ $0.allSatisfy(\.isNumber) }) else { return false }
        let endings = [
            ".doc", ".docx", ".pdf", ".tex", ".dvi", ".ps", ".indd", ".qxd", ".rtf", ".odt", ".ppt", ".pptx", ".fm",
            ".wpd",
        ]
        let starts = [
            "microsoft word", "microsoft powerpoint", "untitled", "powerpoint presentation", "doi:", "title of", "pii:",
            "arxiv:", "slide 1", "page 1", "no job name",
        ]
        return !endings.contains(where: lower.hasSuffix) && !starts.contains(where: lower.hasPrefix)
            && !lower.contains("\\") && !lower.contains("/home/")
    }

    /// Lines as one text. A word that is divided at the end of a line is put together.
    static func joined(_ lines: [String]) -> String {
        lines.reduce(into: "") { text, line in
            if text.isEmpty || line.isEmpty {
                text += line
            } else if text.last == "-" || text.last == "\u{AD}" || text.last == "‐", line.first?.isLowercase == true,
                text.dropLast().last?.isLetter == true
            {
                text.removeLast()
                text += line
            } else {
                text += " " + line
            }
        }
    }

    // MARK: - Authors

    /// How many lines below the title may have authors.
    private static let authorLines = 8

    private func authors(below titleLines: [PDFLine], before end: Int?) -> [String] {
        var authors: [String] = []
        if let last = titleLines.last, let place = place(of: last) {
            let stop = min(end ?? lines.count, lines.count, place + 1 + PDFLayout.authorLines)
            for line in lines[(place + 1)..<max(place + 1, stop)] {
                // Below the first names, institutions and places stand between the others.
                authors += PDFNames.names(in: line.withoutMarks, isOnlyNames: !authors.isEmpty)
            }
        }
        if authors.isEmpty, let given = document.properties["author"] { authors = PDFNames.names(in: given) }
        return authors
    }
}
