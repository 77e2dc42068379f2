/// An error in reading or writing the files of a test collection.
public struct RetrievalEvaluationError: Error {
    /// What went wrong, for a program to decide on.
    public enum Code: Hashable, Sendable {
        /// The file is absent or could not be read.
        case cannotRead
        /// The file could not be written.
        case cannotWrite
        /// The folder has no judgments of the split.
        case missingSplit
        /// A line is not of the file's format.
        case malformedLine
        /// A line repeats what an earlier one says.
        case repeatedLine
        /// The file holds no query or no judgment.
        case empty
        /// A name is empty or has white space in it, which the format cannot hold.
        case unwritableName
    }

    /// What went wrong.
    public let code: Code

    /// The path of the file.
    public let file: String

    /// The line of the file, from 1, if one line is the cause.
    public let line: Int?

    /// What failed, why, and what to do about it, without the file and the line.
    public let message: String

    /// The error of the system, if one was the cause.
    public let cause: (any Error)?

    init(_ code: Code, file: String, line: Int? = nil, message: String, cause: (any Error)? = nil) {
        self.code = code
        self.file = file
        self.line = line
        self.message = message
        self.cause = cause
    }
}

extension RetrievalEvaluationError: CustomStringConvertible {
    /// The file, the line and the message.
    public var description: String {
        let place = line.map { "\(file), line \($0)" } ?? file
        return "\(place): \(message)"
    }
}
