/// An error in fitting, opening or writing a model.
///
/// Tell errors apart by their ``code``. The ``message`` is for people: what failed, on what, why, and what to do.
public struct LatentSemanticsError: Error, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: Hashable, Sendable {
        /// There are no documents to fit a model on.
        case noDocuments
        /// No term of the documents lies within the bounds on document frequency.
        case noTerms
        /// A parameter lies outside its range.
        case invalidParameter
        /// The vocabulary is too large for a model.
        case tooLarge
        /// The singular value decomposition failed.
        case decompositionFailed
        /// The model file cannot be opened or read.
        case cannotRead
        /// The file is not a model's.
        case notAModel
        /// The file's format version is newer than those that this build reads.
        case newerVersion
        /// The file's format version is older than those that this build reads. The model must be fitted again.
        case olderVersion
        /// The model file is truncated, or its content contradicts itself.
        case damaged
        /// The model file cannot be written.
        case cannotWrite
        /// The texts cannot be analyzed by the model's settings: they were made by other rules or another stemmer.
        case settingsDiffer
        /// The call was stopped, by its closure or because its task was cancelled.
        case cancelled
    }

    /// What kind of failure this is.
    public let code: Code

    /// What failed, on what, why, and what to do about it.
    public let message: String

    /// The error of the layer below that led to this one, if there was one.
    public let cause: (any Error)?

    init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// The ``message``.
    public var description: String { message }
}
