#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
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
func setPermissions(_ permissions: mode_t, of file: Int32) -> Int32 { fchmod(file, permissions) }
func nameExists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

/// The permissions of the file at `path`; `nil` if there is none.
func permissions(ofFileAt path: String) -> mode_t? {
    var status = stat()
    // SAFETY: the call fills the one structure whose address it gets.
    guard unsafe stat(path, &status) == 0 else { return nil }
    return status.st_mode & 0o7777
}

/// Where a symbolic link at `path` leads, from one link to the next; `path` itself if it is no link.
func followedPath(_ path: String) -> String {
    var path = path
    // As many links as Linux follows.
    for _ in 0..<40 {
        var target = [UInt8](repeating: 0, count: Int(PATH_MAX))
        // SAFETY: the call writes no more bytes than there is room for.
        let count = unsafe target.withUnsafeMutableBytes { target in
            guard let start = target.baseAddress else { return 0 }
            return unsafe readlink(path, start.assumingMemoryBound(to: CChar.self), target.count)
        }
        guard count > 0, count < target.count else { return path }
        let next = String(decoding: target.prefix(count), as: UTF8.self)
        path = next.hasPrefix("/") ? next : parentFolder(of: path) + "/" + next
    }
    return path
}

/// The folder that holds `path`.
func parentFolder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
}
