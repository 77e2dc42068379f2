package import MappedFiles

/// What went wrong with a lexical index: on writing or on opening it. A search does not fail.
package struct LexicalIndexError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure that a caller may want to tell apart.
    package enum Code: Hashable, Sendable {
        /// The file cannot be opened: it is absent, of another kind or version, or cut short.
        case cannotOpen
        /// The file does not hold what was written.
        case damaged
        /// The file cannot be written.
        case cannotWrite
        /// The collection has more postings, terms or text than the format can count.
        case tooLarge
    }

    /// The kind of failure.
    package let code: Code

    /// What failed, on what, why, and what to do: one or two sentences for people.
    package let message: String

    /// What the file said, where the failure is one of files.
    package let cause: MappedFileError?

    init(_ code: Code, _ message: String, cause: MappedFileError? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// A failure to open or read a file.
    init(reading cause: MappedFileError) {
        let isDamage = [.damagedHeader, .damagedSection, .missingSection].contains(cause.code)
        self.init(isDamage ? .damaged : .cannotOpen, cause.message, cause: cause)
    }

    /// A failure to write a file.
    init(writing cause: MappedFileError) {
        self.init(.cannotWrite, cause.message, cause: cause)
    }

    package var description: String { message }
}
