/// A remark about a paper or a file that was read. Only what the remark names was lost.
///
/// Encoded, it has the keys `file`, `line` and `message`.
public struct ImportNote: Hashable, Sendable {
    /// The remarks that code can tell apart.
    public enum Code: String, Hashable, Sendable {
        /// The year was not four digits. The paper was kept without it.
        case yearDropped
        /// Lines of a page had no abstract below them and were left out.
        case linesLeftOut
        /// The source has deleted records. They were not read.
        case deletedRecords
        /// The text is in another encoding than UTF-8, and was converted.
        case otherEncoding
        /// Parts of a file, such as notes without a paper, were left out.
        case itemsLeftOut
        /// Files of a folder or an archive hold no papers and were passed over.
        case filesPassedOver
    }

    /// The kind of remark, for code.
    public let code: Code

    /// The path of the file, as the caller wrote it.
    public let file: String

    /// The line that the remark is about. The first line of a file is 1. A remark about a folder or an archive has 0.
    public let line: Int

    /// The remark, for people.
    public let message: String

    /// Creates a remark.
    ///
    /// - Parameters:
    ///   - code: The kind of remark, for code.
    ///   - file: The path of the file, as the caller wrote it.
    ///   - line: The line that the remark is about, from 1, or 0 for a folder or an archive.
    ///   - message: The remark, for people.
    public init(_ code: Code, file: String, line: Int, message: String) {
        self.code = code
        self.file = file
        self.line = line
        self.message = message
    }
}

extension ImportNote: Encodable, CustomStringConvertible {
    private enum CodingKeys: CodingKey {
        case file, line, message
    }

    /// The place and the remark.
    public var description: String {
        line == 0 ? "\(file): \(message)" : "\(file):\(line): \(message)"
    }
}
