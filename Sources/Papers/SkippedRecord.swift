/// A record of a file that is no paper, and why.
///
/// Encoded, it has the keys `file`, `line` and `reason`.
public struct SkippedRecord: Hashable, Sendable {
    /// What was wrong with the record, for code to tell apart.
    public enum Code: String, Hashable, Sendable {
        /// It is not the JSON it should be.
        case notJSON
        /// It is JSON, and not an object.
        case notAnObject
        /// A field holds something of another type than it should.
        case wrongType
        /// It is not UTF-8.
        case notUTF8
        /// It has neither a title nor an abstract.
        case noTitleAndNoAbstract
        /// It is longer than 16 MB.
        case tooLong
        /// An abstract without a title where the format has titles.
        case noTitle
    }

    /// What was wrong with the record.
    public let code: Code

    /// The file, as it was named.
    public let file: String

    /// The line on which the record begins, from 1.
    public let line: Int

    /// What was wrong with the record, in words.
    public let reason: String

    /// Creates the description of a skipped record.
    public init(_ code: Code, file: String, line: Int, reason: String) {
        self.code = code
        self.file = file
        self.line = line
        self.reason = reason
    }
}

extension SkippedRecord: Encodable, CustomStringConvertible {
    private enum CodingKeys: CodingKey {
        case file, line, reason
    }

    /// Where the record is, and why it was skipped.
    public var description: String {
        "\(file):\(line): \(reason)"
    }
}

/// Something that an importer did with a record or a file which its reader may want to know; nothing was lost but what
/// it says.
///
/// Encoded, it has the keys `file`, `line` and `message`.
public struct ImportNote: Hashable, Sendable {
    /// What was done, for code to tell apart.
    public enum Code: String, Hashable, Sendable {
        /// A year that is not four digits was dropped; the paper was kept without it.
        case yearDropped
        /// Lines of a page that no abstract follows were taken for its furniture.
        case linesLeftOut
    }

    /// What was done.
    public let code: Code

    /// The file, as it was named.
    public let file: String

    /// The line that it is about, from 1.
    public let line: Int

    /// What was done, in words.
    public let message: String

    /// Creates a note.
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

    /// Where it is, and what was done.
    public var description: String {
        "\(file):\(line): \(message)"
    }
}
