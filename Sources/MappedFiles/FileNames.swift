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
func nameExists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

/// The folder that holds `path`.
func parentFolder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
}
