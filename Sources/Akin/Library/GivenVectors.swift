import PaperStore
import Papers
public import Ranking
public import TextEncoding

/// Vectors that are given with papers, because their encoder lies outside of the library.
public struct GivenVectors: Sendable, Hashable {
    /// The space that they belong to.
    public var space: SpaceName
    /// What made them.
    public var encoder: EncoderIdentity
    /// A vector for each record, in the order of the records.
    public var rows: [Embedding]
    /// Where they come from, for the messages of errors: the path of a file, for instance.
    public var origin: String?

    /// Creates vectors of a space.
    public init(space: SpaceName, encoder: EncoderIdentity, rows: [Embedding], origin: String? = nil) {
        self.space = space
        self.encoder = encoder
        self.rows = rows
        self.origin = origin
    }

    /// The end of "the vectors" in a message.
    var ofOrigin: String { origin.map { " of '\($0)'" } ?? "" }
}

/// A vector space of a library.
public struct LibrarySpace: Sendable, Hashable {
    /// The name.
    public var name: SpaceName
    /// What makes its vectors; `nil` for the space that the library learned from its papers.
    public var encoder: EncoderIdentity?
    /// The number of components of a vector.
    public var dimensions: Int
    /// The number of papers that have a vector in it.
    public var paperCount: Int
}

// MARK: - Checks

extension GivenVectors {
    /// Checks the space, the encoder and every vector.
    ///
    /// - Throws: `AkinError` with code `invalidArgument`.
    func validate() throws(AkinError) {
        try encoder.validate(for: space)
        for (row, vector) in rows.enumerated() { try vector.validate(for: encoder, "row \(row)\(ofOrigin)") }
    }
}

extension EncoderIdentity {
    /// The most dimensions of a space, as many as an index takes.
    private static let largestDimensions = 65_535

    /// Checks that vectors of this encoder may be given for a space.
    ///
    /// - Throws: `AkinError` with code `invalidArgument`.
    func validate(for space: SpaceName) throws(AkinError) {
        guard space != .latentSemantics else {
            throw AkinError(
                .invalidArgument,
                "Cannot give vectors for the space '\(space)', which a library learns from its papers. Choose another "
                    + "name.")
        }
        for text in [name, version] where text.utf8.count > 200 || text.unicodeScalars.contains(where: \.isControl) {
            throw AkinError(
                .invalidArgument,
                "Cannot take the name and the version of an encoder: each has 200 bytes at most, and no control signs.")
        }
        guard !name.isEmpty else { throw AkinError(.invalidArgument, "Cannot take an encoder without a name.") }
        guard (1...Self.largestDimensions).contains(dimensions) else {
            throw AkinError(
                .invalidArgument,
                "Cannot keep vectors of \(dimensions) dimensions: a space has 1 to \(Self.largestDimensions).")
        }
    }
}

extension Embedding {
    /// Checks that this may be a vector of an encoder.
    ///
    /// - Parameters:
    ///   - encoder: The encoder.
    ///   - place: Where it stands, for the message.
    /// - Throws: `AkinError` with code `invalidArgument`.
    func validate(for encoder: EncoderIdentity, _ place: @autoclosure () -> String) throws(AkinError) {
        guard dimensions == encoder.dimensions else {
            throw AkinError(
                .invalidArgument,
                "Cannot take the vector of \(place()): it has \(dimensions) components, and '\(encoder.name)' makes "
                    + "\(encoder.dimensions).")
        }
        guard components.allSatisfy(\.isFinite) else {
            throw AkinError(.invalidArgument, "Cannot take the vector of \(place()): it is not finite.")
        }
        guard !isZero else {
            throw AkinError(.invalidArgument, "Cannot take the vector of \(place()): all its components are 0.")
        }
    }
}

// MARK: - Storing

extension PaperStore.Writer {
    /// Enters a space, unless the store has it.
    ///
    /// - Returns: Whether the space is new.
    /// - Throws: `AkinError` with code `invalidArgument` if the space has vectors of another encoder.
    func enter(_ space: SpaceName, of encoder: EncoderIdentity) throws -> Bool {
        if let known = try spaces().first(where: { $0.name == space.rawValue }) {
            guard known.identity == encoder else {
                throw AkinError(
                    .invalidArgument,
                    "Cannot give vectors of \(encoder) for the space '\(space)': it has vectors of \(known.identity). "
                        + "Choose another name, or remove the space first.")
            }
            return false
        }
        try setSpace(
            .init(
                name: space.rawValue, encoder: encoder.name, version: encoder.version, dimensions: encoder.dimensions))
        return true
    }

    /// Stores vectors of papers in a space.
    ///
    /// - Returns: The papers whose vectors changed.
    /// - Throws: `AkinError`; `PaperStoreError`.
    func store(
        _ vectors: some Sequence<(key: PaperKey, vector: Embedding)>, in space: SpaceName,
        as form: StoredVector.Form = .floats
    ) throws -> PaperKeySet {
        var changed = PaperKeySet()
        for (key, vector) in vectors
        where try setVector(StoredVector(vector.components, as: form), forKey: key, in: space.rawValue) {
            changed.insert(key)
        }
        return changed
    }
}

extension Unicode.Scalar {
    fileprivate var isControl: Bool { properties.generalCategory == .control }
}
