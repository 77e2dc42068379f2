public import Papers

/// Reads the papers of one file in one format, in order, a batch at a time.
///
/// A type that conforms describes a format: its name, how to recognize its files, and how to read them. Wrap the type
/// in an ``ImportFormat`` and list it in ``ImportOptions/formats`` to use it:
///
///     struct PatentImporter: PaperImporter { … }
///
///     var options = ImportOptions()
///     options.formats.append(ImportFormat(PatentImporter.self))
///     let reader = try PaperReader(path: "patents.txt", options: options)
///
/// An importer skips a record that is not a paper, reports it, and continues with the next record.
public protocol PaperImporter: SendableMetatype {
    /// The word that names the format on a command line.
    static var name: String { get }

    /// The extensions of the format's files, in lower case, without the dot. In a folder, only files with these
    /// extensions are read.
    static var fileExtensions: [String] { get }

    /// Judges whether a file has the format.
    ///
    /// - Parameters:
    ///   - head: The first 64 KB of the file, or all of it, without a byte-order mark.
    ///   - fileExtension: The extension of the file, in lower case, without the dot. Empty if it has none.
    /// - Returns: How sure the importer is. The surest importer reads the file.
    static func recognition(of head: [UInt8], fileExtension: String) -> ImportRecognition

    /// Judges whether a file has the format, for a caller who says more about it. Default: the options change nothing.
    ///
    /// - Parameters:
    ///   - head: The first 64 KB of the file, or all of it, without a byte-order mark.
    ///   - fileExtension: The extension of the file, in lower case, without the dot. Empty if it has none.
    ///   - options: How to read the file.
    /// - Returns: How sure the importer is.
    static func recognition(
        of head: [UInt8], fileExtension: String, options: ImportOptions
    ) -> ImportRecognition

    /// Creates the importer of a file that nobody has read from yet.
    init(_ file: PaperFile, options: ImportOptions)

    /// Returns the next papers, or `nil` after the last. A batch may hold skipped records alone.
    ///
    /// - Throws: ``PaperFormatsError`` with ``PaperFormatsError/Code/unreadable`` if the system cannot read on.
    mutating func nextBatch() throws(PaperFormatsError) -> PaperBatch?
}

extension PaperImporter {
    /// What the importer says without options.
    public static func recognition(
        of head: [UInt8], fileExtension: String, options: ImportOptions
    ) -> ImportRecognition {
        recognition(of: head, fileExtension: fileExtension)
    }
}

/// How sure an importer is that a file has its format.
public enum ImportRecognition: Int, Comparable, Sendable {
    /// The file does not have the format.
    case no
    /// The content fits the format, and fits others too.
    case plausible
    /// The extension is one of the format's, and the content does not contradict it.
    case byName
    /// The content fits this format and no other.
    case certain

    /// Whether the first is less sure than the second.
    public static func < (one: ImportRecognition, other: ImportRecognition) -> Bool {
        one.rawValue < other.rawValue
    }
}
