import Papers

/// Reads Markdown: a list of papers, or a note on one paper with its fields in YAML at the beginning.
struct MarkdownImporter: PaperImporter {
    static let name = "markdown"
    static let fileExtensions = ["md", "markdown", "mdown", "mkd"]

    private let file: PaperFile
    private var isAtEnd = false

    init(_ file: PaperFile, options: ImportOptions) {
        self.file = file
    }

    /// Certain if the fields of a paper begin the file, or if a third of its entries lead to papers.
    static func recognition(of head: [UInt8], fileExtension: String) -> ImportRecognition {
        let text = String(decoding: head, as: UTF8.self)
        guard let first = text.first(where: { !$0.isWhitespace }), first != "{", !text.hasPrefix("<?xml") else {
            return .no
        }
        let note = MarkdownNote(text[...])
        if note?.isOfPaper == true || MarkdownList.isExported(text[...]) { return .certain }
        guard fileExtensions.contains(fileExtension) || text.contains("](http"), XMLKind.root(of: head) != "html" else {
            return .no
        }
        let list = MarkdownList(note?.body ?? text[...])
        return list.found > 0 && list.found * 3 >= list.candidates ? .certain : .no
    }

    /// Whether a file named as Markdown has marks of it. Text without any may be a page of titles and abstracts.
    static func isMarkdown(_ head: [UInt8], fileExtension: String) -> Bool {
        guard fileExtensions.contains(fileExtension) else { return false }
        let text = String(decoding: head, as: UTF8.self)
        return text.contains("](") || text.contains("```")
            || text.split(separator: "\n").contains { line in
                ["# ", "## ", "### ", "* ", "- ", "---", "===", "> "].contains { line.hasPrefix($0) }
            }
    }

    mutating func nextBatch() throws(PaperFormatsError) -> PaperBatch? {
        if isAtEnd { return nil }
        isAtEnd = true
        guard var bytes = try file.readWhole() else { return .tooLong(file.path) }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        let text = String(decoding: bytes, as: UTF8.self)
        let note = MarkdownNote(text[...])
        if let note, note.isOfPaper {
            let name = file.path.split(separator: "/").last ?? ""
            let paper = note.paper(named: String(name.prefix { $0 != "." })).paper()
            return PaperBatch(papers: [paper])
        }
        let list = MarkdownList(note?.body ?? text[...], firstLine: note?.bodyLine ?? 1)
        return PaperBatch(papers: list.papers.map { $0.paper() })
    }
}

extension ImportFormat {
    /// Markdown: a list of links to papers, or a note on a paper with its fields in YAML. Named `markdown`.
    ///
    /// Entries, headings and rows of tables that link to papers are papers. The headings above them are collections. A
    /// file that has neither a list of papers nor the fields of one is refused. See <doc:FileFormats>.
    public static let markdown = ImportFormat(MarkdownImporter.self)
}
