import EncoderTestSupport
import Foundation
import SentenceEncoder
import TestSupport
import Testing
import TextEncoding

@Suite("Vectors of tokens, without a network")
struct StaticModelTests {
    /// The vector of token *t* is (*t*, 1, *t*²).
    private static let dimensions = 3
    private static let rows = TokenizerFiles().vocabulary.indices.map { [Float($0), 1, Float($0 * $0)] }

    /// A folder as model2vec writes it.
    private static func model2Vec(normalizes: Bool = false) -> ModelFiles {
        var files = ModelFiles()
        for name in files.objects.keys where name != "tokenizer.json" { files.objects[name] = nil }
        files.objects["config.json"] =
            ["model_type": "model2vec", "architectures": ["StaticModel"], "normalize": normalizes] as [String: Any]
        files.tensors = TensorBytes()
        files.tensors.add("embeddings", shape: [rows.count, dimensions], rows.flatMap(\.self))
        return files
    }

    /// A folder as sentence-transformers writes one.
    private static func sentenceTransformers(in folder: String) -> ModelFiles {
        var files = ModelFiles()
        let tokenizer = files.objects["tokenizer.json"]
        files.objects = [
            "modules.json": [
                ModelFiles.module(folder, "sentence_transformers.models.StaticEmbedding"),
                ModelFiles.module("1_Normalize", "sentence_transformers.models.Normalize"),
            ]
        ]
        files.objects[folder.isEmpty ? "tokenizer.json" : folder + "/tokenizer.json"] = tokenizer
        files.tensors = TensorBytes()
        files.tensors.add("embedding.weight", shape: [rows.count, dimensions], rows.flatMap(\.self))
        return files
    }

    private static func encoder(
        _ files: ModelFiles, dimensions: Int? = nil, weightsIn subfolder: String = ""
    ) throws -> SentenceEncoder {
        try TemporaryFolder.with { folder in
            try files.write(to: folder)
            if !subfolder.isEmpty {
                try FileManager.default.moveItem(
                    atPath: folder + "/model.safetensors", toPath: folder + "/\(subfolder)/model.safetensors")
            }
            return try SentenceEncoder(
                contentsOf: URL(filePath: folder), options: SentenceEncoder.Options(dimensions: dimensions))
        }
    }

    private static func vector(_ encoder: SentenceEncoder, _ text: String) throws -> [Float] {
        try encoder.encode([text], as: .document)[0].components
    }

    @Test
    func `a text has the mean of its tokens, and unknown words count nothing`() throws {
        let encoder = try Self.encoder(Self.model2Vec())
        #expect(encoder.identity.dimensions == 3)
        // the, em, ##bed, ##ding, ##s: 5 to 9.
        #expect(try Self.vector(encoder, "The embeddings") == [7, 1, (25 + 36 + 49 + 64 + 81) / 5])
        #expect(try Self.vector(encoder, "The unheard") == [5, 1, 25])
        #expect(try Self.vector(encoder, "unheard") == [0, 0, 0])
        #expect(try Self.vector(encoder, "") == [0, 0, 0])
    }

    @Test
    func `vectors are scaled if the folder says so, and cut if that is asked for`() throws {
        let encoder = try Self.encoder(Self.model2Vec(normalizes: true), dimensions: 2)
        let vector = try Self.vector(encoder, "the")
        let length = Float(26).squareRoot()
        #expect(vector.count == 2 && abs(vector[0] - 5 / length) < 1e-6 && abs(vector[1] - 1 / length) < 1e-6)
    }

    @Test
    func `a text ends where the model's limit is`() throws {
        var files = Self.model2Vec()
        files.set("config.json", "max_length", 2)
        #expect(try Self.vector(Self.encoder(files), "a the em em em") == [(10 + 5) / 2, 1, (100 + 25) / 2])
    }

    @Test(arguments: ["", "0_StaticEmbedding"])
    func `the layout of sentence-transformers counts unknown words`(folder: String) throws {
        let encoder = try Self.encoder(Self.sentenceTransformers(in: folder), weightsIn: folder)
        let sum: [Float] = [5 + 1, 2, 25 + 1]
        let length = sum.reduce(0) { $0 + $1 * $1 }.squareRoot()
        for (own, wanted) in zip(try Self.vector(encoder, "the unheard"), sum) {
            #expect(abs(own - wanted / length) < 1e-6)
        }
    }

    @Test
    func `a text's own vector judges it best`() throws {
        let encoder = try Self.encoder(Self.model2Vec())
        let judgments = try encoder.judgments(
            of: ["the", "a", "the the"], for: [QuestionPart("the", role: .query)])
        #expect(judgments[0] > judgments[1] && abs(judgments[0] - judgments[2]) < 1e-6)
    }

    @Test
    func `what cannot be used is refused by its name`() throws {
        func refusal(_ alter: (inout ModelFiles) -> Void) throws -> EncoderError? {
            var files = Self.model2Vec()
            alter(&files)
            do {
                _ = try Self.encoder(files)
                return nil
            } catch let error as EncoderError {
                return error
            }
        }
        let mapped = try refusal { $0.tensors.add("mapping", shape: [1], [0]) }
        #expect(mapped?.code == .unsupported && mapped?.message.contains("'mapping'") == true)
        let small = try refusal {
            $0.tensors = TensorBytes()
            $0.tensors.add("embeddings", shape: [2, 3], [1, 2, 3, 4, 5, 6])
        }
        #expect(small?.code == .inconsistent)
        let absent = try refusal {
            $0.tensors = TensorBytes()
            $0.tensors.add("other", shape: [1], [0])
        }
        #expect(absent?.code == .missing)
        #expect(try refusal { $0.objects["tokenizer.json"] = nil }?.code == .missing)
    }
}
