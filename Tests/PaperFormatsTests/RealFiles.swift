import Foundation
import TestSupport

/// The real files of other programs that lie beside the project.
enum RealFiles {
    static let isPresent = FileManager.default.fileExists(atPath: SharedData.path("imports"))

    /// The paths of all files, in order.
    static func paths() throws -> [String] {
        let folder = SharedData.path("imports")
        return try FileManager.default.subpathsOfDirectory(atPath: folder).sorted().map { folder + "/" + $0 }.filter {
            var isFolder: ObjCBool = false
            return unsafe FileManager.default.fileExists(atPath: $0, isDirectory: &isFolder) && !isFolder.boolValue
        }
    }
}
