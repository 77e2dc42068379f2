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

/// Whether there is a file, folder or anything else under a path; links are followed.
///
/// Unlike `FileManager.fileExists`, it does not take a failure to look for an absence. Whoever makes a file where there
/// is none must know.
///
/// - Throws: The system's error if it cannot tell.
package func fileExists(_ path: String) throws(SystemError) -> Bool {
    var status = stat()
    do throws(SystemError) {
        // SAFETY: the call fills the one structure whose address it gets.
        _ = try SystemError.retrying { unsafe stat(path, &status) }
        return true
    } catch {
        guard error.number == ENOENT else { throw error }
        return false
    }
}
