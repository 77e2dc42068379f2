import EncoderTestSupport
import Foundation
import SentenceEncoder
import TestSupport
import Testing
import TextEncoding

@Suite("Encoders of sentences and of pairs")
struct SentenceEncoderTests {
    /// Calls a function with the folder of a model.
    @discardableResult
    private static func with<Result>(_ files: ModelFiles, _ body: (URL) throws -> Result) throws -> Result {
        try TemporaryFolder.with { folder in
            try files.write(to: folder)
            return try body(URL(filePath: folder, directoryHint: .isDirectory))
        }
    }

    private static let texts = ["the embedding", "a", "", "embeddings of the embeddings"]

    @Test
    func `a text has the vector that the network gives its tokens`() throws {
        try Self.with(ModelFiles(isCrossEncoder: false)) { folder in
            let encoder = try SentenceEncoder(
                contentsOf: folder, options: SentenceEncoder.Options(precision: .float32))
            let tokenizer = try WordPieceTokenizer(contentsOf: folder)
            let rows = try RandomWeights(shape: ModelFiles.shape, seed: ModelFiles.seed).network(.float32).embeddings(
                of: Self.texts.map { tokenizer.tokens(of: $0, limit: 16) }, pooling: .mean, dimensions: 8,
                normalizes: true, threads: 1)
            let vectors = try encoder.encode(Self.texts, as: .document)
            #expect(vectors.flatMap(\.components) == rows)
        }
    }

    @Test
    func `prompts, dimensions and precision count, and make another version`() throws {
        try Self.with(ModelFiles(isCrossEncoder: false)) { folder in
            let usual = try SentenceEncoder(contentsOf: folder)
            let prompted = try SentenceEncoder(
                contentsOf: folder, options: SentenceEncoder.Options(queryPrompt: "the "))
            let query = try prompted.encode(["embedding"], as: .query)
            #expect(query == (try usual.encode(["the embedding"], as: .query)))
            let document = try prompted.encode(["embedding"], as: .document)
            #expect(document == (try usual.encode(["embedding"], as: .document)))
            let exact = try SentenceEncoder(
                contentsOf: folder, options: SentenceEncoder.Options(precision: .float32, dimensions: 4))
            #expect(try exact.encode(["a"], as: .query)[0].components.count == 4)
            #expect(exact.identity.dimensions == 4 && usual.identity.dimensions == 8)
            #expect(Set([usual, prompted, exact].map(\.identity.version)).count == 3)
            #expect(try SentenceEncoder(contentsOf: folder).identity == usual.identity)
        }
    }

    @Test
    func `files without a classifier compare no texts`() throws {
        var files = ModelFiles(isCrossEncoder: false)
        files.set("config.json", "architectures", ["BertForSequenceClassification"])
        files.set("config.json", "id2label", ["0": "LABEL_0"])
        try Self.with(files) { folder in
            let error = #expect(throws: EncoderError.self) { try CrossEncoder(contentsOf: folder) }
            #expect(error?.message.contains("'classifier.weight'") == true)
        }
    }

    @Test(arguments: [false, true])
    func `weights that give no numbers are refused`(isCrossEncoder: Bool) throws {
        var files = ModelFiles(isCrossEncoder: isCrossEncoder)
        // The gain of the first normalization in the file: its bytes are those of 3e38.
        let name = (isCrossEncoder ? "bert." : "") + "encoder.layer.0.output.LayerNorm.weight"
        let entry = try #require(files.tensors.entries.first { $0.name == name })
        let start = try #require(Int(entry.offsets.dropFirst().prefix { $0.isNumber }))
        let huge = (0..<4).map { UInt8(truncatingIfNeeded: Float(3e38).bitPattern >> (8 * UInt32($0))) }
        files.tensors.data.replaceSubrange(start..<start + 32, with: (0..<8).flatMap { _ in huge })
        try Self.with(files) { folder in
            let error = #expect(throws: EncoderError.self) {
                if isCrossEncoder {
                    _ = try CrossEncoder(contentsOf: folder)
                } else {
                    _ = try SentenceEncoder(contentsOf: folder)
                }
            }
            #expect(error?.code == .damaged)
        }
    }

    @Test
    func `a prompt has to leave room for a text, and threads are counted`() throws {
        try Self.with(ModelFiles(isCrossEncoder: false)) { folder in
            let long = String(repeating: "the ", count: 20)
            for options in [
                SentenceEncoder.Options(documentPrompt: long), SentenceEncoder.Options(threads: .max),
                SentenceEncoder.Options(threads: 0),
            ] {
                #expect(throws: EncoderError.self) { try SentenceEncoder(contentsOf: folder, options: options) }
            }
            let many = try SentenceEncoder(contentsOf: folder, options: SentenceEncoder.Options(threads: 1_024))
            #expect(try many.encode(["a"], as: .query).count == 1)
            let renamed = try SentenceEncoder(contentsOf: folder, options: SentenceEncoder.Options(name: "other"))
            #expect(renamed.identity.name == "other" && renamed.identity.version == many.identity.version)
        }
    }

    @Test
    func `one model is not taken for the other kind`() throws {
        try Self.with(ModelFiles(isCrossEncoder: false)) { folder in
            #expect(throws: EncoderError.self) { try CrossEncoder(contentsOf: folder) }
        }
        try Self.with(ModelFiles(isCrossEncoder: true)) { folder in
            #expect(throws: EncoderError.self) { try SentenceEncoder(contentsOf: folder) }
        }
    }

    @Test(arguments: [0, 9, -1])
    func `dimensions that a vector does not have are refused`(dimensions: Int) throws {
        try Self.with(ModelFiles(isCrossEncoder: false)) { folder in
            let error = #expect(throws: EncoderError.self) {
                try SentenceEncoder(contentsOf: folder, options: SentenceEncoder.Options(dimensions: dimensions))
            }
            #expect(error?.message.contains("\(dimensions)") == true)
        }
    }

    @Test
    func `a cross-encoder reads a question with each text`() throws {
        try Self.with(ModelFiles(isCrossEncoder: true)) { folder in
            let judge = try CrossEncoder(contentsOf: folder, precision: .float32)
            let scores = try judge.scores(of: Self.texts, for: "the embedding")
            #expect(scores.count == Self.texts.count && scores.allSatisfy(\.isFinite))
            // A text's number does not depend on the others.
            #expect(try judge.scores(of: [Self.texts[3]], for: "the embedding") == [scores[3]])
            #expect(try judge.scores(of: Self.texts, for: "a") != scores)
            #expect(try judge.scores(of: [], for: "a") == [])
        }
    }

    @Test
    func `missing weights are named`() throws {
        var files = ModelFiles(isCrossEncoder: false)
        let name = "encoder.layer.1.output.dense.bias"
        let place = try #require(files.tensors.entries.firstIndex { $0.name == name })
        files.tensors.entries[place].name = "other"
        try Self.with(files) { folder in
            let error = #expect(throws: EncoderError.self) { try SentenceEncoder(contentsOf: folder) }
            #expect(error?.message.contains(name) == true)
        }
    }
}
