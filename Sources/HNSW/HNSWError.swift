/// What went wrong with an index: a vector or key that it cannot take, or a file that it cannot read or write.
public struct HNSWError: Error, Sendable, CustomStringConvertible {
    /// The kinds of failure that a caller may want to tell apart.
    public enum Code: Hashable, Sendable {
        /// A vector has another number of components than the index.
        case dimensionMismatch
        /// A component is NaN or infinite, or the vector is so long that its squared length is no finite float.
        case notFinite
        /// A component is too large for the element type of the index.
        case outOfRange
        /// There is a vector under the key already.
        case duplicateKey
        /// There is no vector under the key.
        case unknownKey
        /// The index would have more than 2³¹ − 2 vectors.
        case tooManyVectors
        /// The file cannot be opened, or is no index.
        case cannotOpen
        /// The file was written by a newer version of this library.
        case newerVersion
        /// The file does not hold what was written.
        case damagedFile
        /// The file cannot be written.
        case cannotWrite
    }

    /// The kind of failure.
    public let code: Code

    /// What failed, on what, why, and what to do.
    public let message: String

    /// The error of the layer below, where there is one.
    public let cause: (any Error)?

    init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// The message.
    public var description: String { message }
}
