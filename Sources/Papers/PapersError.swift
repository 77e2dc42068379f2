/// Why a file of papers cannot be read, or papers cannot be written.
///
/// A bad record is no error: it is skipped, see ``SkippedRecord``.
public struct PapersError: Error, Hashable, Sendable {
    /// What went wrong, for code to tell apart.
    public enum Code: String, Hashable, Sendable {
        /// There is no file at the path.
        case notFound
        /// The file is there and the system does not let it be opened or read.
        case unreadable
        /// The path names something from which no papers can be read, such as a folder where a file is needed.
        case notAFile
        /// The file has no content.
        case empty
        /// The content is not text.
        case notText
        /// The content is text, and no importer knows its format.
        case unknownFormat
        /// The folder has no file whose format is known.
        case nothingToImport
    }

    /// What went wrong, for code to tell apart.
    public let code: Code

    /// The file or folder.
    public let path: String

    /// What failed and why, naming the path.
    public let message: String

    /// What to do about it.
    public let remedy: String

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - code: What went wrong.
    ///   - path: The file or folder.
    ///   - message: What failed and why, naming the path, without a full stop.
    ///   - remedy: What to do about it, a sentence.
    public init(_ code: Code, path: String, message: String, remedy: String) {
        self.code = code
        self.path = path
        self.message = message
        self.remedy = remedy
    }
}

extension PapersError: CustomStringConvertible {
    /// The message and the remedy.
    public var description: String {
        "\(message). \(remedy)"
    }
}
