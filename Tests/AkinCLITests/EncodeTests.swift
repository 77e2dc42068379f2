import EncoderTestSupport
import Foundation
import TestSupport
import Testing

@Suite("akin encode, and what its vectors are for")
struct EncodeTests {
    /// A folder with a library of three papers and a model.
    private static func with(_ body: (_ folder: String, _ library: String) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            let library = folder + "/library"
            let papers = ["the embedding of a text", "embeddings", "a text"].enumerated().map {
                #"{"id": "p\#($0)", "title": "\#($1)", "abstract": "We look at the \#($1) here."}"# + "\n"
            }
            try papers.joined().write(toFile: folder + "/papers.jsonl", atomically: true, encoding: .utf8)
            try papers.map { $0.replacing("\"p", with: "\"q").replacing("title\": \"", with: "title\": \"More on ") }
                .joined().write(toFile: folder + "/more.jsonl", atomically: true, encoding: .utf8)
            try ModelFiles(isCrossEncoder: false).write(to: folder + "/Tiny_Model")
            try #require(
                try AkinProcess.run("add", "-q", folder + "/papers.jsonl", "--library", library).status == 0)
            try body(folder, library)
        }
    }

    @Test
    func `each paper gets a vector, once`() throws {
        try Self.with { folder, library in
            let first = try AkinProcess.run(
                "encode", "--encoder", folder + "/Tiny_Model", "--json", "--library", library)
            #expect(first.status == 0, "\(first.errors)")
            #expect(first.output.contains("\"encoded\" : 3") && first.output.contains("\"space\" : \"tiny-model\""))
            let second = try AkinProcess.run("encode", "--json", "--library", library)
            #expect(second.output.contains("\"encoded\" : 0") && second.output.contains("\"papers\" : 3"))
            let info = try AkinProcess.run("info", "--library", library)
            #expect(info.output.contains("tiny-model ('Tiny_Model'"))
        }
    }

    @Test
    func `new papers wait, and are encoded at once from when that is said`() throws {
        try Self.with { folder, library in
            try #require(
                try AkinProcess.run("encode", "-q", "--encoder", folder + "/Tiny_Model", "--library", library).status
                    == 0)
            let later = try AkinProcess.run("add", folder + "/more.jsonl", "--library", library)
            #expect(later.errors.contains("3 papers have no vector in the space 'tiny-model' yet"))
            let now = try AkinProcess.run("add", folder + "/more.jsonl", "--encode", "now", "--library", library)
            #expect(now.errors.contains("Encoded 3 papers in the space 'tiny-model'."))
            let again = try AkinProcess.run("add", folder + "/more.jsonl", "--library", library)
            #expect(again.errors.contains("Encoded 0 papers"))
        }
    }

    @Test
    func `papers are added and told of although their encoder is gone`() throws {
        try Self.with { folder, library in
            let model = folder + "/Tiny_Model"
            try #require(try AkinProcess.run("encode", "-q", "--encoder", model, "--library", library).status == 0)
            try FileManager.default.removeItem(atPath: model)
            let outcome = try AkinProcess.run(
                "add", folder + "/more.jsonl", "--encode", "now", "--json", "--library", library)
            #expect(
                outcome.status == 2
                    && outcome.errors.contains("The new papers were not encoded in the space 'tiny-model'."))
            #expect(outcome.output.contains("\"added\" : 3"))
            #expect(try AkinProcess.run("list", "--count", "--library", library).output.contains("6"))
        }
    }

    @Test
    func `the encoder judges the first papers of an answer`() throws {
        try Self.with { folder, library in
            try #require(
                try AkinProcess.run("encode", "-q", "--encoder", folder + "/Tiny_Model", "--library", library).status
                    == 0)
            for command in [["search", "--rerank", "embedding text"], ["like", "--rerank", "p0"]] {
                let outcome = try AkinProcess.run(command + ["--json", "--library", library])
                #expect(outcome.output.contains("\"judgment\""), "\(command): \(outcome.errors)")
            }
            let alone = try AkinProcess.run(
                "search", "--space", "tiny-model", "--mode", "semantic", "embedding", "--json", "--library", library)
            #expect(alone.output.contains("\"p1\""), "\(alone.errors)")
        }
    }

    @Test
    func `a model judges papers that have no vectors`() throws {
        try Self.with { folder, library in
            try ModelFiles(isCrossEncoder: true).write(to: folder + "/Tiny_Judge")
            for model in ["Tiny_Model", "Tiny_Judge"] {
                for command in [["search", "embedding text"], ["like", "p0"]] {
                    let outcome = try AkinProcess.run(
                        command + ["--encoder", folder + "/" + model, "--json", "--library", library])
                    #expect(outcome.output.contains("\"judgment\""), "\(model), \(command): \(outcome.errors)")
                }
            }
            let refused = try AkinProcess.run("encode", "--encoder", folder + "/Tiny_Judge", "--library", library)
            #expect(refused.status == 2 && refused.errors.contains("it compares texts and has no vectors"))
        }
    }

    /// What the papers of an answer say of their judgment, by their ids.
    private static func judgments(_ command: [String]) throws -> [String: Double] {
        let outcome = try AkinProcess.run(command + ["--json"])
        let answer = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        let results = try #require(answer?["results"] as? [[String: Any]], "\(outcome.errors)")
        return try Dictionary(
            uniqueKeysWithValues: results.map { result in
                let parts = try #require(result["parts"] as? [String: Any])
                return (try #require(result["id"] as? String), parts["judgment"] as? Double ?? 0)
            })
    }

    @Test
    func `judgments are the same whether vectors were stored or papers are read`() throws {
        try Self.with { folder, library in
            let (ask, like) = (
                ["search", "embedding text", "--library", library], ["like", "p0", "--library", library]
            )
            let model = ["--encoder", folder + "/Tiny_Model"]
            let read = (try Self.judgments(ask + model), try Self.judgments(like + model))
            try #require(
                try AkinProcess.run("encode", "-q", "--encoder", folder + "/Tiny_Model", "--library", library).status
                    == 0)
            let stored = (try Self.judgments(ask + ["--rerank"]), try Self.judgments(like + ["--rerank"]))
            try #require(
                try AkinProcess.run("add", "-q", folder + "/more.jsonl", "--encode", "never", "--library", library)
                    .status == 0)
            let mixed = try Self.judgments(["search", "embedding text", "--library", library, "--rerank"])
            #expect(Set(mixed.keys).contains("q1"))
            for (one, other) in [(read.0, stored.0), (read.1, stored.1)] {
                #expect(!one.isEmpty && one.keys == other.keys)
                for (id, judgment) in one { #expect(abs(judgment - (other[id] ?? -1)) < 0.01, "\(id)") }
            }
        }
    }

    @Test
    func `an id asks the encoder for the title that it stands for`() throws {
        try Self.with { folder, library in
            try #require(
                try AkinProcess.run("encode", "-q", "--encoder", folder + "/Tiny_Model", "--library", library).status
                    == 0)
            let judged = try ["p0", "the embedding of a text"].map { question in
                try Self.judgments(["search", question, "--rerank", "--library", library])
            }
            #expect(judged[0] == judged[1] && judged[0].values.contains { $0 > 0 })
        }
    }

    @Test
    func `one of several encoders is named by its space, and a folder may be renamed`() throws {
        try Self.with { folder, library in
            let (model, renamed) = (folder + "/Tiny_Model", folder + "/Elsewhere")
            for space in ["one", "two"] {
                let outcome = try AkinProcess.run(
                    "encode", "-q", "--encoder", model, "--space", space, "--library", library)
                #expect(outcome.status == 0, "\(outcome.errors)")
            }
            let unclear = try AkinProcess.run("search", "--rerank", "embedding", "--library", library)
            #expect(unclear.status == 2 && unclear.errors.contains("--encoder and the name of its space: one, two"))
            let named = try Self.judgments(["search", "--encoder", "two", "embedding text", "--library", library])
            #expect(named.values.contains { $0 > 0 })
            try FileManager.default.moveItem(atPath: model, toPath: renamed)
            let gone = try AkinProcess.run("search", "--encoder", "two", "embedding", "--library", library)
            #expect(gone.status == 2 && gone.errors.contains("there is no such folder"))
            let moved = try AkinProcess.run(
                "encode", "--encoder", renamed, "--space", "two", "--library", library)
            #expect(moved.status == 0, "\(moved.errors)")
            let again = try Self.judgments(["search", "--encoder", "two", "embedding text", "--library", library])
            #expect(again == named)
        }
    }

    @Test
    func `flags that have no effect are refused`() throws {
        try Self.with { folder, library in
            for command in [
                ["encode", "--precision", "float32"], ["embed", "--dimensions", "4", "-o", folder + "/v.npy", "x"],
                ["search", "--rerank", "--rerank-share", "1", "x"], ["search", "--rerank-depth", "5", "x"],
                ["evaluate", folder, "--rerank-depth", "-1"],
            ] {
                #expect(try AkinProcess.run(command + ["--library", library]).status == 2, "\(command)")
            }
            let over = try AkinProcess.run(
                "embed", "--encoder", folder + "/Tiny_Model", "-o", folder + "/Tiny_Model/model.safetensors", "--force",
                folder + "/papers.jsonl")
            #expect(over.status == 2)
        }
    }

    @Test
    func `what cannot be is told with its remedy`() throws {
        try Self.with { folder, library in
            let none = try AkinProcess.run("search", "--rerank", "embedding", "--library", library)
            #expect(none.status == 2 && none.errors.contains("akin encode --encoder FOLDER"))
            let absent = try AkinProcess.run("encode", "--encoder", folder + "/nothing", "--library", library)
            #expect(absent.status == 2 && absent.errors.contains("there is no such folder"))
            try #require(
                try AkinProcess.run("encode", "-q", "--encoder", folder + "/Tiny_Model", "--library", library).status
                    == 0)
            // The same name with other weights is another model.
            var other = ModelFiles(isCrossEncoder: false)
            other.tensors.data[0] ^= 1
            try other.write(to: folder + "/Tiny_Model")
            let refused = try AkinProcess.run("encode", "--library", library)
            #expect(refused.status == 2 && refused.errors.contains("it has vectors of 'Tiny_Model'"))
            let asked = try AkinProcess.run("search", "--rerank", "embedding", "--library", library)
            #expect(asked.status == 2 && asked.errors.contains("it is another model than"))
            try FileManager.default.removeItem(atPath: folder + "/Tiny_Model")
            let gone = try AkinProcess.run("search", "--rerank", "embedding", "--library", library)
            #expect(gone.status == 2 && gone.errors.contains("Tiny_Model"))
        }
    }
}
