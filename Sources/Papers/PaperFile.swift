import SystemCalls

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// A file open for reading, from its beginning to its end, in pieces.
///
/// It may be a regular file or a pipe: nothing is read twice, and ``head(count:)`` keeps what it looked at for the reads
/// that follow. The file is closed when the last reference to it goes.
public final class PaperFile {
    /// The path that the file was opened by.
    public let path: String

    /// The size of a regular file when it was opened; `nil` of a pipe.
    public let byteCount: Int?

    /// The number of bytes that reads have taken.
    public private(set) var bytesRead = 0

    private let descriptor: Int32
    private var peeked: [UInt8] = []
    private var isAtEnd = false

    /// Opens the file at a path.
    ///
    /// - Throws: ``PapersError`` with ``PapersError/Code/notFound``, ``PapersError/Code/unreadable`` or
    ///   ``PapersError/Code/notAFile``.
    public init(path: String) throws(PapersError) {
        let kind = try PathKind(of: path)
        guard kind != .folder else {
            throw PapersError(
                .notAFile, path: path, message: "Cannot read papers from '\(path)': it is a folder",
                remedy: "Give a file, or the files in the folder.")
        }
        guard kind != .other else {
            throw PapersError(
                .notAFile, path: path, message: "Cannot read papers from '\(path)': it is neither a file nor a pipe",
                remedy: "Give a file.")
        }
        // SAFETY: the system reads the path, a C string that lives for the call.
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw PapersError.unreadable(path, errno) }
        self.path = path
        if case .file(let size) = kind { byteCount = size } else { byteCount = nil }
    }

    deinit {
        close(descriptor)
    }

    /// The first bytes, without taking them: `count` of them, or all where the file has fewer.
    ///
    /// To be called before anything has been read.
    ///
    /// - Throws: ``PapersError`` with ``PapersError/Code/unreadable``.
    public func head(count: Int) throws(PapersError) -> [UInt8] {
        while peeked.count < count, !isAtEnd { try fill(&peeked, upTo: count - peeked.count) }
        return Array(peeked.prefix(count))
    }

    /// Appends the next bytes, at least one and at most `count`, and returns their number: 0 at the end of the file.
    ///
    /// - Throws: ``PapersError`` with ``PapersError/Code/unreadable``.
    public func read(upTo count: Int, into buffer: inout [UInt8]) throws(PapersError) -> Int {
        precondition(count > 0, "a read takes at least one byte, not \(count)")
        let before = buffer.count
        if !peeked.isEmpty {
            buffer.append(contentsOf: peeked.prefix(count))
            peeked.removeFirst(min(count, peeked.count))
        } else if !isAtEnd {
            try fill(&buffer, upTo: count)
        }
        bytesRead += buffer.count - before
        return buffer.count - before
    }

    private func fill(_ buffer: inout [UInt8], upTo count: Int) throws(PapersError) {
        let start = buffer.count
        buffer.append(contentsOf: repeatElement(0, count: count))
        let result = readBytes(from: descriptor, into: &buffer, at: start)
        buffer.removeLast(count - max(result.count, 0))
        guard result.count >= 0 else { throw PapersError.unreadable(path, result.code) }
        isAtEnd = result.count == 0
    }
}

/// Reads into the bytes from `start` on. Returns the number read, -1 with the system's error code where it failed.
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

/// What stands at a path, symbolic links followed.
enum PathKind: Equatable {
    case file(size: Int)
    case pipe
    case folder
    case other

    init(of path: String) throws(PapersError) {
        var status = stat()
        // SAFETY: `status` outlives the call, which fills it.
        guard unsafe stat(path, &status) == 0 else { throw PapersError.unreadable(path, errno) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: self = .file(size: Int(status.st_size))
        case S_IFIFO: self = .pipe
        case S_IFDIR: self = .folder
        default: self = .other
        }
    }
}

extension PapersError {
    /// What the system said when it did not let a path be read.
    static func unreadable(_ path: String, _ code: Int32) -> PapersError {
        switch code {
        case ENOENT, ENOTDIR:
            PapersError(
                .notFound, path: path, message: "Cannot read papers from '\(path)': there is no such file",
                remedy: "Check the path.")
        case EACCES, EPERM:
            PapersError(
                .unreadable, path: path, message: "Cannot read papers from '\(path)': permission denied",
                remedy: "Make the file readable, for example with 'chmod u+r'.")
        default:
            PapersError(
                .unreadable, path: path, message: "Cannot read papers from '\(path)': \(systemMessage(code))",
                remedy: "Check the file and the disk it is on.")
        }
    }
}
