import Foundation
import RetrievalEvaluation
import TestSupport
import Testing

/// Writes a text to a file of a folder and gives its path.
func file(_ name: String, in folder: String, _ text: String) throws -> String {
    let url = URL(filePath: folder).appending(path: name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
    return url.path
}

/// The error that reading a file of this text throws.
func error(
    _ text: String,
    _ read: (String) throws(RetrievalEvaluationError) -> Void
) throws -> RetrievalEvaluationError {
    try TemporaryFolder.with { folder in
        let path = try file("file", in: folder, text)
        return try #require(throws: RetrievalEvaluationError.self) { try read(path) }
    }
}
