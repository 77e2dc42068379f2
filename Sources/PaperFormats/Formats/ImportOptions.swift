import ParallelLoops

/// How files are read.
public struct ImportOptions: Sendable {
    /// The format of the files. Default: ``ImportFormat/auto``, which recognizes the format of each file.
    public var format: ImportFormat

    /// Whether papers with neither title nor abstract are kept. Default: no, they are skipped.
    ///
    /// An evaluation keeps them, because its collection counts them.
    public var keepsEmptyPapers: Bool

    /// The number of threads that decode records. Default: one for each core.
    ///
    /// The papers and their order do not depend on it.
    public var threads: Int

    /// The formats that ``ImportFormat/auto`` chooses from. Default: ``ImportFormat/all``.
    public var formats: [ImportFormat]

    /// The columns of tables whose headers do not say what they hold: the header for a field, such as
    /// `["title": "name"]`. Default: none.
    ///
    /// A field is a key of ``ImportFormat/jsonLines``, `doi`, or the name of an attribute.
    public var columns: [String: String]

    /// Whether a library that reads the files remembers them, so that it can tell when they change; see
    /// ``FileSource``. Default: no.
    public var remembersFiles: Bool

    /// Creates options.
    ///
    /// - Parameters:
    ///   - format: The format of the files.
    ///   - keepsEmptyPapers: Whether papers with neither title nor abstract are kept.
    ///   - threads: The number of threads that decode records. `nil` is one for each core.
    ///   - formats: The formats that ``ImportFormat/auto`` chooses from.
    ///   - columns: The header of the column for a field, in tables.
    ///   - remembersFiles: Whether a library that reads the files remembers them.
    public init(
        format: ImportFormat = .auto,
        keepsEmptyPapers: Bool = false,
        threads: Int? = nil,
        formats: [ImportFormat] = ImportFormat.all,
        columns: [String: String] = [:],
        remembersFiles: Bool = false
    ) {
        self.format = format
        self.keepsEmptyPapers = keepsEmptyPapers
        self.threads = threads ?? availableCores
        self.formats = formats
        self.columns = columns
        self.remembersFiles = remembersFiles
    }
}
