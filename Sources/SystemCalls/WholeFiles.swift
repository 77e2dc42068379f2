import ArraySpans

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

/// Why a file could not be read as a whole.
package enum FileReadingError: Error, CustomStringConvertible {
    /// The path names a folder, a pipe, a socket or a device.
    case notAFile(FileKind)
    /// The system refused.
    case system(SystemError)

    /// The reason: `permission denied`, or `it is a pipe and not a file`.
    package var description: String {
        switch self {
        case .notAFile(let kind): "it is \(kind.name) and not a file"
        case .system(let error): systemMessage(error.number)
        }
    }
}

/// The bytes of a file. It does not wait: a pipe or a device is refused.
///
/// - Parameters:
///   - path: The path.
///   - limit: The most bytes to read, from the beginning; `nil` for all.
/// - Returns: The bytes, and the size of the file.
/// - Throws: `FileReadingError`.
package func bytes(
    ofFileAt path: String, limit: Int? = nil
) throws(FileReadingError) -> (bytes: [UInt8], byteCount: Int) {
    let kind: FileKind
    var bytes: [UInt8] = []
    let byteCount: Int
    do throws(SystemError) {
        let file = try FileDescriptor(opening: path, flags: O_RDONLY)
        let status = try file.status()
        kind = FileKind(status)
        byteCount = Int(status.st_size)
        if kind == .file {
            var piece = [UInt8](repeating: 0, count: min(limit ?? 1 << 20, 1 << 20))
            while bytes.count < limit ?? .max {
                let count = try file.read(into: &piece)
                if count == 0 { break }
                bytes += piece.prefix(min(count, (limit ?? .max) - bytes.count))
            }
        }
    } catch {
        throw .system(error)
    }
    guard kind == .file else { throw .notAFile(kind) }
    return (bytes, byteCount)
}

/// Writes a file as a whole or not at all: under another name first, which it then changes.
///
/// - Throws: The system's error.
package func writeFile(_ bytes: [UInt8], to path: String) throws(SystemError) {
    let partial = "\(path).partial-\(getpid())"
    do throws(SystemError) {
        let file = try FileDescriptor(opening: partial, flags: O_WRONLY | O_CREAT | O_TRUNC)
        // SAFETY: bytes have no padding between them.
        try file.write(unsafe bytes.span.bytes)
        try file.close()
        // SAFETY: Swift makes and ends the strings.
        _ = try SystemError.retrying { unsafe rename(partial, path) }
    } catch {
        // SAFETY: Swift makes and ends the string.
        _ = unsafe unlink(partial)
        throw error
    }
}

/// Copies the bytes of a file to a path with nothing at it, with the permissions of the file, and makes the volume keep
/// them. A link to a file gives a copy of the file and never of the link. If it fails, nothing is left at the path.
///
/// - Throws: The system's error.
package func copyFile(_ source: String, to path: String) throws(SystemError) {
    let input = try FileDescriptor(opening: source, flags: O_RDONLY)
    let permissions = try input.status().st_mode & 0o777
    let output = try FileDescriptor(opening: path, flags: O_WRONLY | O_CREAT | O_EXCL, mode: 0o600)
    do throws(SystemError) {
        var piece = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = try input.read(into: &piece)
            if count == 0 { break }
            // SAFETY: bytes have no padding between them.
            try output.write(unsafe piece.span.bytes.extracting(first: count))
        }
        _ = try SystemError.retrying { fchmod(output.rawValue, permissions) }
        try output.synchronize()
    } catch {
        removeFile(path)
        throw error
    }
}

/// Removes a file. One that is not there is fine, and a failure to look is an error and no absence.
///
/// - Throws: The system's error.
package func removeFileIfThere(_ path: String) throws(SystemError) {
    do throws(SystemError) {
        // SAFETY: Swift makes and ends the string.
        _ = try SystemError.retrying { unsafe unlink(path) }
    } catch {
        guard error.number == ENOENT else { throw error }
    }
}

/// Makes the volume keep the names in a folder beyond a loss of power. It does nothing on a volume that cannot
/// synchronise a folder.
///
/// - Throws: The system's error.
package func synchronizeFolder(_ path: String) throws(SystemError) {
    do throws(SystemError) {
        try FileDescriptor(opening: path, flags: O_RDONLY | O_DIRECTORY).synchronize()
    } catch {
        guard error.number == EINVAL || error.number == ENOTSUP else { throw error }
    }
}

/// Makes a folder, and those above it that are missing. A folder that is there is fine.
///
/// - Throws: The system's error.
package func makeFolders(_ path: String) throws(SystemError) {
    do throws(SystemError) {
        // SAFETY: Swift makes and ends the string.
        _ = try SystemError.retrying { unsafe mkdir(path, 0o777) }
    } catch {
        switch error.number {
        case EEXIST where try FileKind(of: path) == .folder: return
        case ENOENT:
            let parent = path.split(separator: "/", omittingEmptySubsequences: true).dropLast()
            guard !parent.isEmpty else { throw error }
            try makeFolders((path.hasPrefix("/") ? "/" : "") + parent.joined(separator: "/"))
            // SAFETY: Swift makes and ends the string.
            _ = try SystemError.retrying { unsafe mkdir(path, 0o777) }
        default: throw error
        }
    }
}

/// The names in a folder, without `.` and `..`, in no order.
///
/// - Throws: The system's error.
package func names(inFolder path: String) throws(SystemError) -> [String] {
    // SAFETY: Swift makes and ends the string; the stream is closed below.
    guard let stream = unsafe opendir(path) else { throw SystemError(number: lastSystemError) }
    defer { _ = unsafe closedir(stream) }
    var names: [String] = []
    // SAFETY: an entry is valid until the next call, and its name ends with a zero.
    while let entry = unsafe readdir(stream) {
        let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
            unsafe name.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { unsafe String(cString: $0) }
        }
        if name != ".", name != ".." { names.append(name) }
    }
    return names
}

/// Removes a file, if it is there and may be removed.
package func removeFile(_ path: String) {
    // SAFETY: Swift makes and ends the string.
    _ = unsafe unlink(path)
}

/// Removes a folder, if it is there, is empty and may be removed.
package func removeEmptyFolder(_ path: String) {
    // SAFETY: Swift makes and ends the string.
    _ = unsafe rmdir(path)
}
