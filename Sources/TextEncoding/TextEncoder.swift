/// What turns texts into vectors, such that texts on the same subject lie close together.
///
/// ```swift
/// struct Mine: TextEncoder {
///     let identity = EncoderIdentity(name: "my-encoder", version: "1", dimensions: 384)
///
///     func embeddings(of texts: [String], as role: TextRole) async throws -> [Embedding] {
///         try await service.vectors(of: texts.map { role == .query ? "query: " + $0 : $0 }).map { Embedding($0) }
///     }
/// }
/// ```
///
/// A batch has as many embeddings as texts, in their order, each with the dimensions of ``identity``. Only directions
/// count: lengths do not matter.
public protocol TextEncoder: Sendable {
    /// What the encoder is. Vectors of encoders that differ in it do not compare.
    var identity: EncoderIdentity { get }

    /// Encodes texts.
    ///
    /// - Parameters:
    ///   - texts: The texts of a batch.
    ///   - role: What the texts are. Some encoders put a prompt before questions.
    /// - Returns: An embedding for each text, in their order.
    /// - Throws: What the encoder throws. Whoever called it stops then, and loses nothing of the earlier batches.
    func embeddings(of texts: [String], as role: TextRole) async throws -> [Embedding]
}

/// What a text is to an encoder.
public enum TextRole: Hashable, Sendable {
    /// A text that is kept and found.
    case document
    /// A question.
    case query
}

/// What an encoder is.
public struct EncoderIdentity: Hashable, Codable, Sendable {
    /// The encoder's name, such as that of its model.
    public var name: String
    /// The version. It changes with everything that alters a vector.
    public var version: String
    /// The number of components of each vector, at least 1.
    public var dimensions: Int

    /// Creates an identity.
    public init(name: String, version: String = "", dimensions: Int) {
        self.name = name
        self.version = version
        self.dimensions = dimensions
    }
}

extension EncoderIdentity: CustomStringConvertible {
    /// The encoder as a sentence has it: `'minilm', version '2', 384 dimensions`.
    public var description: String {
        "'\(name)'" + (version.isEmpty ? "" : ", version '\(version)'") + ", \(dimensions) dimensions"
    }
}

/// The vector of a text.
public struct Embedding: Hashable, Sendable {
    /// The components.
    public let components: [Float]

    /// Creates the embedding of components.
    public init(_ components: [Float]) {
        self.components = components
    }

    /// The number of components.
    public var dimensions: Int { components.count }

    /// Whether it points nowhere: the vector of a text that the encoder makes nothing of.
    public var isZero: Bool { components.allSatisfy { $0 == 0 } }

    /// The cosine with another embedding, from −1 to 1; 0 if either points nowhere.
    ///
    /// - Precondition: Both have the same dimensions.
    /// - Complexity: O(``dimensions``).
    public func cosine(with other: Embedding) -> Float {
        precondition(
            dimensions == other.dimensions,
            "an embedding of \(dimensions) dimensions has no cosine with one of \(other.dimensions)")
        var (product, own, others) = (0.0, 0.0, 0.0)
        for (first, second) in zip(components, other.components) {
            product += Double(first) * Double(second)
            own += Double(first) * Double(first)
            others += Double(second) * Double(second)
        }
        return own > 0 && others > 0 ? Float(product / (own * others).squareRoot()) : 0
    }
}
