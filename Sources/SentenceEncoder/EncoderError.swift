/// Why a model's folder was refused or a text could not be encoded.
public struct EncoderError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure, for code that reacts to them.
    public enum Code: Hashable, Sendable {
        /// The system refused to read a file or folder.
        case unreadable

        /// A file, a setting or a tensor that a model needs is not there.
        case missing

        /// A file does not hold what its format promises, or contradicts itself.
        case damaged

        /// The files of the folder contradict each other.
        case inconsistent

        /// The folder is sound, and holds a model of a kind that this library does not run.
        case unsupported
    }

    /// The kind of failure.
    public let code: Code

    /// What failed, on what file and place, why, and what to do.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}

extension EncoderError {
    /// A file that does not hold what its format promises.
    static func damaged(_ path: String, _ problem: String) -> EncoderError {
        EncoderError(.damaged, "Cannot read '\(path)': \(problem). Copy it again from where the model comes from.")
    }

    /// A model of a kind that this library does not run.
    ///
    /// - Parameters:
    ///   - path: The file that says so.
    ///   - problem: What is not supported, by its name.
    ///   - remedy: What is supported instead, as a sentence.
    /// - Returns: The error.
    static func unsupported(
        _ path: String, _ problem: String, _ remedy: String = EncoderError.supportedModels
    ) -> EncoderError {
        EncoderError(.unsupported, "Cannot use the model of '\(path)': \(problem). \(remedy)")
    }

    /// A cross-encoder where vectors are wanted.
    package static func hasNoVectors(_ path: String) -> EncoderError {
        .unsupported(path, "it compares texts and has no vectors", "Give the folder of a model of sentences.")
    }

    /// Weights that are numbers and give none.
    static func givesNoNumbers(_ path: String) -> EncoderError {
        .damaged(path, "its weights are so large that no numbers come out")
    }

    /// Files that contradict each other.
    static func inconsistent(_ path: String, _ problem: String, _ remedy: String) -> EncoderError {
        EncoderError(.inconsistent, "Cannot use the model of '\(path)': \(problem). \(remedy)")
    }

    /// One sentence on the supported models.
    static let supportedModels =
        "Supported are models of type 'bert' with absolute positions and a WordPiece tokenizer, such as "
        + "all-MiniLM-L6-v2, bge-small-en-v1.5 and e5-small-v2, and vectors of tokens as model2vec saves them."
}
