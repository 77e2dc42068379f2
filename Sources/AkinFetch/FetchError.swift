/// The reason why a fetch ended before it was done.
struct FetchError: Error, CustomStringConvertible {
    /// The reasons that code can tell apart.
    enum Code {
        /// The service cannot be reached, or does not answer.
        case noAnswer
        /// The service answered that it cannot or will not do what it was asked for.
        case refused
        /// The answer is not what the service's documentation says.
        case malformedAnswer
        /// The papers to read or to write cannot be read or written.
        case file
        /// There is nothing to ask for.
        case nothingToAsk
    }

    /// The reason, for code.
    let code: Code

    /// What failed and why, without a full stop.
    let message: String

    /// What to do about it, a sentence.
    let remedy: String

    /// The message and the remedy.
    var description: String { "\(message). \(remedy)" }

    init(_ code: Code, _ message: String, remedy: String) {
        self.code = code
        self.message = message
        self.remedy = remedy
    }
}

/// Standard output is a pipe that nobody reads any more.
struct BrokenPipe: Error {}
