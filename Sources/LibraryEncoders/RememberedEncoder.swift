package import Akin
import Foundation
package import Ranking
package import SentenceEncoder
package import TextEncoding

/// Which encoder made the vectors of a space, and how it is opened: what a library remembers of it.
package struct RememberedEncoder: Codable, Hashable, Sendable {
    /// The absolute path of the model's folder.
    package var folder: String
    package var precision: EncoderPrecision
    package var dimensions: Int?
    package var queryPrompt: String?
    package var documentPrompt: String?
    /// What its space calls the model, where the folder has another name now.
    package var name: String?
    /// When it encodes new papers; `nil` is later.
    package var newPapers: EncodingTime?

    package init(
        folder: String, precision: EncoderPrecision = .int8, dimensions: Int? = nil, queryPrompt: String? = nil,
        documentPrompt: String? = nil
    ) {
        self.folder = URL(filePath: folder).standardizedFileURL.path(percentEncoded: false)
        self.precision = precision
        self.dimensions = dimensions
        self.queryPrompt = queryPrompt
        self.documentPrompt = documentPrompt
    }

    /// The space that is named after the model, if its name makes one: `All-MiniLM-L6-v2` is `all-minilm-l6-v2`.
    package var usualSpace: SpaceName? {
        let name = URL(filePath: folder, directoryHint: .isDirectory).lastPathComponent.lowercased()
        let isSign = { (letter: Character) in letter.isASCII && (letter.isLetter || letter.isNumber) }
        let spelled = String(name.map { isSign($0) ? $0 : "-" }.drop { !$0.isLetter }.prefix(32))
        return SpaceName(rawValue: spelled).flatMap { $0 == .latentSemantics ? nil : $0 }
    }
}

/// When the encoders that a library remembers encode new papers.
package enum EncodingTime: String, Codable, CaseIterable, Sendable {
    /// By the command that adds them.
    case now
    /// By `akin encode`; the command that adds them says that they wait.
    case later
    /// Not, and nothing is said.
    case never
}

extension Library {
    /// The encoders that the library remembers, by their spaces, ascending by name.
    ///
    /// - Throws: `AkinError`, with code `damaged` for what is no encoder of this build.
    package func rememberedEncoders() throws(AkinError) -> [SpaceEncoder] {
        var encoders: [SpaceEncoder] = []
        for (space, identity, note) in try encoderNotes() {
            guard let note else { continue }
            guard let encoder = try? JSONDecoder().decode(RememberedEncoder.self, from: Data(note.utf8)) else {
                throw AkinError(
                    .damaged,
                    "Cannot read what the library remembers of the encoder of the space '\(space)'. Name its folder "
                        + "again: akin encode --space \(space) --encoder FOLDER.")
            }
            encoders.append(SpaceEncoder(space: space, identity: identity, encoder: encoder))
        }
        return encoders
    }

    /// Makes the library have a space of an encoder, and remembers the encoder.
    ///
    /// - Throws: `AkinError`, as `encode(in:with:batchSize:threads:progress:)`.
    package func enter(
        _ space: SpaceName, of encoder: SentenceEncoder, remembering remembered: RememberedEncoder
    ) throws {
        try enter(space, of: encoder.identity, note: remembered.note)
    }

    /// Remembers the encoder of a space.
    ///
    /// - Throws: `AkinError`.
    package func remember(_ encoder: RememberedEncoder, of space: SpaceName) throws {
        try setEncoderNote(encoder.note, of: space)
    }

    /// The encoder that the library remembers of a space, or of the only space that has one.
    ///
    /// - Throws: `AkinError` with code `spaceNotFound` if there is none, and `invalidArgument` if there are several.
    package func rememberedEncoder(of space: SpaceName?) throws(AkinError) -> SpaceEncoder {
        try rememberedEncoders().only(of: space)
    }
}

extension [SpaceEncoder] {
    /// The encoder of a space, or of the only space that has one.
    ///
    /// - Throws: `AkinError` with code `spaceNotFound` if there is none, and `invalidArgument` if there are several.
    func only(of space: SpaceName?) throws(AkinError) -> SpaceEncoder {
        let chosen = space.map { space in filter { $0.space == space } } ?? self
        guard let first = chosen.first else {
            throw AkinError(
                .spaceNotFound,
                "The library remembers no encoder" + (space.map { " of the space '\($0)'" } ?? "")
                    + ". akin encode --encoder FOLDER lets one make vectors of all papers.")
        }
        guard chosen.count == 1 else {
            throw AkinError(
                .invalidArgument,
                "The library remembers several encoders. Say which one, by --encoder and the name of its space: "
                    + chosen.map(\.space.rawValue).joined(separator: ", ") + ".")
        }
        return first
    }
}

/// The encoder that made the vectors of a space.
package struct SpaceEncoder: Sendable {
    package var space: SpaceName
    package var identity: EncoderIdentity
    package var encoder: RememberedEncoder
}

extension RememberedEncoder {
    /// What a library keeps of the encoder.
    fileprivate var note: String {
        let json = JSONEncoder()
        json.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? json.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}
