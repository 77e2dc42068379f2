import Akin
import ArgumentParser
import NumPyFiles
import Ranking
import TextEncoding

/// The flags that give papers vectors of an encoder that Akin does not have.
struct VectorOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            A NumPy file (.npy) of floats with a row for each paper of the files, in their order: the vectors that \
            another encoder made.
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
        let matrix = try NumPyMatrix(givenIn: vectors)
        return GivenVectors(
            space: space,
            encoder: EncoderIdentity(name: encoder ?? space.rawValue, dimensions: matrix.columnCount),
            rows: (0..<matrix.rowCount).map { Embedding(matrix.row($0)) })
    }
}

extension NumPyMatrix {
    /// Reads vectors that a person gave.
    ///
    /// - Throws: `AkinError` with code `unreadableInput`.
    init(givenIn path: String) throws(AkinError) {
        do throws(NumPyFileError) {
            try self.init(readingFrom: path)
        } catch {
            throw AkinError(.unreadableInput, error.message, cause: error)
        }
    }
}
