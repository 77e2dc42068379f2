import Papers

/// A note on a paper: a Markdown file that begins with the paper's fields in YAML, between two lines of hyphens.
///
///     ---
///     title: Attention Is All You Need
///     authors: [Ashish Vaswani, Noam Shazeer]
///     doi: 10.48550/arXiv.1706.03762
///     ---
///     My remarks …
struct MarkdownNote {
    private let fields: YAMLFields

    /// What stands below the fields.
    let body: Substring

    /// The line on which the body begins, from 1.
    let bodyLine: Int

    /// Reads the fields of a file. `nil` if it does not begin with any.
    init?(_ text: Substring) {
        guard text.hasPrefix("---\n") || text.hasPrefix("---\r\n") else { return nil }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let ends = lines.dropFirst().prefix(Self.maximumLines).firstIndex { line in
            ["---", "..."].contains(String(line).trimmingSpaces)
        }
        guard let end = ends else { return nil }
        let head = lines[1..<end].joined(separator: "\n")
        body = end + 1 < lines.count ? text[lines[end + 1].startIndex...] : ""
        bodyLine = end + 2
        guard let fields = YAMLFields(head) else { return nil }
        self.fields = fields
    }

    /// The most lines of fields. A line of hyphens further down divides text.
    private static let maximumLines = 400

    /// Whether the fields are those of a paper: one that only papers have, a title with authors and a year or a venue,
    /// or a title with the address of a paper. A daily note has a journal alone.
    var isOfPaper: Bool {
        let names = fields.names
        let isNamed = names.contains("title") && !names.isDisjoint(with: ["author", "authors"])
        let isPublished = !names.isDisjoint(with: ["year", "journal", "venue", "conference", "publication"])
        return !names.isDisjoint(with: Self.namesOfPapers) || isNamed && isPublished
            || names.contains("title") && fields.leadsToPaper(["source", "url", "link"])
    }

    /// Names of fields that say that a note is on a paper.
    private static let namesOfPapers: Set<String> = [
        "doi", "arxiv", "arxivid", "arxiv_id", "arxiv-id", "eprint", "pmid", "isbn", "booktitle",
        "citekey", "citation-key", "citationkey", "bibkey", "container-title", "papis_id",
    ]

    /// The paper of the note.
    ///
    /// - Parameter name: The name of the file without its extension, which is the title if nothing else says one.
    /// - Returns: The paper. The body is a note on it.
    func paper(named name: String) -> PaperDraft {
        var draft = PaperDraft()
        fields.fill(&draft)
        let text = String(body).trimmingSpaces
        if draft.title.isEmpty {
            let heading = text.split(separator: "\n").first { $0.hasPrefix("# ") }
            draft.title = heading.map { $0.dropFirst(2).trimmingSpaces } ?? name
        }
        if draft.abstract.isEmpty { draft.abstract = abstractSection() }
        if !text.isEmpty { draft.notes.append(text) }
        return draft
    }

    /// The text below a heading that says `Abstract`.
    private func abstractSection() -> String {
        let blocks = MarkdownBlocks(body).blocks
        guard
            let place = blocks.firstIndex(where: { block in
                if case .heading = block.kind { block.text.lowercased() == "abstract" } else { false }
            })
        else { return "" }
        return blocks[(place + 1)...].prefix { $0.kind == .paragraph }.map { MarkdownEntry.plain($0.text) }
            .joined(separator: " ")
    }
}
