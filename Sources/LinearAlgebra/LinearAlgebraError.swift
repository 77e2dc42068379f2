/// Why a matrix was refused or a factorization failed.
public struct LinearAlgebraError: Error, CustomStringConvertible {
    /// The kinds of failure, for code that reacts to them.
    public enum Code: Hashable, Sendable {
        /// The counts of a matrix do not fit its arrays, or two matrices do not fit each other.
        case shapeMismatch

        /// The row pointers or column indices of a sparse matrix are out of order or out of bounds.
        case invalidStructure

        /// A value is NaN or infinite, or a result would be.
        case notFinite

        /// A parameter is outside its range.
        case invalidParameter

        /// LAPACK refused an argument or did not converge; ``LinearAlgebraError/cause`` holds its code.
        case factorizationFailed

        /// The call was stopped, by its closure or because its task was cancelled.
        case cancelled
    }

    /// The kind of failure.
    public let code: Code

    /// What failed, on what, why, and what to do.
    public let message: String

    /// The code that LAPACK returned, when it was LAPACK that failed.
    public let cause: LAPACKFailure?

    init(_ code: Code, _ message: String, cause: LAPACKFailure? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// The message, and LAPACK's code behind it.
    public var description: String {
        cause.map { "\(message) (\($0))" } ?? message
    }
}

/// A routine of LAPACK and the code it returned.
public struct LAPACKFailure: Error, Hashable, CustomStringConvertible {
    /// The routine, such as `sgesdd`.
    public let routine: String

    /// LAPACK's `info`: negative is the number of a refused argument, positive a failure to converge. -1010 and -1011
    /// mean that memory ran out.
    public let info: Int

    /// The routine and its code.
    public var description: String { "LAPACK's \(routine) returned \(info)" }
}
