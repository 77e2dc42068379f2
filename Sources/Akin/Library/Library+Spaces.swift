import HNSW
import LatentSemantics
import PaperStore
import Papers
public import Ranking
public import TextEncoding

// MARK: - Vector spaces

extension Library {
    /// The vector spaces of the library: the one that it learned, if its papers have terms, and those whose vectors
    /// were given, by their names.
    ///
    /// - Throws: `AkinError` with code `damaged` if the store or the generation in force cannot be read.
    public func spaces() throws(AkinError) -> [LibrarySpace] {
        try ask { papers, indexed in try Self.spaces(of: papers, indexed) }
    }

    /// The vector spaces of a state of a library.
    static func spaces(of papers: PaperStore.Reader, _ indexed: IndexedPapers?) throws -> [LibrarySpace] {
        let learned = try indexed?.model.map { model in
            LibrarySpace(
                name: .latentSemantics, encoder: nil, dimensions: model.rank, paperCount: try papers.paperCount())
        }
        let given = try papers.spaces().compactMap { space in
            try SpaceName(rawValue: space.name).map { name in
                LibrarySpace(
                    name: name, encoder: space.identity, dimensions: space.dimensions,
                    paperCount: try papers.vectorCount(in: space.name))
            }
        }
        return (learned.map { [$0] } ?? []) + given
    }

    /// Gives vectors to papers of the library, in place of those that they have in the space.
    ///
    /// A paper keeps its vector until its title, abstract or keywords change, or until it gets another one. A paper
    /// without a vector is found by its words.
    ///
    /// - Parameters:
    ///   - vectors: A vector for each id or alternate id. Of several ids of one paper, the last one counts.
    ///   - space: The space. It is made if the library does not have it.
    ///   - encoder: What made the vectors.
    ///   - threads: The most threads to use; `nil`, the default, is one for each core.
    /// - Returns: The number of papers whose vectors changed.
    /// - Throws: `AkinError`: `paperNotFound` for an id that the library does not have (nothing is changed then);
    ///   `invalidArgument` for a vector that is not finite, is 0 or has other dimensions than the encoder's, and if the
    ///   space has vectors of another encoder; and what `remove(ids:skippingUnknown:threads:)` throws.
    /// - Complexity: A transaction, and indexing anew the segments that hold the papers.
    @discardableResult
    public func setVectors(
        _ vectors: [String: Embedding], in space: SpaceName, of encoder: EncoderIdentity, threads: Int? = nil
    ) throws(AkinError) -> Int {
        try validate(threads: threads)
        try encoder.validate(for: space)
        for (id, vector) in vectors { try vector.validate(for: encoder, "'\(id)'") }
        var count = 0
        try change("embed", threads: threads) { store in
            let isNew = try store.enter(space, of: encoder)
            // Of several ids of one paper, the last one counts.
            let keyed = try vectors.sorted { $0.key < $1.key }
                .map { (key: try store.requiredKey(forID: $0.key), vector: $0.value) }
            let changed = try store.store(keyed, in: space)
            count = changed.count
            return LibraryChange(vectorKeys: count > 0 ? [space.rawValue: changed] : [:], changesSpaces: isNew)
        }
        return count
    }

    /// What a program wants to remember of the encoder of a space, such as where its model lies; `nil` if nothing.
    ///
    /// - Throws: `AkinError` with code `damaged` if the store cannot be read.
    public func encoderNote(of space: SpaceName) throws(AkinError) -> String? {
        try readPapers { try $0.setting(Self.encoderNoteSetting(space)) }
    }

    /// Remembers something of the encoder of a space.
    ///
    /// - Throws: `AkinError`: `spaceNotFound`; and what `remove(ids:skippingUnknown:threads:)` throws.
    public func setEncoderNote(_ note: String?, of space: SpaceName) throws(AkinError) {
        let writer = try writer(for: "encode")
        let (store, lock) = (writer.store, writer.lock)
        try akinError {
            try store.write { papers in
                guard try papers.spaces().contains(where: { $0.name == space.rawValue }) else {
                    throw AkinError(noSpace: space, amongThoseOf: papers)
                }
                try papers.setSetting(Self.encoderNoteSetting(space), to: note)
                try lock.check()
            }
        }
    }

    /// The spaces whose vectors were given, by their names, with what is remembered of their encoders.
    ///
    /// - Throws: `AkinError` with code `damaged` if the store cannot be read.
    package func encoderNotes() throws(AkinError) -> [(space: SpaceName, encoder: EncoderIdentity, note: String?)] {
        try readPapers { papers in
            try papers.spaces().compactMap { space in
                guard let name = SpaceName(rawValue: space.name) else { return nil }
                return (name, space.identity, try papers.setting(Self.encoderNoteSetting(name)))
            }
        }
    }

    private static func encoderNoteSetting(_ space: SpaceName) -> String { "encoder \(space)" }

    /// Removes a space whose vectors were given, with all its vectors.
    ///
    /// - Throws: `AkinError`: `spaceNotFound`; `invalidArgument` for the space that the library learned; and what
    ///   `remove(ids:skippingUnknown:threads:)` throws.
    public func removeSpace(_ space: SpaceName) throws(AkinError) {
        guard space != .latentSemantics else {
            throw AkinError(.invalidArgument, "Cannot remove the space '\(space)', which the library learns itself.")
        }
        try change("remove") { store in
            guard try store.spaces().contains(where: { $0.name == space.rawValue }) else {
                throw AkinError(noSpace: space, amongThoseOf: store)
            }
            try store.removeSpace(space.rawValue)
            try store.setSetting(Self.encoderNoteSetting(space), to: nil)
            return LibraryChange(changesSpaces: true)
        }
    }
}

extension AkinError {
    /// The error about a space that the library does not have.
    init(noSpace space: SpaceName, amongThoseOf papers: PaperStore.Reader) {
        let names = [SpaceName.latentSemantics.rawValue] + ((try? papers.spaces().map(\.name)) ?? [])
        self.init(
            .spaceNotFound,
            "The library has no vector space '\(space)'. It has "
                + names.map { "'\($0)'" }.joined(separator: ", ") + ".")
    }
}
