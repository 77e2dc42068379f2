/// A record of a file that is not a paper, and the reason.
///
/// Encoded, it has the keys `file`, `line` and `reason`.
public struct SkippedRecord: Hashable, Sendable {
    /// The reasons that code can tell apart.
    public enum Code: String, Hashable, Sendable {
        /// The record should be JSON and is not.
        case notJSON
        /// The record is JSON and not an object.
        case notAnObject
        /// A field has a value of the wrong type.
        case wrongType
        /// The record is not UTF-8.
        case notUTF8
        /// The record has neither a title nor an abstract.
        case noTitleAndNoAbstract
        /// The record is longer than 16 MB.
        case tooLong
        /// The record breaks the rules of its format, so that nobody can tell where its parts end.
        case malformed
        /// The format has titles, and this abstract has none.
        case noTitle
        /// The record should be XML, and its tags do not match, or the file ends before they do.
        case notXML
        /// The record is whole and describes no paper: a note, a file, or an error that a service answered with.
        case notAPaper
    }

    /// The reason, for code.
    public let code: Code

    /// The path of the file, as the caller wrote it.
    public let file: String

    /// The line on which the record begins. The first line of a file is 1.
    public let line: Int

    /// The reason, for people.
    public let reason: String

    /// Creates the report of a record.
    ///
    /// - Parameters:
    ///   - code: The reason, for code.
    ///   - file: The path of the file, as the caller wrote it.
    ///   - line: The line on which the record begins, from 1.
    ///   - reason: The reason, for people.
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

    /// The place of the record and the reason: `papers.jsonl:17: neither a title nor an abstract`.
    public var description: String {
        "\(file):\(line): \(reason)"
    }
}
