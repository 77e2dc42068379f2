import SystemCalls

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#elseif canImport(Bionic)
import Bionic
#else
import Glibc
#endif

/// The kind of thing at a path. Symbolic links are followed.
enum PathKind: Equatable {
    case file(size: Int)
    case pipe
    case folder
    case other

    init(of path: String) throws(PaperFormatsError) {
        if path == PaperFile.standardInput {
            self = .pipe
            return
        }
        self = try FileIdentity(of: path).kind
    }
}

/// The kind of thing at a path, and what tells it from every other. Symbolic links are followed.
struct FileIdentity {
    /// The volume and the number on it.
    struct Key: Hashable {
        let volume: UInt64
        let number: UInt64
    }

    let kind: PathKind
    let key: Key

    init(of path: String) throws(PaperFormatsError) {
        guard !path.utf8.contains(0) else { throw PaperFormatsError.unreadable(path, ENOENT) }
        var status = stat()
        // SAFETY: `status` outlives the call, which fills it.
        guard unsafe stat(path, &status) == 0 else { throw PaperFormatsError.unreadable(path, errno) }
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file(size: Int(status.st_size))
            case S_IFIFO: .pipe
            case S_IFDIR: .folder
            default: .other
            }
        key = Key(volume: UInt64(truncatingIfNeeded: status.st_dev), number: UInt64(truncatingIfNeeded: status.st_ino))
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
