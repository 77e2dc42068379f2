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

/// Folders, and the volumes that they are on.
package enum Folder {
    /// Makes the volume keep the names in the folder beyond a loss of power.
    ///
    /// It does nothing on a volume that cannot synchronise a folder.
    ///
    /// - Throws: `cannotWrite`, if the folder does not exist or the volume fails.
    package static func synchronize(_ path: String) throws(MappedFileError) {
        do throws(SystemError) {
            try synchronizeFolder(path)
        } catch {
            throw error.onWriting(path)
        }
    }

    /// The bytes that this user may still write on the volume of a file or folder.
    ///
    /// - Throws: `cannotOpen`, if there is no such path.
    package static func freeBytes(at path: String) throws(MappedFileError) -> Int {
        var status = statvfs()
        do {
            // SAFETY: the call fills the one structure whose address it gets.
            _ = try SystemError.retrying { unsafe statvfs(path, &status) }
        } catch {
            throw error.onOpening(path)
        }
        let (bytes, overflow) = Int(status.f_bavail).multipliedReportingOverflow(by: Int(status.f_frsize))
        return overflow ? Int.max : bytes
    }
}
