import SystemCalls

/// What is wrong with a file of vectors.
public struct VectorFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: Hashable, Sendable {
        /// The file is not there, may not be read, or is no file.
        case cannotRead
        /// The file cannot be written.
        case cannotWrite
        /// The file is in no format that is read, or in none that is written.
        case unknownFormat
        /// Its numbers are of a type that is not read, or their array has another shape than rows of vectors.
        case notVectors
        /// The file contradicts itself: it is cut short, for instance.
        case damaged
    }

    /// The kind of failure.
    public let code: Code
    /// The path of the file, as it was given.
    public let path: String
    /// What failed, on what file, why, and what to do.
    public let message: String

    init(_ code: Code, path: String, _ message: String) {
        self.code = code
        self.path = path
        self.message = message
    }

    /// The message.
    public var description: String { message }
}

// MARK: - Messages

extension VectorFileError {
    /// A file that cannot be read as vectors: the reason is the part of a sentence, the remedy a sentence.
    static func reading(_ path: String, _ code: Code, _ reason: String, _ remedy: String = "") -> VectorFileError {
        let message = "Cannot read vectors from '\(path)': \(reason)."
        return VectorFileError(code, path: path, remedy.isEmpty ? message : "\(message) \(remedy)")
    }

    /// A file that the system does not give.
    static func reading(_ path: String, _ error: SystemError) -> VectorFileError {
        .reading(path, .cannotRead, systemMessage(error.number))
    }

    /// The line of Python that makes a file anew of what NumPy reads from it.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - call: What is called on the array, such as `.astype('float32')`.
    ///   - loading: The expression that gives the array; `nil` for what `numpy.load` gives.
    ///   - condition: When to do so; `nil` for always.
    /// - Returns: A sentence.
    static func conversion(
        of path: String, _ call: String, loading: String? = nil, if condition: String? = nil
    ) -> String {
        let name = pythonString(path)
        let start = condition.map { "If \($0), convert" } ?? "Convert"
        return "\(start) it with numpy.save(\(name), \(loading ?? "numpy.load(\(name))")\(call))."
    }

    /// A text as a literal of Python.
    static func pythonString(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("'", with: "\\'").replacing("\n", with: "\\n")
        return "'\(escaped)'"
    }
}
