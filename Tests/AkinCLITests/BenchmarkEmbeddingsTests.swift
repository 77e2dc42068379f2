import EncoderTestSupport
import Foundation
import TestSupport
import Testing

@Suite("akin benchmark embeddings")
struct BenchmarkEmbeddingsTests {
    private static let similar = """
        {"sentence1": "A cache keeps keys and values.", "sentence2": "Keys and values stay in a cache.", "score": 5}
        {"sentence1": "Birds fly south in autumn.", "sentence2": "In autumn birds fly to the south.", "score": 5}
        {"sentence1": "A cache keeps keys and values.", "sentence2": "Birds fly south in autumn.", "score": 0}

        """
    private static let groups = """
        {"sentences": ["keys in a cache", "values in a cache", "a cache of keys", "birds fly", "birds fly south", \
        "a flight of birds"], "labels": ["c", "c", "c", "b", "b", "b"]}

        """
    private static let candidates = """
        {"query": "cache of keys", "positive": ["keys lie in a cache"], "negative": ["birds fly", "a long text"]}

        """

    /// Calls `body` with a folder of a task of each kind.
    private func withTasks(_ body: (_ folder: String) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            for (name, text) in [
                ("sts/test.jsonl", Self.similar), ("groups/test.jsonl", Self.groups),
                ("candidates/test.jsonl", Self.candidates),
                ("collection/queries.jsonl", "{\"_id\": \"q\", \"text\": \"birds\"}\n"),
                ("collection/qrels/test.tsv", "q\tb\t1\n"),
                (
                    "collection/corpus.jsonl",
                    "{\"_id\": \"a\", \"title\": \"Caches\", \"text\": \"of keys\"}\n"
                        + "{\"_id\": \"b\", \"title\": \"Birds\", \"text\": \"that fly\"}\n"
                ),
            ] {
                let url = URL(filePath: folder + "/" + name)
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try text.write(to: url, atomically: true, encoding: .utf8)
            }
            try ModelFiles(isCrossEncoder: false).write(to: folder + "/Tiny_Model")
            try body(folder)
        }
    }

    @Test
    func `measures each space over each task, as JSON`() throws {
        try withTasks { folder in
            let outcome = try AkinProcess.run(
                ["benchmark", "embeddings", "sts", "groups", "candidates", "collection", "--space", "lsa"]
                    + ["--space", "released", "--encoder", "Tiny_Model", "--seeds", "2", "--threads", "1", "--json"],
                in: folder)
            try #require(outcome.status == 0, "\(outcome.errors)")
            let spaces = try #require(outcome.json()["spaces"] as? [[String: Any]])
            #expect(spaces.map { $0["name"] as? String } == ["lsa", "released", "Tiny_Model"])
            for space in spaces {
                let results = try #require(space["results"] as? [[String: Any]])
                #expect(results.map { $0["task"] as? String } == ["sts", "groups", "candidates", "collection"])
                #expect(
                    results.map { $0["kind"] as? String } == ["STS", "clustering", "reranking", "retrieval"])
                let dimensions = try #require(space["dimensions"] as? Int)
                #expect(space["bytesPerText"] as? Int == dimensions * 4)
                #expect(space["textsPerSecond"] as? Double ?? 0 > 0)
            }
            func score(_ task: Int) throws -> Double {
                let results = try #require(spaces[0]["results"] as? [[String: Any]])
                let figures = try #require(results[task]["figures"] as? [[String: Any]])
                return try #require(figures[0]["value"] as? Double)
            }
            // The texts share words with their own kind alone, so a space of words is right but for the two equal
            // scores.
            #expect(try score(0) > 0.8)
            #expect(try score(1) > 0.99)
            #expect(try score(2) == 1)
            #expect(try score(3) == 1)
        }
    }

    @Test
    func `prints a table of quality, speed and bytes, in Markdown too, and draws it`() throws {
        try withTasks { folder in
            let arguments = ["benchmark", "embeddings", "sts", "candidates", "--space", "lsa", "-q"]
            let plain = try AkinProcess.run(arguments, in: folder)
            let lines = plain.output.split(separator: "\n").map(String.init)
            #expect(lines.first == "2 tasks, the main score of each")
            #expect(
                lines[1].split(separator: " ").map(String.init)
                    == ["space", "sts", "candidates", "mean", "texts/s", "bytes", "dimensions", "ready", "in", "s"])
            #expect(plain.output.contains("sts: STS, cosine_spearman"))
            #expect(plain.output.contains("cosine_pearson") && plain.output.contains("mrr"))
            for _ in 0..<2 {
                let drawn = try AkinProcess.run(arguments + ["--markdown", "--plot", "spaces.svg"], in: folder)
                #expect(drawn.status == 0, "\(drawn.errors)")
                #expect(drawn.output.contains("| space | sts | candidates | mean | texts/s | bytes |"))
            }
            let svg = try String(contentsOfFile: folder + "/spaces.svg", encoding: .utf8)
            #expect(svg.hasPrefix("<svg") && svg.contains(">lsa</text>"))
        }
    }

    @Test
    func `a space given as the folder of an encoder or the file of a model is measured`() throws {
        try withTasks { folder in
            let papers = (0..<20).map {
                "{\"id\": \"\($0)\", \"title\": \"Birds and caches \($0)\", \"abstract\": \"Keys.\"}"
            }
            try papers.joined(separator: "\n").write(
                toFile: folder + "/papers.jsonl", atomically: true, encoding: .utf8)
            let trained = try AkinProcess.run(
                ["train", "papers.jsonl", "--output", "own.lsa", "--rank", "3", "-q"], in: folder)
            try #require(trained.status == 0, "\(trained.errors)")
            let outcome = try AkinProcess.run(
                ["benchmark", "embeddings", "sts", "--space", "Tiny_Model", "--space", "own.lsa", "--json"], in: folder)
            try #require(outcome.status == 0, "\(outcome.errors)")
            let spaces = try #require(outcome.json()["spaces"] as? [[String: Any]])
            #expect(spaces.map { $0["name"] as? String } == ["Tiny_Model", "own.lsa"])
            #expect((1...3).contains(spaces[1]["dimensions"] as? Int ?? 0))
        }
    }

    @Test
    func `tells what it cannot measure`() throws {
        try withTasks { folder in
            try "[1]\n".write(toFile: folder + "/sts/test.jsonl", atomically: true, encoding: .utf8)
            let malformed = try AkinProcess.run(["benchmark", "embeddings", "sts", "--json"], in: folder)
            #expect(malformed.status == 2)
            #expect((try malformed.json()["error"] as? [String: Any])?["code"] as? String == "unreadableInput")
            #expect(malformed.errors.contains("sts/test.jsonl, line 1"))
            try "kept".write(toFile: folder + "/mine.svg", atomically: true, encoding: .utf8)
            for arguments in [
                ["sts", "sts"], ["groups", "--space", "nowhere"], ["groups", "--seeds", "0"],
                ["groups", "--plot", "plot.png"], ["groups", "--space", "lsa", "--space", "lsa"], ["nothing"],
                ["groups", "--plot", "mine.svg"], ["groups", "--split", "dev"],
            ] {
                let outcome = try AkinProcess.run(["benchmark", "embeddings"] + arguments, in: folder)
                #expect(outcome.status == 2, "\(arguments): \(outcome.output)")
            }
            #expect(try String(contentsOfFile: folder + "/mine.svg", encoding: .utf8) == "kept")
        }
    }
}
