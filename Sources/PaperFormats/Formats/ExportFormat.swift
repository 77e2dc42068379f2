public import Papers

/// A format that papers are written in.
public struct ExportFormat: Sendable {
    /// The word that names the format on a command line.
    public let name: String

    /// The extension of the format's files, without the dot.
    public let fileExtension: String

    private let type: any PaperExporter.Type

    /// Creates the format that an exporter writes.
    public init(_ exporter: any PaperExporter.Type) {
        name = exporter.name
        fileExtension = exporter.fileExtension
        type = exporter
    }

    /// Returns the exporter of a new file.
    public func exporter() -> any PaperExporter {
        type.init()
    }

    /// Writes papers, piece by piece.
    ///
    /// - Parameters:
    ///   - papers: The papers.
    ///   - write: Receives the pieces of the file in their order.
    /// - Throws: What `write` throws.
    public func write<Failure: Error>(
        _ papers: some Sequence<Paper>, to write: (String) throws(Failure) -> Void
    ) throws(Failure) {
        var exporter = exporter()
        try write(exporter.header)
        var isFirst = true
        for paper in papers {
            if !isFirst { try write(exporter.separator) }
            isFirst = false
            try write(exporter.record(for: paper))
        }
        try write(exporter.footer)
    }

    /// Returns papers as the text of a file.
    public func text(of papers: some Sequence<Paper>) -> String {
        var text = ""
        write(papers) { text += $0 }
        return text
    }
}

// MARK: - The formats of this module

extension ExportFormat {
    /// BibTeX. Named `bibtex`.
    public static let bibTeX = ExportFormat(BibTeXExporter.self)

    /// BibLaTeX: BibTeX with dates, and with other names for some fields. Named `biblatex`.
    public static let bibLaTeX = ExportFormat(BibLaTeXExporter.self)

    /// RIS, which most reference managers read. Named `ris`.
    public static let ris = ExportFormat(RISExporter.self)

    /// The JSON of the Citation Style Language, which Pandoc and Zotero read. Named `csl-json`.
    public static let cslJSON = ExportFormat(CSLJSONExporter.self)

    /// JSON Lines, which keeps everything. Named `jsonl`.
    public static let jsonLines = ExportFormat(JSONLinesExporter.self)

    /// A table of values separated by commas. Named `csv`.
    public static let csv = ExportFormat(CSVExporter.self)

    /// A list of links in Markdown. Named `markdown`.
    public static let markdown = ExportFormat(MarkdownExporter.self)

    /// All formats of this module.
    public static let all: [ExportFormat] = [bibTeX, bibLaTeX, ris, cslJSON, jsonLines, csv, markdown]

    /// The format with a name, or `nil` if there is none.
    public init?(named name: String) {
        guard let format = ExportFormat.all.first(where: { $0.name == name }) else { return nil }
        self = format
    }
}

extension ExportFormat: Hashable, CustomStringConvertible {
    /// Whether two formats have the same name.
    public static func == (one: ExportFormat, other: ExportFormat) -> Bool {
        one.name == other.name
    }

    /// Hashes the name.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
    }

    /// The name.
    public var description: String {
        name
    }
}
