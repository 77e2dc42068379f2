import Foundation
import TestSupport
import Testing

@Suite("akin benchmark vectors")
struct BenchmarkCommandTests {
    /// Calls `body` with a library of `count` papers that share some of their words with others.
    private func withLibrary(of count: Int, _ body: (_ library: String) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            var generator = SeededGenerator(seed: 4)
            let syllables = ["bado", "kumi", "tofu", "relu", "zaga"]
            let words = (0..<300).map { number -> String in
                let places = [number / 64, number / 16 % 4, number / 4 % 4, number % 4]
                return places.map { syllables[$0] }.joined()
            }
            let lines = (0..<count).map { number -> String in
                let first = number % 20 * 10
                let text = (0..<25).map { _ in words[(first + Int.random(in: 0..<40, using: &generator)) % 300] }
                    .joined(separator: " ")
                return #"{"id": "p\#(number)", "title": "Paper \#(number)", "abstract": "\#(text)"}"#
            }
            let file = folder + "/papers.jsonl"
            try lines.joined(separator: "\n").write(toFile: file, atomically: true, encoding: .utf8)
            #expect(try AkinProcess.run("add", file, "--library", folder + "/library", "-q").status == 0)
            try body(folder + "/library")
        }
    }

    @Test
    func `gives recall and speed for each ef of a graph`() throws {
        try withLibrary(of: 3_500) { library in
            let outcome = try AkinProcess.run(
                "benchmark", "vectors", "--library", library, "--queries", "200", "--ef", "11", "300", "--threads", "2",
                "--json"
            )
            #expect(outcome.status == 0, "\(outcome.errors)")
            let report = try outcome.json()
            #expect(report["index"] as? String == "graph")
            #expect(report["queries"] as? Int == 200)
            #expect(report["papers"] as? Int == 3_500)
            #expect(report["threads"] as? Int == 2)
            let results = try #require(report["results"] as? [[String: Any]])
            #expect(results.map { $0["ef"] as? Int } == [11, 300])
            let recalls = try results.map { try #require($0["recall@10"] as? Double) }
            #expect(recalls[0] < recalls[1])
            #expect(recalls[1] > 0.9 && recalls[1] <= 1)
            #expect(results.allSatisfy { ($0["qps"] as? Double ?? 0) > 0 })
        }
    }

    @Test
    func `says what was asked, and finds everything where the index is a scan`() throws {
        try withLibrary(of: 60) { library in
            let outcome = try AkinProcess.run(
                "benchmark", "vectors", "--library", library, "-k", "5", "--ef", "20", "--threads", "1"
            )
            #expect(outcome.status == 0, "\(outcome.errors)")
            let lines = outcome.output.split(separator: "\n").map(String.init)
            #expect(
                lines.first
                    == "60 papers, exact scan; 60 of them as queries, each left out of its own answer; one thread")
            #expect(lines.count == 3)
            #expect(lines[1].split(separator: " ") == ["ef", "recall@5", "QPS"])
            #expect(lines[2].split(separator: " ").prefix(2) == ["20", "1.0000"])
        }
    }

    @Test
    func `refuses what cannot be measured`() throws {
        try withLibrary(of: 1) { library in
            let outcome = try AkinProcess.run("benchmark", "vectors", "--library", library, "--json")
            #expect(outcome.status == 2)
            #expect((try outcome.json()["error"] as? [String: Any])?["code"] as? String == "invalidArgument")
            #expect(outcome.errors.contains("akin add"))
        }
        for arguments in [["--ef", "0"], ["-k", "0"], ["--queries", "-1"]] {
            #expect(try AkinProcess.run(["benchmark", "vectors"] + arguments).status == 2)
        }
    }
}
