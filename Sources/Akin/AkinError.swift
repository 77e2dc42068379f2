/// What went wrong in a library, on what, why, and what to do about it.
public struct AkinError: Error, Sendable, CustomStringConvertible {
    /// The kinds of failure that a caller can act on.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The code's name, stable between versions and printed by the command line under `--json`.
        public let rawValue: String

        /// Creates the code of a name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// There is no library in the folder.
        public static let noLibrary = Self(rawValue: "noLibrary")
        /// Another process is changing the library.
        public static let locked = Self(rawValue: "locked")
        /// A file of the library is missing, cut short or altered.
        public static let damaged = Self(rawValue: "damaged")
        /// The library was written by a newer version of Akin.
        public static let newerVersion = Self(rawValue: "newerVersion")
        /// The library was written by an older version of Akin.
        public static let olderVersion = Self(rawValue: "olderVersion")
        /// No paper answers to the name.
        public static let paperNotFound = Self(rawValue: "paperNotFound")
        /// Several papers answer to the name.
        public static let ambiguousPaper = Self(rawValue: "ambiguousPaper")
        /// A file to add could not be read, or held nothing that is a paper.
        public static let unreadableInput = Self(rawValue: "unreadableInput")
        /// The disk has no room for what was asked.
        public static let noSpace = Self(rawValue: "noSpace")
        /// The folder cannot be written to.
        public static let cannotWrite = Self(rawValue: "cannotWrite")
        /// A value lies outside what the function accepts.
        public static let invalidArgument = Self(rawValue: "invalidArgument")
        /// A part below the engine failed; the cause says which.
        public static let internalFailure = Self(rawValue: "internalFailure")
    }

    /// The kind of failure.
    public let code: Code
    /// One or two sentences for a person: what failed, on what, why, and what to do.
    public let message: String
    /// The error of the part that failed first, where there was one.
    public let cause: (any Error)?

    /// Creates an error.
    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// The message.
    public var description: String { message }
}
