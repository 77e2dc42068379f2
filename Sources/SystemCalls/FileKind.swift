#if canImport(Darwin)
package import Darwin
#elseif canImport(Musl)
package import Musl
#elseif canImport(Android)
package import Android
#elseif canImport(Bionic)
package import Bionic
#else
package import Glibc
#endif

/// The kind of thing that a path names; links are followed.
package enum FileKind: Hashable, Sendable {
    case file
    case folder
    case pipe
    case socket
    case device

    /// Looks at what is under a path.
    ///
    /// - Returns: `nil` if nothing is there.
    /// - Throws: The system's error if it cannot tell.
    package init?(of path: String) throws(SystemError) {
        var status = stat()
        do throws(SystemError) {
            // SAFETY: the call fills the one structure whose address it gets.
            _ = try SystemError.retrying { unsafe stat(path, &status) }
        } catch {
            guard error.number == ENOENT else { throw error }
            return nil
        }
        self.init(status)
    }

    /// The kind by the properties of an open file.
    package init(_ status: stat) {
        self =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .folder
            case S_IFIFO: .pipe
            case S_IFSOCK: .socket
            default: .device
            }
    }

    /// The kind as a sentence has it.
    package var name: String {
        switch self {
        case .file: "a file"
        case .folder: "a folder"
        case .pipe: "a pipe"
        case .socket: "a socket"
        case .device: "a device"
        }
    }
}
