package import SystemCalls

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

/// A lock on a file or a folder. It is held as long as the object lives.
///
/// It is the system's advisory `flock`: it binds only those who ask for it. The lock belongs to this object and not to
/// the process, so two objects of one process exclude each other too. It ends with the process, however that ends.
package final class FileLock: Sendable {
    /// Who else may hold a lock at the same time.
    package enum Mode: Hashable, Sendable {
        /// Others who hold a shared lock.
        case shared
        /// Nobody.
        case exclusive
    }

    /// The path as it was given.
    package let path: String

    /// Who else may hold the lock.
    package let mode: Mode

    private let file: FileDescriptor

    /// Waits until the lock is free and takes it.
    ///
    /// - Parameters:
    ///   - path: The file or folder to lock.
    ///   - mode: Who else may hold a lock at the same time.
    ///   - creates: Whether a path with nothing at it becomes an empty file.
    /// - Throws: `cannotLock`, if the path can be neither opened nor created, or its volume has no locks.
    package convenience init(_ path: String, _ mode: Mode, creates: Bool = true) throws(MappedFileError) {
        let file = try Self.open(path, creates: creates)
        do {
            try Self.lock(file, mode, waiting: true)
        } catch {
            throw Self.failure(error, path)
        }
        self.init(path: path, mode: mode, file: file)
    }

    /// Takes the lock if it is free, without waiting.
    ///
    /// - Returns: The lock, or `nil` if another holds it.
    /// - Throws: `cannotLock`, as for ``init(_:_:creates:)``.
    package static func attempt(
        _ path: String, _ mode: Mode, creates: Bool = true
    ) throws(MappedFileError) -> FileLock? {
        let file = try open(path, creates: creates)
        do {
            try lock(file, mode, waiting: false)
        } catch {
            if error.number == EWOULDBLOCK { return nil }
            throw failure(error, path)
        }
        return FileLock(path: path, mode: mode, file: file)
    }

    private init(path: String, mode: Mode, file: consuming FileDescriptor) {
        self.path = path
        self.mode = mode
        self.file = file
    }

    /// Whether the path still names the locked file.
    ///
    /// Somebody may remove, rename or replace the file while this object waits for the lock. If others remove a file
    /// that you lock, check this property after locking.
    package var isInPlace: Bool {
        var named = stat()
        // SAFETY: the call fills the one structure whose address it gets.
        guard unsafe stat(path, &named) == 0, let locked = try? file.status() else { return false }
        return named.st_dev == locked.st_dev && named.st_ino == locked.st_ino
    }

    /// Writes a note at the beginning of the locked file, if that is a regular file with one name that holds nothing or
    /// a note of the same length. Nothing else is written to, whatever its name.
    ///
    /// - Throws: The system's error.
    package func note(_ bytes: RawSpan) throws(SystemError) {
        let status = try file.status()
        guard status.st_mode & S_IFMT == S_IFREG, status.st_nlink == 1,
            [0, bytes.byteCount].contains(Int(status.st_size))
        else { return }
        try file.write(bytes, at: 0)
    }

    /// Opens what is to be locked.
    ///
    /// A file that may be made is opened for reading and writing, so that its holder can leave a note. No link is
    /// followed then, because the note would be written wherever it leads.
    private static func open(_ path: String, creates: Bool) throws(MappedFileError) -> FileDescriptor {
        let kind: SystemCalls.FileKind?
        do throws(SystemError) {
            guard creates else { return try FileDescriptor(opening: path, flags: O_RDONLY) }
            kind = try SystemCalls.FileKind(of: path)
        } catch {
            throw failure(error, path)
        }
        if let kind, ![.file, .folder].contains(kind) {
            throw MappedFileError(
                .cannotLock, path: path, message: "Cannot lock '\(path)': it is \(kind.name) and not a file.")
        }
        do throws(SystemError) {
            do throws(SystemError) {
                return try FileDescriptor(opening: path, flags: O_RDWR | O_CREAT | O_NOFOLLOW)
            } catch {
                // Folders, and files on read-only disks.
                guard kind != nil, [EISDIR, EACCES, EPERM, EROFS].contains(error.number) else { throw error }
                return try FileDescriptor(opening: path, flags: O_RDONLY | O_NOFOLLOW)
            }
        } catch {
            throw failure(error, path)
        }
    }

    private static func lock(
        _ file: borrowing FileDescriptor, _ mode: Mode, waiting: Bool
    ) throws(SystemError) {
        let operation = (mode == .shared ? LOCK_SH : LOCK_EX) | (waiting ? 0 : LOCK_NB)
        let descriptor = file.rawValue
        _ = try SystemError.retrying { flock(descriptor, operation) }
    }

    private static func failure(_ error: SystemError, _ path: String) -> MappedFileError {
        if error.number == ELOOP {
            return MappedFileError(
                .cannotLock, path: path, systemError: error.number,
                message: "Cannot lock '\(path)': it is a symbolic link and not a file.")
        }
        let remedy =
            [ENOLCK, ENOTSUP, ENOSYS, EBADF].contains(error.number)
            ? "Its volume has no locks of this kind; choose a folder on a local disk."
            : "Check that it exists and may be opened."
        return MappedFileError(
            .cannotLock, path: path, systemError: error.number,
            message: "Cannot lock '\(path)': \(systemMessage(error.number)). \(remedy)")
    }
}
