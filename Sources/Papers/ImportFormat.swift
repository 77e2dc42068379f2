/// A format that papers are read from.
public struct ImportFormat: Sendable {
    /// The word that names the format on a command line.
    public let name: String

    /// The importer of the format, or `nil` where the format is to be found out.
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

// MARK: - The formats there are

extension ImportFormat {
    /// To be found out from a file's first bytes and its name.
    public static let auto = ImportFormat()

    /// The text of a web page that lists papers, as a browser saves or copies it; see <doc:FileFormats>.
    ///
    /// Blank lines part it into blocks. A short block followed by a paragraph is a title and its abstract; further
    /// paragraphs belong to the same abstract. Short blocks that no paragraph follows are the page's furniture.
    public static let page = ImportFormat(PageImporter.self)

    /// JSON Lines: a JSON object on each line.
    ///
    /// Keys: `id`, `title`, `abstract`, `authors`, `year`, `venue`, `categories`, `keywords`, `url`, `alt_ids`; all may
    /// be absent or `null`, others are passed by. Also BEIR's `corpus.jsonl`: `_id`, `title`, `text` and, out of
    /// `metadata`, whatever has one of the keys above and the right type.
    public static let jsonLines = ImportFormat(JSONLinesImporter.self)

    /// All formats of this library, without ``auto``.
    public static let all: [ImportFormat] = [.jsonLines, .page]

    /// The format of a name, ``auto`` included, or `nil` where there is none.
    public init?(named name: String) {
        guard let format = ([.auto] + ImportFormat.all).first(where: { $0.name == name }) else { return nil }
        self = format
    }
}

extension ImportFormat: Hashable, CustomStringConvertible {
    /// Whether two formats have one name.
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
