/// Why packed bytes cannot be unpacked.
package struct GzipError: Error, Hashable, Sendable {
    /// What went wrong, for a program to decide on.
    package enum Code: Hashable, Sendable {
        /// The bytes are not those of gzip, or they were changed.
        case damaged
        /// The bytes end in the middle of a member.
        case truncated
        /// The unpacked bytes would be more than the caller accepts.
        case tooLong
        /// There is no memory for the decoder.
        case outOfMemory
    }

    /// What went wrong.
    package let code: Code

    /// What is wrong, as the end of a sentence that names the file.
    package let message: String

    /// The error of bytes that end in the middle of a member.
    package static let truncated = GzipError(code: .truncated, message: "its gzip data ends too early")
}
