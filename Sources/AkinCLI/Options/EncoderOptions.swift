import ArgumentParser
import Foundation
import LibraryEncoders
import SentenceEncoder

/// The flags that open a sentence encoder from a model's folder.
struct EncoderOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            The folder of a model, such as all-MiniLM-L6-v2: config.json, model.safetensors and a tokenizer. Models \
            of the BERT kind are read, and vectors of tokens as model2vec saves them.
            """,
            valueName: "folder"))
    var encoder: String?

    @Option(help: "The numbers that the encoder computes with: int8 is fast, float32 is exact. Default: int8.")
    var precision: EncoderPrecision?

    @Option(
        help: ArgumentHelp(
            "The components of a vector to keep, the first ones, for models that were trained for it.",
            valueName: "count"))
    var dimensions: Int?

    @Option(help: ArgumentHelp("What stands before a question. Default: what the folder says.", valueName: "text"))
    var queryPrompt: String?

    @Option(help: ArgumentHelp("What stands before a paper. Default: what the folder says.", valueName: "text"))
    var documentPrompt: String?

    func validate() throws {
        if encoder == nil, precision != nil || dimensions != nil || queryPrompt != nil || documentPrompt != nil {
            throw ValidationError("--precision, --dimensions and the prompts are those of an --encoder FOLDER.")
        }
    }

    /// The files of the folder.
    var files: [String] {
        guard let encoder else { return [] }
        return (FileManager.default.enumerator(atPath: encoder)?.compactMap { $0 as? String } ?? [])
            .map { encoder + "/" + $0 }
    }

    /// What was given; `nil` if no folder was.
    var given: RememberedEncoder? {
        encoder.map { folder in
            RememberedEncoder(
                folder: folder, precision: precision ?? .int8, dimensions: dimensions, queryPrompt: queryPrompt,
                documentPrompt: documentPrompt)
        }
    }
}
