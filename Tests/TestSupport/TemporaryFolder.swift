import Foundation

/// A folder that exists for one call.
public enum TemporaryFolder {
    /// Calls `body` with the path of a new, empty folder and removes it afterwards.
    public static func with<Result>(_ body: (_ path: String) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "akin-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder.path)
    }
}
