import Akin
import AkinAgents
import Foundation
import Hummingbird
import LibraryEncoders
import Papers
import Ranking
import SentenceEncoder
import TextEncoding

/// Vectors of texts in the shape of OpenAI's API, <https://platform.openai.com/docs/api-reference/embeddings>, so that
/// programs written for it get the vectors of a library's space.
enum EmbeddingOperations {
    static let all = [embed, models]

    private static let embed = APIOperation(
        method: .post, path: "/v1/embeddings", name: "embed", summary: "Make vectors of texts.",
        details: "The model is the name of a library; `akin` stands for the first. `LIBRARY/SPACE` is the sentence "
            + "encoder of a space, which takes the texts as papers, and `LIBRARY/SPACE/query` as questions. Vectors "
            + "have length 1, or 0 for a text of no word that the model knows.",
        body: APIOperation.Body(
            description: "The texts.",
            schema: .object(
                name: "EmbeddingRequest",
                [
                    JSONSchema.Property(name: "input", schema: .either([.string, .list(.string, least: 1)])),
                    JSONSchema.Property(name: "model", schema: .string, isRequired: false),
                    JSONSchema.Property(
                        name: "encoding_format", schema: .choice(["float", "base64"]), isRequired: false),
                    JSONSchema.Property(name: "dimensions", schema: .positive, isRequired: false),
                    JSONSchema.Property(name: "user", schema: .string, isRequired: false),
                ], isClosed: true)),
        answer: .json("The vectors, in the order of the texts.", embeddingsSchema), errors: [404, 409, 413, 415, 422],
        isOfLibrary: false
    ) { call in
        let request = try EmbeddingRequest(await call.jsonBody(upTo: longestBody))
        let model = try EmbeddingModel(named: request.model)
        let isUsual = model.library == Self.usualModel && !call.server.libraries.contains { $0.name == Self.usualModel }
        let served = try call.server.library(named: isUsual ? nil : model.library)
        let models = call.server.models
        let list = try await call.server.engine(served.library) { library in
            try EmbeddingList(
                vectors(of: request.texts, model, library, models), of: request,
                model: served.name + model.suffix)
        }
        return try .json(list)
    }

    private static func vectors(
        of texts: [String], _ model: EmbeddingModel, _ library: Library, _ models: OpenModels
    ) throws -> [Embedding] {
        if let space = model.space {
            let encoder = try models.encoder(of: library.rememberedEncoder(of: space))
            return try encoder.encode(texts, as: model.role).map(\.normalized)
        }
        guard try library.paperCount() > 0 else {
            throw Problem(.conflict, "The library '\(model.library)' holds no papers, and so has no model yet.")
        }
        return try library.encoder().embed(texts.map { Paper(title: "", abstract: $0) })
    }

    private static let longestBody = 16 << 20

    /// The model of requests that name none.
    static let usualModel = "akin"

    private static let embeddingsSchema = JSONSchema.object(
        name: "EmbeddingList",
        [
            JSONSchema.Property(name: "object", schema: .choice(["list"])),
            JSONSchema.Property(
                name: "data",
                schema: .list(
                    .object(
                        name: "Embedding",
                        [
                            JSONSchema.Property(name: "object", schema: .choice(["embedding"])),
                            JSONSchema.Property(name: "index", schema: .integer),
                            JSONSchema.Property(name: "embedding", schema: .either([.list(.number), .string])),
                        ]))),
            JSONSchema.Property(name: "model", schema: .string),
            JSONSchema.Property(name: "usage", schema: reportSchema(EmbeddingList.Usage.self)),
        ])

    private static let models = APIOperation(
        method: .get, path: "/v1/models", name: "models",
        summary: "List the models: the libraries that are served, and the sentence encoders that they remember.",
        answer: .json("The models.", reportSchema(ModelList.self)), isOfLibrary: false
    ) { call in
        var names = [usualModel] + call.server.libraries.map(\.name).filter { $0 != usualModel }
        for served in call.server.libraries {
            names += try await call.server.engine(served.library) { library in
                try library.rememberedEncoders().map { "\(served.name)/\($0.space)" }
            }
        }
        return try .json(ModelList(data: names.map { ModelList.Model(id: $0) }))
    }
}

/// What the name of a model says: `LIBRARY`, `LIBRARY/SPACE` or `LIBRARY/SPACE/query`.
struct EmbeddingModel: Sendable {
    let library: String
    let space: SpaceName?
    let role: TextRole

    init(named name: String) throws(Problem) {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        library = parts[0]
        space = parts.count > 1 ? SpaceName(rawValue: parts[1]) : nil
        role = parts.count > 2 ? .query : .document
        guard parts.count == 1 || space != nil && space != .latentSemantics, parts.count < 3 || parts[2] == "query",
            parts.count < 4
        else { throw .invalid("model", "takes LIBRARY, LIBRARY/SPACE or LIBRARY/SPACE/query") }
    }

    /// What stands behind the library's name.
    var suffix: String { space.map { "/\($0)" + (role == .query ? "/query" : "") } ?? "" }
}

extension Embedding {
    /// The vector with length 1; zeros stay.
    fileprivate var normalized: Embedding {
        let length = components.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length > 0 ? Embedding(components.map { $0 / length }) : self
    }
}

/// What to make vectors of.
struct EmbeddingRequest: Sendable {
    let texts: [String]
    let model: String
    let isBase64: Bool
    /// The first dimensions to keep; `nil` keeps all. The first say most in this space.
    let dimensions: Int?

    private static let mostTexts = 2_048
    private static let longestText = 200_000

    init(_ body: [String: JSONValue]) throws(Problem) {
        try body.checkKeys(["input", "model", "encoding_format", "dimensions", "user"])
        let values = body["input"].map { $0.array ?? [$0] } ?? []
        let texts = values.compactMap(\.string)
        guard !texts.isEmpty, texts.count == values.count, texts.count <= Self.mostTexts else {
            throw .invalid("input", "takes a text or a list of at most \(Self.mostTexts) texts; tokens are not taken")
        }
        guard texts.allSatisfy({ $0.utf8.count <= Self.longestText }) else {
            throw .invalid("input", "has a text of more than \(Self.longestText) bytes")
        }
        self.texts = texts
        switch body["model"] {
        case nil: model = EmbeddingOperations.usualModel
        case .string(let name)?: model = name
        default: throw .invalid("model", "takes a text")
        }
        switch body["encoding_format"] {
        case nil, .string("float"): isBase64 = false
        case .string("base64"): isBase64 = true
        default: throw .invalid("encoding_format", "takes float or base64")
        }
        switch body["dimensions"] {
        case nil, .null: dimensions = nil
        case let value?:
            guard let count = value.integer, count > 0 else { throw .invalid("dimensions", "takes a number from 1 up") }
            dimensions = count
        }
    }
}

/// Vectors in OpenAI's shape.
struct EmbeddingList: Encodable, Sendable {
    struct Entry: Encodable, Sendable {
        var object = "embedding"
        var index: Int
        var embedding: Vector
    }

    /// A vector as numbers, or as the bytes of its numbers (float32, the lowest byte first) in base 64.
    enum Vector: Encodable, Sendable {
        case numbers([Float])
        case base64(String)

        func encode(to encoder: any Encoder) throws {
            switch self {
            case .numbers(let numbers): try numbers.encode(to: encoder)
            case .base64(let text): try text.encode(to: encoder)
            }
        }
    }

    /// The words of the texts stand for tokens: the model has no others.
    struct Usage: Codable, Sendable {
        var prompt_tokens: Int
        var total_tokens: Int
    }

    var object = "list"
    var data: [Entry]
    var model: String
    var usage: Usage

    init(_ vectors: [Embedding], of request: EmbeddingRequest, model: String) throws(Problem) {
        let width = vectors.first?.components.count ?? 0
        if let dimensions = request.dimensions, dimensions > width {
            throw Problem(.unprocessableContent, "This space has \(width) dimensions, not \(dimensions).")
        }
        data = vectors.enumerated().map { index, vector in
            let numbers = Self.shortened(vector.components, to: request.dimensions ?? width)
            return Entry(index: index, embedding: request.isBase64 ? .base64(Self.base64(numbers)) : .numbers(numbers))
        }
        self.model = model
        let words = request.texts.reduce(0) { $0 + $1.split(whereSeparator: \.isWhitespace).count }
        usage = Usage(prompt_tokens: words, total_tokens: words)
    }

    /// The first components, with length 1 again.
    private static func shortened(_ vector: [Float], to count: Int) -> [Float] {
        guard count < vector.count else { return vector }
        let prefix = vector.prefix(count)
        let length = prefix.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length > 0 ? prefix.map { $0 / length } : Array(prefix)
    }

    private static func base64(_ numbers: [Float]) -> String {
        var bytes = Data(capacity: numbers.count * 4)
        for number in numbers {
            let bits = number.bitPattern
            for shift in stride(from: 0, to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: bits >> shift)) }
        }
        return bytes.base64EncodedString()
    }
}

/// The models in OpenAI's shape.
struct ModelList: Codable, Sendable {
    struct Model: Codable, Sendable {
        var id: String
        var object = "model"
        var created = 0
        var owned_by = "akin"
    }

    var object = "list"
    var data: [Model]
}
