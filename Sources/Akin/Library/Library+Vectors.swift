import LatentSemantics
import PaperStore
public import Papers
import ParallelLoops
public import Ranking
import TextAnalysis
public import TextEncoding

// MARK: - Vectors out

extension Library {
    /// Calls `body` with the vectors that papers have in a space, in the order in which the papers were added.
    ///
    /// ```swift
    /// try library.forEachVector { id, vector in print(id, vector.components); return true }
    /// ```
    ///
    /// A paper without a vector does not come. In the library's own space this is a paper of no known word. The vectors
    /// are read piece by piece, so that a slow `body` holds up nobody who changes the library. If a refit comes
    /// between, the later pieces are of another space: compare ``LibraryInfo/generation`` before and after.
    ///
    /// - Parameters:
    ///   - space: The space. The default is the library's own.
    ///   - filter: The papers.
    ///   - body: Called with the id of a paper and its vector, which has the length 1. It returns whether it wants
    ///     more.
    /// - Throws: `AkinError`: `spaceNotFound`; `damaged` if a file cannot be read.
    /// - Complexity: O(*n* · *d*) for *n* papers and *d* dimensions.
    public func forEachVector(
        in space: SpaceName = .latentSemantics, matching filter: PaperFilter = PaperFilter(),
        _ body: (_ id: String, _ vector: Embedding) -> Bool
    ) throws(AkinError) {
        let (keys, ids) = try readPapers { papers in
            guard try space == .latentSemantics || papers.spaces().contains(where: { $0.name == space.rawValue })
            else { throw AkinError(noSpace: space, amongThoseOf: papers) }
            let keys = try papers.keys(matching: filter)
            return (keys, try papers.ids(forKeys: keys))
        }
        for start in stride(from: 0, to: keys.count, by: Self.vectorsAtOnce) {
            let places = start..<min(keys.count, start + Self.vectorsAtOnce)
            let vectors = try read { papers, generation in
                try places.map { place in
                    // A paper whose text changes gets another key.
                    let key = try papers.key(forID: ids[place]) ?? keys[place]
                    return generation?.index.vectors(of: [UnitKey(key)], in: space)[0]
                }
            }
            for (place, vector) in zip(places, vectors) {
                guard let vector, vector.contains(where: { $0 != 0 }) else { continue }
                if !body(ids[place], Embedding(vector)) { return }
            }
        }
    }

    private static let vectorsAtOnce = 1_000
}

// MARK: - Vectors of other papers

/// What turns papers into vectors as a library does: by a fitted model of latent semantics.
///
/// The vectors of one model compare by their cosines. The title of a paper counts more than its abstract, as it does
/// in a library.
public struct PaperEncoder: Sendable {
    private let model: LatentSemanticModel
    private let analyzer: Analyzer

    /// The model, with its number of dimensions.
    public var identity: EncoderIdentity { model.identity }

    /// Opens the model in a file, as `akin train` writes it.
    ///
    /// - Throws: `AkinError`: `unreadableInput` if the file cannot be read or is no model; `damaged`, `olderVersion`,
    ///   `newerVersion`.
    public init(modelAt path: String) throws(AkinError) {
        try self.init(LatentSemanticModel(givenAt: path))
    }

    fileprivate init(_ model: LatentSemanticModel) throws(AkinError) {
        self.model = model
        analyzer = try akinError { try Analyzer(model.settings) }
    }

    /// The vectors of papers, in their order.
    ///
    /// - Parameters:
    ///   - papers: The papers.
    ///   - threads: The most threads to use; `nil`, the default, is one for each core.
    /// - Returns: A vector of length 1 for each paper; of zeros for a paper of no word that the model knows.
    /// - Throws: `AkinError` with code `invalidArgument` for a number of threads that cannot be.
    /// - Complexity: O(*n* · *d*) for *n* terms in all texts and *d* dimensions.
    public func embed(_ papers: [Paper], threads: Int? = nil) throws(AkinError) -> [Embedding] {
        try validate(threads: threads)
        return try akinError {
            let counts = analyzer.countTerms(documentCount: papers.count, threads: threads ?? availableCores) {
                PaperText(papers[$0]).fields()
            }
            let rows = try model.embed(counts, threads: threads)
            return papers.indices.map { Embedding(Array(rows.row($0))) }
        }
    }
}

extension Library {
    /// The library's own model, which makes vectors of papers that the library does not have.
    ///
    /// - Throws: `AkinError`: `noLibrary` if the library has no model, because it has no papers; `damaged`.
    public func encoder() throws(AkinError) -> PaperEncoder {
        let model = try read { _, generation in generation?.index.model }
        guard let model else {
            throw AkinError(
                .noLibrary, "The library '\(path)' has no model yet: it holds no papers.", remedy: .addPapers)
        }
        return try PaperEncoder(model)
    }
}
