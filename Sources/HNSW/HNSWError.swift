/// An error of a ``VectorIndex``: a vector, key or argument that it does not accept, or a file that it cannot read or
/// write.
public struct HNSWError: Error, Sendable, CustomStringConvertible {
    /// The kinds of failure that a caller may want to tell apart.
    public enum Code: Hashable, Sendable {
        /// A vector does not have as many components as the index has dimensions.
        case dimensionMismatch
        /// A component is NaN or infinite, or the squared length of the vector exceeds the range of a float.
        case notFinite
        /// A component is too large for the element type of the index.
        case outOfRange
        /// The index already has a vector under the key.
        case duplicateKey
        /// The index has no vector under the key.
        case unknownKey
        /// `k`, `ef`, a recall, a radius, a number of threads, queries or dimensions, a parameter of the graph, or the
        /// room for results is outside its range.
        case invalidArgument
        /// The index would have more than 2³¹ − 2 vectors.
        case tooManyVectors
        /// The surrounding `Task` was cancelled, or a `progress` closure asked to stop. The index is as it was.
        case cancelled
        /// The file cannot be opened, or it is no index.
        case cannotOpen
        /// A newer version of this library wrote the file.
        case newerVersion
        /// A version of this library wrote the file that this one no longer reads.
        case olderVersion
        /// The contents of the file differ from what was written.
        case damagedFile
        /// The file cannot be written.
        case cannotWrite
    }

    /// The kind of failure.
    public let code: Code

    /// What failed, on what, why, and what to do.
    public let message: String

    /// The error of the layer below, if it caused this one.
    public let cause: (any Error)?

    init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// The message.
    public var description: String { message }
}
