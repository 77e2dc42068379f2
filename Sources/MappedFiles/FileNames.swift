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

// The C functions that take paths.
// SAFETY: Swift makes and ends these strings, and the functions keep no pointer to them.
func removeName(_ path: String) { _ = unsafe unlink(path) }
func renameFile(_ path: String, to newPath: String) -> Int32 { unsafe rename(path, newPath) }
func linkFile(_ path: String, to newPath: String) -> Int32 {
    unsafe linkat(AT_FDCWD, path, AT_FDCWD, newPath, AT_SYMLINK_FOLLOW)
}
func nameExists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

/// Who may use a file.
struct FileAccess {
    private let permissions: mode_t
    private let owner: uid_t
    private let group: gid_t

    /// That of the file at `path`; `nil` if there is none.
    init?(ofFileAt path: String) {
        var status = stat()
        // SAFETY: the call fills the one structure whose address it gets.
        guard unsafe stat(path, &status) == 0 else { return nil }
        permissions = status.st_mode & 0o7777
        owner = status.st_uid
        group = status.st_gid
    }

    /// Gives it to an open file. A process that may not give files away stays the owner.
    func give(to file: Int32) throws(SystemError) {
        if fchown(file, owner, group) != 0 { _ = fchown(file, uid_t.max, group) }
        _ = try SystemError.retrying { fchmod(file, permissions) }
    }
}
