/// The reason why a file or a folder of papers cannot be read.
///
/// A bad record is no error: the importer skips it and continues, and the batch reports it.
public struct PaperFormatsError: Error, Hashable, Sendable {
    /// The reasons that code can tell apart.
    public enum Code: String, Hashable, Sendable {
        /// There is no file at the path.
        case notFound
        /// The system does not let the file be opened or read.
        case unreadable
        /// The path names something that is no file, such as a folder or a device.
        case notAFile
        /// The file has no content.
        case empty
        /// The content is not text.
        case notText
        /// The content is text, and no importer knows its format.
        case unknownFormat
        /// The folder or archive has no file with a known format.
        case nothingToImport
        /// The content is locked by a password.
        case encrypted
        /// The content is a picture of text, such as a scanned page.
        case noText
        /// A program that reads the format is not installed.
        case missingProgram
    }

    /// The reason, for code.
    public let code: Code

    /// The file or folder.
    public let path: String

    /// What failed and why, with the path.
    public let message: String

    /// What to do about it.
    public let remedy: String

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - code: The reason, for code.
    ///   - path: The file or folder.
    ///   - message: What failed and why, with the path and without a full stop.
    ///   - remedy: What to do about it, a sentence.
    public init(_ code: Code, path: String, message: String, remedy: String) {
        self.code = code
        self.path = path
        self.message = message
        self.remedy = remedy
    }
}

extension PaperFormatsError: CustomStringConvertible {
    /// The message and the remedy.
    public var description: String {
        "\(message). \(remedy)"
    }
}
