public import Papers

/// Writes papers in one format, a record at a time, so that any number of them can be written.
///
/// A file is the header, then the records with the separator between them, then the footer:
///
///     var exporter = ExportFormat.bibTeX.exporter()
///     var text = exporter.header
///     for (index, paper) in papers.enumerated() {
///         if index > 0 { text += exporter.separator }
///         text += exporter.record(for: paper)
///     }
///     text += exporter.footer
///
/// Use a new exporter for each file: it remembers the citation keys that it gave.
public protocol PaperExporter: SendableMetatype {
    /// The word that names the format on a command line.
    static var name: String { get }

    /// The extension of the format's files, without the dot.
    static var fileExtension: String { get }

    /// Creates the exporter of a file.
    init()

    /// What stands before the first record.
    var header: String { get }

    /// What stands between two records.
    var separator: String { get }

    /// What stands behind the last record.
    var footer: String { get }

    /// Returns a paper as a record of the format.
    mutating func record(for paper: Paper) -> String
}

extension PaperExporter {
    /// Nothing.
    public var header: String { "" }

    /// Nothing.
    public var separator: String { "" }

    /// Nothing.
    public var footer: String { "" }
}
