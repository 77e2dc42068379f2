import Akin
import ArgumentParser
import Ranking
import TextEncoding
import VectorFiles

/// The flags that give papers vectors of an encoder that Akin does not have.
struct VectorOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            A file of vectors with a row for each paper of the files, in their order, which another encoder made: \
            .npy of floats, .fvecs, .bvecs or .ivecs.
            """,
            valueName: "file"
        )
    )
    var vectors: String?

    @Option(help: ArgumentHelp("The vector space that the vectors belong to, such as minilm.", valueName: "name"))
    var space: SpaceName?

    @Option(
        help: ArgumentHelp(
            "What made the vectors, with its version. Default: the name of the space.", valueName: "name"))
    var encoder: String?

    func validate() throws {
        if vectors != nil, space == nil {
            throw ValidationError("--vectors needs --space NAME: the vector space that they belong to.")
        }
        if vectors == nil, space != nil || encoder != nil {
            throw ValidationError("--space and --encoder go with --vectors FILE.")
        }
    }

    /// The vectors; `nil` if none were given.
    ///
    /// - Throws: `AkinError` with code `unreadableInput`.
    func given() throws(AkinError) -> GivenVectors? {
        guard let vectors, let space else { return nil }
        let file = try VectorFile(givenIn: vectors)
        return GivenVectors(
            space: space, encoder: EncoderIdentity(name: encoder ?? space.rawValue, dimensions: file.dimensions),
            rows: try file.embeddings(), origin: vectors)
    }
}

extension VectorFile {
    /// Opens a file of vectors that a person gave.
    ///
    /// - Throws: `AkinError` with code `unreadableInput`.
    convenience init(givenIn path: String, acceptsOneDimension: Bool = false) throws(AkinError) {
        do throws(VectorFileError) {
            try self.init(path: path, acceptsOneDimension: acceptsOneDimension)
        } catch {
            throw AkinError(.unreadableInput, error.message, cause: error)
        }
    }

    /// The vectors, read some at a time.
    ///
    /// - Throws: `AkinError` with code `unreadableInput`.
    func embeddings() throws(AkinError) -> [Embedding] {
        var embeddings: [Embedding] = []
        do {
            try forEachBatch { _, components in
                for start in stride(from: 0, to: components.count, by: dimensions) {
                    embeddings.append(Embedding(Array(components[start..<start + dimensions])))
                }
            }
        } catch let error as VectorFileError {
            throw AkinError(.unreadableInput, error.message, cause: error)
        } catch {
            throw AkinError(translating: error)
        }
        return embeddings
    }
}
