import ArgumentParser
import LibraryEncoders
import SentenceEncoder

/// The flags that open a sentence encoder from a model's folder.
struct EncoderOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            The folder of a model, such as all-MiniLM-L6-v2: config.json, model.safetensors and a tokenizer. Default: \
            the one that the library remembers.
            """,
            valueName: "folder"))
    var encoder: String?

    @Option(help: "The numbers that the encoder computes with: int8 is fast, float32 is exact.")
    var precision = EncoderPrecision.int8

    @Option(
        help: ArgumentHelp(
            "The components of a vector to keep, the first ones, for models that were trained for it.",
            valueName: "count"))
    var dimensions: Int?

    @Option(help: ArgumentHelp("What stands before a question. Default: what the folder says.", valueName: "text"))
    var queryPrompt: String?

    @Option(help: ArgumentHelp("What stands before a paper. Default: what the folder says.", valueName: "text"))
    var documentPrompt: String?

    /// What was given; `nil` if no folder was.
    var given: RememberedEncoder? {
        encoder.map { folder in
            RememberedEncoder(
                folder: folder, precision: precision, dimensions: dimensions, queryPrompt: queryPrompt,
                documentPrompt: documentPrompt)
        }
    }
}
