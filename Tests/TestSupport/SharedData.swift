public import Foundation

/// The data that lies beside a checkout of this project and is no part of it.
///
/// A test that reads it is disabled, with a comment that says so, where it is absent:
///
///     @Test(.enabled(if: SharedData.isPresent, SharedData.skipNote))
public enum SharedData {
    /// The folder `../shared/data`, seen from the project.
    public static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent()  // TestSupport
        .deletingLastPathComponent()  // Tests
        .deletingLastPathComponent()  // the project
        .deletingLastPathComponent()
        .appending(path: "shared/data")

    /// Whether the data is there.
    public static let isPresent = FileManager.default.fileExists(atPath: folder.appending(path: "README.md").path)

    /// What a skipped test says.
    public static let skipNote = "needs ../shared/data, which is absent"

    /// The path of one file of the data.
    public static func path(_ name: String) -> String {
        folder.appending(path: name).path
    }
}
