import Gunzip
import SystemCalls

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// An open file, read piece by piece from its beginning to its end.
///
/// It may be a regular file or a pipe. Nothing is read twice: ``head(count:)`` keeps the bytes for later reads. The
/// file is closed when the last reference to it disappears. A file that is packed by gzip is unpacked as it is read.
public final class PaperFile {
    /// The path of the file, as the caller wrote it.
    public let path: String

    /// The size of the file when it was opened, in bytes. `nil` for a pipe.
    public let byteCount: Int?

    /// The number of bytes that were read; of a packed file, the number of packed bytes.
    public var bytesRead: Int { unpacker?.packedBytesRead ?? plainBytesRead }

    private var plainBytesRead = 0
    private let descriptor: Int32
    /// The bytes that told whether the file is packed. They are read again.
    private var start: [UInt8]?
    private var unpacker: Unpacker?
    private var peeked: [UInt8] = []
    private var isAtEnd = false

    /// Opens the file at a path.
    ///
    /// - Throws: ``PaperFormatsError`` with ``PaperFormatsError/Code/notFound``, ``PaperFormatsError/Code/unreadable``
    ///   or ``PaperFormatsError/Code/notAFile``.
    public init(path: String) throws(PaperFormatsError) {
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
        // SAFETY: the system reads the path, a C string that lives for the call.
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw PaperFormatsError.unreadable(path, errno) }
        self.path = path
        if case .file(let size) = kind { byteCount = size } else { byteCount = nil }
    }

    deinit {
        close(descriptor)
    }

    /// Returns the first `count` bytes, or all if the file has fewer. Later reads return them again.
    ///
    /// Call it before the first read.
    ///
    /// - Throws: ``PaperFormatsError`` with ``PaperFormatsError/Code/unreadable``.
    public func head(count: Int) throws(PaperFormatsError) -> [UInt8] {
        while peeked.count < count, !isAtEnd { try fill(&peeked, upTo: count - peeked.count) }
        return Array(peeked.prefix(count))
    }

    /// Appends the next bytes to a buffer: at least one and at most `count`. Returns their number, 0 at the end of the
    /// file.
    ///
    /// - Throws: ``PaperFormatsError`` with ``PaperFormatsError/Code/unreadable``.
    public func read(upTo count: Int, into buffer: inout [UInt8]) throws(PaperFormatsError) -> Int {
        precondition(count > 0, "a read takes at least one byte, not \(count)")
        let before = buffer.count
        if !peeked.isEmpty {
            buffer.append(contentsOf: peeked.prefix(count))
            peeked.removeFirst(min(count, peeked.count))
        } else if !isAtEnd {
            try fill(&buffer, upTo: count)
        }
        plainBytesRead += buffer.count - before
        return buffer.count - before
    }

    private func fill(_ buffer: inout [UInt8], upTo count: Int) throws(PaperFormatsError) {
        if start == nil { try examineStart() }
        let before = buffer.count
        if let unpacker {
            try unpacker.fill(&buffer, upTo: count, path: path, fillPacked)
        } else {
            try fillPacked(&buffer, upTo: count)
        }
        isAtEnd = buffer.count == before
    }

    /// Reads the first two bytes, which tell whether the file is packed.
    private func examineStart() throws(PaperFormatsError) {
        var bytes: [UInt8] = []
        while bytes.count < 2 {
            let before = bytes.count
            try fillRaw(&bytes, upTo: 2 - bytes.count)
            if bytes.count == before { break }
        }
        start = bytes
        if GzipDecoder.recognizes(bytes) { unpacker = try Unpacker(path: path) }
    }

    /// Appends the next bytes of the file as they lie on the disk; none at its end.
    private func fillPacked(_ buffer: inout [UInt8], upTo count: Int) throws(PaperFormatsError) {
        guard let start, !start.isEmpty else { return try fillRaw(&buffer, upTo: count) }
        buffer.append(contentsOf: start.prefix(count))
        self.start?.removeFirst(min(count, start.count))
    }

    private func fillRaw(_ buffer: inout [UInt8], upTo count: Int) throws(PaperFormatsError) {
        let start = buffer.count
        buffer.append(contentsOf: repeatElement(0, count: count))
        let result = readBytes(from: descriptor, into: &buffer, at: start)
        buffer.removeLast(count - max(result.count, 0))
        guard result.count >= 0 else { throw PaperFormatsError.unreadable(path, result.code) }
    }
}

/// Reads into a buffer from `start` on. Returns the number of bytes, or -1 and the system's error code.
private func readBytes(
    from descriptor: Int32, into buffer: inout [UInt8], at start: Int
) -> (count: Int, code: Int32) {
    // SAFETY: the kernel writes at most `bytes.count - start` bytes from `start` on, all inside the array.
    unsafe buffer.withUnsafeMutableBytes { bytes in
        while true {
            let target = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[start...])
            let count = unsafe read(descriptor, target.baseAddress, target.count)
            if count >= 0 || errno != EINTR { return (count, errno) }
        }
    }
}

/// The kind of thing at a path. Symbolic links are followed.
enum PathKind: Equatable {
    case file(size: Int)
    case pipe
    case folder
    case other

    init(of path: String) throws(PaperFormatsError) {
        var status = stat()
        // SAFETY: `status` outlives the call, which fills it.
        guard unsafe stat(path, &status) == 0 else { throw PaperFormatsError.unreadable(path, errno) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: self = .file(size: Int(status.st_size))
        case S_IFIFO: self = .pipe
        case S_IFDIR: self = .folder
        default: self = .other
        }
    }
}

extension PaperFormatsError {
    /// The error for a path that the system does not let us read.
    static func unreadable(_ path: String, _ code: Int32) -> PaperFormatsError {
        switch code {
        case ENOENT, ENOTDIR:
            PaperFormatsError(
                .notFound, path: path, message: "Cannot read papers from '\(path)': there is no such file",
                remedy: "Check the path.")
        case EACCES, EPERM:
            PaperFormatsError(
                .unreadable, path: path, message: "Cannot read papers from '\(path)': permission denied",
                remedy: "Make the file readable, for example with 'chmod u+r'.")
        default:
            PaperFormatsError(
                .unreadable, path: path, message: "Cannot read papers from '\(path)': \(systemMessage(code))",
                remedy: "Check the file and the disk it is on.")
        }
    }
}
