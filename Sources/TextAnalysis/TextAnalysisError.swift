/// The error of this module.
public struct TextAnalysisError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of failure it was.
    public struct Code: Hashable, Sendable {
        private let name: String

        /// The system's libstemmer has no algorithm for the language, or there is no libstemmer and it is not English.
        public static let languageUnavailable = Code(name: "languageUnavailable")

        /// The settings were made with other rules or another stemmer, so terms of today would not match theirs.
        public static let settingsDiffer = Code(name: "settingsDiffer")
    }

    /// What kind of failure it was.
    public let code: Code

    /// What failed, on what, why, and what to do.
    public let message: String

    /// The message.
    public var description: String { message }
}
