import ArraySpans
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

/// Small files that appear at their path complete or not at all.
package enum AtomicFile {
    /// How ``link(_:to:)`` made the second file.
    package enum LinkResult: Hashable, Sendable {
        /// Both names belong to one file, which takes its space once.
        case linked
        /// The volume has no links, so the bytes were copied.
        case copied
    }

    /// Writes a small file in place of the one at `path`, and returns when it is on the disk.
    ///
    /// - Throws: `cannotWrite` or `noSpace`. The old file is then still there, unless only the folder could not be
    ///   synchronised.
    package static func write(_ bytes: RawSpan, to path: String) throws(MappedFileError) {
        var file = try PartialFile(path: path)
        try file.append(bytes)
        try file.commit()
    }

    /// Writes the UTF-8 bytes of `text` to a small file in place of the one at `path`.
    ///
    /// - Throws: `cannotWrite` or `noSpace`, as for bytes.
    package static func write(_ text: String, to path: String) throws(MappedFileError) {
        // SAFETY: bytes have no padding between them.
        try write(unsafe Array(text.utf8).span.bytes, to: path)
    }

    /// Gives the file at `source` a second name. It makes a copy if the volume has no links, or `path` is on another
    /// one.
    ///
    /// The names share their bytes, so use it only for files that are never changed in place. A copy is on the disk
    /// when the call returns. A new name is on the disk when its folder is synchronised.
    ///
    /// - Returns: Whether it made a link or a copy.
    /// - Throws: `cannotOpen` if there is no file `source`; `cannotWrite` if `path` exists already or cannot be
    ///   created; `noSpace`.
    @discardableResult
    package static func link(_ source: String, to path: String) throws(MappedFileError) -> LinkResult {
        do {
            _ = try SystemError.retrying { linkFile(source, to: path) }
            return .linked
        } catch {
            switch error.number {
            case EXDEV, EPERM, EMLINK, ENOTSUP, EOPNOTSUPP, ENOSYS:
                try copy(source, to: path)
                return .copied
            default:
                // A source that cannot be opened is more likely, and gives the better message.
                _ = try MappedFile(path: source)
                throw error.onWriting(path)
            }
        }
    }

    /// Copies the file at `source` to `path`, which must not exist. The copy is on the disk when the call returns.
    ///
    /// - Throws: `cannotOpen` if there is no file `source`; `cannotWrite` if `path` exists already or cannot be
    ///   created; `noSpace`.
    package static func copy(_ source: String, to path: String) throws(MappedFileError) {
        let input: FileDescriptor
        do {
            input = try FileDescriptor(opening: source, flags: O_RDONLY)
        } catch {
            throw error.onOpening(source)
        }
        guard !nameExists(path) else { throw SystemError(number: EEXIST).onWriting(path) }
        var output = try PartialFile(path: path)
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count: Int
            do {
                count = try input.read(into: &buffer)
            } catch {
                throw error.onOpening(source)
            }
            guard count > 0 else { break }
            // SAFETY: bytes have no padding between them.
            try output.append(unsafe buffer.span.bytes.extracting(first: count))
        }
        try output.commit()
    }
}
