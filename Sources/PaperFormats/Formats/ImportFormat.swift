/// A format that papers are read from.
public struct ImportFormat: Sendable {
    /// The word that names the format on a command line.
    public let name: String

    /// The importer of the format. `nil` for ``auto``.
    public let importer: (any PaperImporter.Type)?

    /// Creates the format that an importer reads.
    public init(_ importer: any PaperImporter.Type) {
        name = importer.name
        self.importer = importer
    }

    private init() {
        name = "auto"
        importer = nil
    }
}

// MARK: - The formats of this module

extension ImportFormat {
    /// The format that the first bytes and the name of a file suggest.
    public static let auto = ImportFormat()

    /// JSON Lines: one JSON object on each line. Named `jsonl`.
    ///
    /// Keys: `id`, `title`, `abstract`, `authors`, `year`, `venue`, `categories`, `keywords`, `url`, `altIds` (or
    /// `alt_ids`), and the further ones of a paper in JSON. Each may be absent or `null`. BEIR's `corpus.jsonl` works
    /// as well, and so do the records of CSL, OpenAlex, Crossref, Semantic Scholar, arXiv, Zotero and others. See
    /// <doc:FileFormats>.
    public static let jsonLines = ImportFormat(JSONLinesImporter.self)

    /// A JSON document: one paper, a list of papers, or an object around such a list. Named `json`.
    ///
    /// The papers are those of ``jsonLines``. See <doc:FileFormats>.
    public static let json = ImportFormat(JSONDocumentImporter.self)

    /// The text of a web page that lists papers, as a browser saves or copies it. Named `page`.
    ///
    /// Blank lines separate blocks. A short block followed by a paragraph is a title and its abstract. Further
    /// paragraphs belong to the same abstract. Short blocks without a paragraph below them are ignored. See
    /// <doc:FileFormats>.
    public static let page = ImportFormat(PageImporter.self)

    /// The text of one paper: its first paragraph is the title, and the rest is the abstract. Named `text`.
    ///
    /// Any text has this form, so that ``auto`` never chooses it.
    public static let text = ImportFormat(TextImporter.self)

    /// A PDF document of one paper. Named `pdf`.
    ///
    /// Its first page tells title, authors, abstract and identifier. It needs the program `pdftotext` of poppler.
    public static let pdf = ImportFormat(PDFImporter.self)

    #if Store
    /// The database of Zotero, `zotero.sqlite`. Named `zotero`.
    ///
    /// A folder that has the database stands for it.
    public static let zotero = ImportFormat(ZoteroImporter.self)

    private static let databases: [ImportFormat] = [.zotero]
    #else
    private static let databases: [ImportFormat] = []
    #endif

    /// All formats of this module, without ``auto``.
    public static let all: [ImportFormat] =
        [
            .jsonLines, .json, .bibTeX, .ris, .nbib, .wos, .enw, .csv, .xml, .html, .markdown, .papis, .text, .pdf,
            .page,
        ] + databases

    /// The format with a name, ``auto`` included, or `nil` if there is none.
    public init?(named name: String) {
        guard let format = ([.auto] + ImportFormat.all).first(where: { $0.name == name }) else { return nil }
        self = format
    }
}

extension ImportFormat: Hashable, CustomStringConvertible {
    /// Whether two formats have the same name.
    public static func == (one: ImportFormat, other: ImportFormat) -> Bool {
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
