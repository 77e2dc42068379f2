import Akin
import ArgumentParser
import Foundation
import Ranking
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
                folder: URL(filePath: folder).standardizedFileURL.path(percentEncoded: false), precision: precision,
                dimensions: dimensions, queryPrompt: queryPrompt, documentPrompt: documentPrompt)
        }
    }
}

/// Which encoder made the vectors of a space, and how it is opened: what a library remembers of it.
struct RememberedEncoder: Codable, Hashable {
    /// The absolute path of the model's folder.
    var folder: String
    var precision: EncoderPrecision
    var dimensions: Int?
    var queryPrompt: String?
    var documentPrompt: String?
    /// When it encodes new papers; `nil` is later.
    var newPapers: EncodingTime?

    /// Opens the encoder.
    ///
    /// - Throws: `EncoderError`.
    func opened(threads: Int?) throws(EncoderError) -> SentenceEncoder {
        try SentenceEncoder(
            contentsOf: URL(filePath: folder, directoryHint: .isDirectory),
            options: SentenceEncoder.Options(
                precision: precision, dimensions: dimensions, queryPrompt: queryPrompt,
                documentPrompt: documentPrompt, threads: threads))
    }

    /// The space that is named after the model, if its name makes one: `All-MiniLM-L6-v2` is `all-minilm-l6-v2`.
    var usualSpace: SpaceName? {
        let name = URL(filePath: folder, directoryHint: .isDirectory).lastPathComponent.lowercased()
        let isSign = { (letter: Character) in letter.isASCII && (letter.isLetter || letter.isNumber) }
        let spelled = String(name.map { isSign($0) ? $0 : "-" }.drop { !$0.isLetter }.prefix(32))
        return SpaceName(rawValue: spelled).flatMap { $0 == .latentSemantics ? nil : $0 }
    }
}

// MARK: - What a library remembers

extension Library {
    /// The encoders that the library remembers, by their spaces, ascending by name.
    ///
    /// - Throws: `AkinError`.
    func rememberedEncoders() throws(AkinError) -> [(space: SpaceName, encoder: RememberedEncoder)] {
        var encoders: [(space: SpaceName, encoder: RememberedEncoder)] = []
        for space in try spaces() where space.encoder != nil {
            guard let note = try encoderNote(of: space.name),
                let encoder = try? JSONDecoder().decode(RememberedEncoder.self, from: Data(note.utf8))
            else { continue }
            encoders.append((space.name, encoder))
        }
        return encoders
    }

    /// Remembers the encoder of a space.
    ///
    /// - Throws: `AkinError`.
    func remember(_ encoder: RememberedEncoder, of space: SpaceName) throws {
        let json = JSONEncoder()
        json.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try setEncoderNote(String(decoding: try json.encode(encoder), as: UTF8.self), of: space)
    }

    /// The encoder that the library remembers of a space, or of the only space that has one.
    ///
    /// - Throws: `AkinError` with code `spaceNotFound` if there is none, and `invalidArgument` if there are several.
    func rememberedEncoder(
        of space: SpaceName?
    ) throws(AkinError) -> (space: SpaceName, encoder: RememberedEncoder) {
        let known = try rememberedEncoders()
        let chosen = space.map { space in known.filter { $0.space == space } } ?? known
        guard let first = chosen.first else {
            throw AkinError(
                .spaceNotFound,
                "The library remembers no encoder" + (space.map { " of the space '\($0)'" } ?? "")
                    + ". akin encode --encoder FOLDER lets one make vectors of all papers.")
        }
        guard chosen.count == 1 else {
            throw AkinError(
                .invalidArgument,
                "The library remembers several encoders. Name the space of one: "
                    + chosen.map(\.space.rawValue).joined(separator: ", ") + ".")
        }
        return first
    }
}
