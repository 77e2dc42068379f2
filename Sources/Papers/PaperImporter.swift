import ParallelLoops

/// Reads the papers of one file in one format, in order, a batch at a time.
///
/// A type that conforms describes a format: its name, how its files are recognised, and how they are read. It becomes
/// usable by being wrapped in an ``ImportFormat`` and listed in ``ImportOptions/formats``:
///
///     struct RISImporter: PaperImporter { … }
///
///     var options = ImportOptions()
///     options.formats.append(ImportFormat(RISImporter.self))
///     let reader = try PaperReader(path: "references.ris", options: options)
///
/// A record that is no paper is skipped and reported; it never stops the rest.
public protocol PaperImporter: SendableMetatype {
    /// The word that names the format on a command line.
    static var name: String { get }

    /// The endings of the names of the format's files, in lower case, without the dot. Of a folder, only files with
    /// such names are read.
    static var fileExtensions: [String] { get }

    /// How surely a file is of the format.
    ///
    /// - Parameters:
    ///   - head: The first 64 KB of the file, or all of it, without a byte-order mark.
    ///   - fileExtension: The ending of the file's name, in lower case, without the dot; empty where it has none.
    /// - Returns: How surely; the surest format of all is taken.
    static func recognition(of head: [UInt8], fileExtension: String) -> ImportRecognition

    /// Creates the importer of a file, of which nothing has been read.
    init(_ file: PaperFile, options: ImportOptions)

    /// The next papers, or `nil` after the last. A batch may hold skipped records alone.
    ///
    /// - Throws: ``PapersError`` where the file cannot be read on.
    mutating func nextBatch() throws(PapersError) -> ImportBatch?
}

/// How surely a file is of a format.
public enum ImportRecognition: Int, Comparable, Sendable {
    /// It is not.
    case no
    /// Its content looks like the format, and does not exclude others.
    case plausible
    /// Its name is one of the format's, and its content does not contradict.
    case byName
    /// Its content is that of the format and of no other.
    case certain

    /// Whether one is less sure than another.
    public static func < (one: ImportRecognition, other: ImportRecognition) -> Bool {
        one.rawValue < other.rawValue
    }
}

/// Papers out of a file, in its order, and what was skipped among them.
public struct ImportBatch: Sendable {
    /// The papers.
    public var papers: [Paper] = []

    /// The records that were skipped.
    public var skipped: [SkippedRecord] = []

    /// What else there is to say.
    public var notes: [ImportNote] = []

    /// Creates an empty batch.
    public init() {}
}

/// How files are read.
public struct ImportOptions: Sendable {
    /// The format of the files. By default it is found out.
    public var format: ImportFormat

    /// Whether papers with neither title nor abstract are kept, as an evaluation needs them. By default they are skipped.
    public var keepsEmptyPapers: Bool

    /// The number of threads that decode records; the papers and their order do not depend on it.
    ///
    /// By default one for each core.
    public var threads: Int

    /// The formats that are told apart where the format is ``ImportFormat/auto``. By default all that the library has.
    public var formats: [ImportFormat]

    /// Creates options.
    public init(
        format: ImportFormat = .auto,
        keepsEmptyPapers: Bool = false,
        threads: Int? = nil,
        formats: [ImportFormat] = ImportFormat.all
    ) {
        self.format = format
        self.keepsEmptyPapers = keepsEmptyPapers
        self.threads = threads ?? availableCores
        self.formats = formats
    }
}
