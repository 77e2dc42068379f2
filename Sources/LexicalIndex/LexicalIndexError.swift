package import MappedFiles

/// What went wrong with a lexical index: on writing or on opening it. A search does not fail.
public struct LexicalIndexError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure that a caller may want to tell apart.
    public enum Code: Hashable, Sendable {
        /// The file cannot be opened: it is absent, or of another kind.
        case cannotOpen
        /// The file's format version is newer than those that this build reads.
        case newerVersion
        /// The file's format version is older than those that this build reads. The index must be written again.
        case olderVersion
        /// The file does not hold what was written, or ends too early.
        case damaged
        /// The file cannot be written.
        case cannotWrite
        /// The collection has more postings, terms or text than the format can count.
        case tooLarge
        /// A number, a key or a term is out of its range.
        case invalidArgument
    }

    /// The kind of failure.
    public let code: Code

    /// What failed, on what, why, and what to do: one or two sentences for people.
    public let message: String

    /// What the file said, where the failure is one of files.
    package let cause: MappedFileError?

    init(_ code: Code, _ message: String, cause: MappedFileError? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// A failure to open or read a file.
    init(reading cause: MappedFileError) {
        let code: Code =
            switch cause.code {
            case .newerVersion: .newerVersion
            case .olderVersion: .olderVersion
            case .empty, .truncated, .damagedHeader, .damagedSection, .missingSection: .damaged
            case .cannotOpen, .notThisKind, .cannotWrite, .noSpace, .cannotLock: .cannotOpen
            }
        self.init(code, cause.message, cause: cause)
    }

    /// A failure to write a file.
    init(writing cause: MappedFileError) {
        self.init(.cannotWrite, cause.message, cause: cause)
    }

    /// The message.
    public var description: String { message }
}
