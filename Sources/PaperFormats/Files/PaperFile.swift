public import Papers

/// An open file, read piece by piece from its beginning to its end.
///
/// It may be a regular file, a pipe, standard input (`-`), or a member of a zip archive (`archive.zip/refs.bib`).
/// Nothing is read twice: ``head(count:)`` keeps the bytes for later reads. The file is closed when the last reference
/// to it disappears.
///
/// A file that is packed by gzip, Zstandard or xz is unpacked as it is read. Text in another encoding than UTF-8 becomes
/// UTF-8 where the encoding is certain, see ``notes``; other bytes stay as they are.
public final class PaperFile {
    /// The path that stands for standard input.
    static let standardInput = "-"

    /// The path of the file, as the caller wrote it.
    public let path: String

    /// The size of the file when it was opened, in bytes. `nil` for a pipe. Of a member of an archive, its packed size.
    public let byteCount: Int?

    /// The number of bytes that were read; of a packed file, the number of packed bytes.
    public var bytesRead: Int {
        isPlain && decoded?.isConverting != true ? plainBytesRead : stream?.bytesOfDisk ?? 0
    }

    /// The path of the file on the disk, if the disk has exactly the bytes that this file gives: it is neither packed
    /// nor a pipe nor part of an archive.
    private(set) var pathOnDisk: String?

    private let source: any ByteStream
    private var decoded: DecodedText?
    private var stream: PeekedStream?
    private var plainBytesRead = 0
    private var isPlain = true

    /// Opens the file at a path.
    ///
    /// - Throws: ``PaperFormatsError`` with ``PaperFormatsError/Code/notFound``, ``PaperFormatsError/Code/unreadable``
    ///   or ``PaperFormatsError/Code/notAFile``.
    public convenience init(path: String) throws(PaperFormatsError) {
        try self.init(FoundFile(path: path))
    }

    /// Opens a file that was found.
    init(_ file: FoundFile) throws(PaperFormatsError) {
        path = file.path
        if let member = file.member {
            source = try ZipMemberStream(member, path: file.path)
            byteCount = member.entry.packedSize
            return
        }
        let kind = try PathKind(of: path)
        guard kind != .folder else {
            throw PaperFormatsError(
                .notAFile, path: path, message: "Cannot read papers from '\(path)': it is a folder",
                remedy: "Give a file, or the files in the folder.")
        }
        guard kind != .other else {
            throw PaperFormatsError(
                .notAFile, path: path, message: "Cannot read papers from '\(path)': it is neither a file nor a pipe",
                remedy: "Give a file.")
        }
        source = try DescriptorStream(path: path)
        if case .file(let size) = kind {
            byteCount = size
            pathOnDisk = path
        } else {
            byteCount = nil
        }
    }

    /// Reads bytes that are in memory as those of a file.
    init(_ bytes: [UInt8], name: String) {
        path = name
        source = BytesStream(bytes)
        byteCount = bytes.count
    }

    /// Remarks about the file that no importer can make, such as the encoding that it is read in. They are complete
    /// when the file is read to its end.
    public var notes: [ImportNote] { decoded?.notes(path: path) ?? [] }

    /// Returns the first `count` bytes, or all if the file has fewer. Later reads return them again.
    ///
    /// Call it before the first read.
    ///
    /// - Throws: ``PaperFormatsError`` with ``PaperFormatsError/Code/unreadable``.
    public func head(count: Int) throws(PaperFormatsError) -> [UInt8] {
        Array(try opened().peek(count))
    }

    /// Appends the next bytes to a buffer: at least one and at most `count`. Returns their number, 0 at the end of the
    /// file.
    ///
    /// - Throws: ``PaperFormatsError`` with ``PaperFormatsError/Code/unreadable``.
    public func read(upTo count: Int, into buffer: inout [UInt8]) throws(PaperFormatsError) -> Int {
        precondition(count > 0, "a read takes at least one byte, not \(count)")
        let before = buffer.count
        try opened().read(upTo: count, into: &buffer)
        plainBytesRead += buffer.count - before
        return buffer.count - before
    }

    /// The stream that gives the text of the file. The first bytes tell how it is packed and encoded.
    private func opened() throws(PaperFormatsError) -> PeekedStream {
        if let stream { return stream }
        var bytes = PeekedStream(source)
        if let compression = Compression(of: try bytes.peek(Compression.markLength)) {
            bytes = PeekedStream(try UnpackedStream(bytes, compression, path: path))
            isPlain = false
            pathOnDisk = nil
        }
        if source is ZipMemberStream { isPlain = false }
        let text = DecodedText(bytes)
        let stream = PeekedStream(text)
        decoded = text
        self.stream = stream
        return stream
    }
}
