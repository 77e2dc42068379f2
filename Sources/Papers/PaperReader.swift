/// Reads the papers of one file, a batch at a time, in the file's order.
///
///     let reader = try PaperReader(path: "papers.jsonl")
///     while let batch = try reader.next() {
///         for paper in batch.papers { … }
///     }
///
/// A batch comes from a few megabytes of the file, so that memory stays bounded whatever the file's size, and is decoded
/// on all cores. A record that is no paper is skipped and reported in its batch; it never stops the rest.
public final class PaperReader {
    /// The file, as it was named.
    public let path: String

    /// The format in which it is read, found out if it was not given.
    public let format: ImportFormat

    private let file: PaperFile
    private var importer: any PaperImporter

    /// Opens a file and finds out its format.
    ///
    /// - Throws: ``PapersError`` where the file cannot be read, is empty, is not text or has no known format.
    public init(path: String, options: ImportOptions = ImportOptions()) throws(PapersError) {
        file = try PaperFile(path: path)
        let type = try FormatDetection.importer(of: file, options: options)
        format = ImportFormat(type)
        importer = type.init(file, options: options)
        self.path = path
    }

    /// The next papers, or `nil` after the last. A batch may hold skipped records alone.
    ///
    /// - Throws: ``PapersError`` where the file cannot be read on.
    public func next() throws(PapersError) -> ImportBatch? {
        try importer.nextBatch()
    }

    /// The number of bytes read so far.
    public var bytesRead: Int {
        file.bytesRead
    }

    /// The size of the file, or `nil` of a pipe.
    public var byteCount: Int? {
        file.byteCount
    }
}
