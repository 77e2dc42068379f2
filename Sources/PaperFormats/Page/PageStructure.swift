import Papers

/// What the beginning of a text has as a page: titles, and paragraphs below them.
struct PageStructure {
    /// The titles that have an abstract.
    let titles: [String]

    /// The number of paragraphs.
    let paragraphCount: Int

    /// Whether papers were skipped because they are not UTF-8.
    let isSpoiled: Bool

    /// Reads the beginning of a text.
    init(of head: [UInt8]) {
        var blocks = PageBlocks()
        var papers = PagePapers(path: "")
        let lines = head.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() { blocks.append(line, number: number + 1) }
        let all = blocks.finish()
        for block in all { papers.append(block) }
        let read = papers.finish()
        titles = read.papers.map(\.title)
        paragraphCount = all.count { $0.shape == .paragraph }
        isSpoiled = read.skipped.contains { $0.code == .notUTF8 }
    }

    /// The most paragraphs that an abstract has on a page, on average. Texts that are read from beginning to end have
    /// more of them below a heading.
    private static let paragraphsOfAbstract = 3

    /// Whether the text is one to be read from beginning to end, such as a book, a manual or a paper: many paragraphs
    /// follow each other, or the headings are those of its sections, or no titles at all.
    var isProse: Bool {
        if titles.isEmpty { return paragraphCount > 0 && !isSpoiled }
        if paragraphCount > PageStructure.paragraphsOfAbstract * titles.count { return true }
        return titles.count { PageStructure.isSection($0) || PageStructure.isNoTitle($0) } * 4 >= titles.count
    }

    /// Whether a heading has marks that titles of papers do not have: those of lists, addresses, notices and sentences
    /// that go on below.
    private static func isNoTitle(_ title: String) -> Bool {
        if let first = title.first, "-*+•/$>|#[(".contains(first) { return true }
        if let last = title.last, ":;,{}".contains(last) { return true }
        let lower = title.lowercased()
        if ["://", "copyright", "(c) ", "©", "@", "all rights", "urgency="].contains(where: lower.contains) {
            return true
        }
        let words = title.split(separator: " ")
        return words.first?.last == ":" && words.count { $0.last == ":" } >= 2
    }

    /// Whether a title is the heading of a section: `2. Installation`, `CHAPTER IV`, `References`.
    private static func isSection(_ title: String) -> Bool {
        let words = Paper.matchingForm(of: title).split(separator: " ")
        guard let first = words.first(where: { !$0.allSatisfy(\.isNumber) }) else { return true }
        if ["chapter", "section", "appendix", "part", "table", "figure", "step", "note", "warning"].contains(first) {
            return words.count <= 4
        }
        return words.count <= 3 && sections.contains(String(first))
    }

    private static let sections: Set<String> = [
        "introduction", "background", "related", "method", "methods", "results", "discussion", "conclusion",
        "conclusions", "references", "bibliography", "acknowledgements", "acknowledgments", "contents", "preface",
        "foreword", "installation", "installing", "install", "usage", "license", "licence", "copyright", "authors",
        "requirements", "building", "configuration", "overview", "description", "options", "examples", "example",
        "changes", "changelog", "credits", "contributing", "documentation", "features", "files", "synopsis", "readme",
        "disclaimer", "definitions", "terms", "download", "downloads", "history", "faq", "bugs", "todo", "notes",
        "name", "purpose", "scope", "security", "support", "contact", "index", "glossary", "prologue", "epilogue",
    ]
}
