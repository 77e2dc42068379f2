public import Papers

/// The papers of one file, in the order of the file.
///
///     let reader = try PaperReader(path: "papers.jsonl")
///     while let batch = try reader.nextBatch() {
///         for paper in batch.papers { … }
///     }
///
/// The path may be `-`, which is standard input, or name a member of a zip archive: `archive.zip/refs.bib`.
///
/// A batch comes from a few megabytes of the file and is decoded on several threads. Memory stays bounded for a file of
/// any size. A record that is not a paper is skipped and reported in its batch.
///
/// ``PaperFiles`` reads several files and folders, and continues after a file that cannot be read.
public final class PaperReader: PaperSource {
    /// The path of the file, as the caller wrote it.
    public let path: String

    /// The format in which the file is read.
    public let format: ImportFormat

    private let file: PaperFile
    private var importer: any PaperImporter
    private var hasEnded = false

    /// Opens a file and recognizes its format.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - options: How to read it.
    /// - Throws: ``PaperFormatsError``: `notFound`, `unreadable` or `notAFile` if the file cannot be opened, `empty` or
    ///   `notText` if it holds no text, `unknownFormat` if no importer knows its format.
    public convenience init(path: String, options: ImportOptions = ImportOptions()) throws(PaperFormatsError) {
        try self.init(FoundFile(path: path), options: options)
    }

    /// Reads bytes that are in memory, such as the answer of a service, as a file of that content.
    ///
    /// - Parameters:
    ///   - bytes: The content. It may be packed, as that of a file.
    ///   - name: What messages call it.
    ///   - options: How to read it.
    /// - Throws: ``PaperFormatsError``: `empty` or `notText` if there is no text, `unknownFormat` if no importer knows its
    ///   format.
    public convenience init(
        bytes: [UInt8], name: String, options: ImportOptions = ImportOptions()
    ) throws(PaperFormatsError) {
        try self.init(PaperFile(bytes, name: name), options: options)
    }

    /// Opens a file that was found, and recognizes its format.
    convenience init(_ found: FoundFile, options: ImportOptions) throws(PaperFormatsError) {
        try self.init(PaperFile(found), options: options)
    }

    private init(_ file: PaperFile, options: ImportOptions) throws(PaperFormatsError) {
        self.file = file
        let type = try FormatDetection.importer(of: file, options: options)
        format = ImportFormat(type)
        importer = type.init(file, options: options)
        path = file.path
    }

    /// Returns the next papers, or `nil` after the last. A batch may hold skipped records alone.
    ///
    /// - Throws: ``PaperFormatsError`` with `unreadable` if the system cannot read on.
    public func nextBatch() throws(PaperFormatsError) -> PaperBatch? {
        if hasEnded { return nil }
        if let batch = try importer.nextBatch() {
            return batch
        }
        // What there is to say about the encoding is known at the end.
        hasEnded = true
        return file.notes.isEmpty ? nil : PaperBatch(notes: file.notes)
    }

    /// The number of bytes read so far.
    public var bytesRead: Int {
        file.bytesRead
    }

    /// The size of the file in bytes, or `nil` for a pipe.
    public var byteCount: Int? {
        file.byteCount
    }

    /// The part of the file that has been read, from 0 to 1, or `nil` for a pipe.
    public var fractionRead: Double? {
        file.byteCount.map { $0 > 0 ? min(1, Double(file.bytesRead) / Double($0)) : 1 }
    }
}
