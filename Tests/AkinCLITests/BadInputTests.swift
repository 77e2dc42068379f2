import Foundation
import TestSupport
import Testing

@Suite("Bad input")
struct BadInputTests {
    private func add(_ content: Data, name: String = "input.jsonl") throws -> AkinProcess.Outcome {
        try TemporaryFolder.with { folder in
            let path = folder + "/" + name
            try content.write(to: URL(filePath: path))
            let outcome = try AkinProcess.run("add", path, "--library", folder + "/library", "--json")
            // Whatever came in, the library is one that opens, and there is none without papers.
            let isMade = FileManager.default.fileExists(atPath: folder + "/library")
            let added = try outcome.json()["added"] as? Int ?? 0
            #expect(isMade == (added > 0))
            #expect(try AkinProcess.run("doctor", "--library", folder + "/library").status == (isMade ? 0 : 2))
            return outcome
        }
    }

    @Test
    func `that is binary garbage is an error with status 2`() throws {
        var generator = SeededGenerator(seed: 3)
        let garbage = Data((0..<100_000).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
        for name in ["input.jsonl", "input.txt", "input"] {
            let outcome = try add(garbage, name: name)
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains(name))
        }
    }

    @Test
    func `that is empty, or holds no paper, is an error with status 2`() throws {
        for content in ["", "\n\n", "{}\n[1]\n", "just one line"] {
            let outcome = try add(Data(content.utf8))
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains("input.jsonl"))
        }
    }

    @Test
    func `in one record costs that record alone, even if it is 100 MB long`() throws {
        var content = Data("{\"title\": \"Before the flood\"}\n{\"title\": \"".utf8)
        content.append(Data(repeating: UInt8(ascii: "x"), count: 100 << 20))
        content.append(Data("\"}\n\u{FF}{\"title\": 7}\n{\"title\": \"After the flood\"}".utf8))
        let outcome = try add(content)
        #expect(outcome.status == 0)
        let report = try outcome.json()
        #expect(report["added"] as? Int == 2)
        let skipped = try #require(report["skipped"] as? [[String: Any]])
        #expect(skipped.compactMap { $0["line"] as? Int } == [2, 3])
    }

    @Test
    func `in one file does not stop the others`() throws {
        try TemporaryFolder.with { folder in
            let good = folder + "/good.jsonl"
            try #"{"title": "A good paper"}"#.write(toFile: good, atomically: true, encoding: .utf8)
            let library = folder + "/library"
            let outcome = try AkinProcess.run("add", folder + "/absent.jsonl", good, "--library", library)
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains("absent.jsonl"))
            #expect(try AkinProcess.run("list", "--library", library).output.hasPrefix("A good paper"))
        }
    }

    @Test
    func `such as a folder without readable files is an error with status 2`() throws {
        try TemporaryFolder.with { folder in
            let empty = folder + "/empty"
            try FileManager.default.createDirectory(atPath: empty, withIntermediateDirectories: false)
            let outcome = try AkinProcess.run("add", empty, "--library", folder + "/library")
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains("empty"))
        }
    }

    @Test
    func `in one file of a folder is reported by the name of the file`() throws {
        try TemporaryFolder.with { folder in
            let papers = folder + "/papers"
            try FileManager.default.createDirectory(atPath: papers, withIntermediateDirectories: false)
            try #"{"title": "A good paper"}"#.write(toFile: papers + "/a.jsonl", atomically: true, encoding: .utf8)
            try Data([0, 1, 2, 0xFF, 0]).write(to: URL(filePath: papers + "/b.jsonl"))
            try #"{"title": "Another paper"}"#.write(toFile: papers + "/c.jsonl", atomically: true, encoding: .utf8)
            let outcome = try AkinProcess.run("add", papers, "--library", folder + "/library", "--json")
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains("b.jsonl"))
            #expect(try outcome.json()["added"] as? Int == 2)
        }
    }

    @Test
    func `in a query is a query all the same`() throws {
        try TemporaryFolder.with { folder in
            let library = folder + "/library"
            let file = folder + "/papers.jsonl"
            try #"{"title": "A good paper"}"#.write(toFile: file, atomically: true, encoding: .utf8)
            _ = try AkinProcess.run("add", file, "--library", library)
            for text in [
                "", " ", "\"", "'; DROP TABLE library; --", "%", "\u{202E}", String(repeating: "good ", count: 20_000),
            ] {
                let outcome = try AkinProcess.run("search", "--library", library, "--", text)
                // A text without a word is wrong usage.
                let expected: Int32 = text.contains("good") ? 0 : text.contains("DROP") ? 1 : 2
                #expect(outcome.status == expected, "query \(text.prefix(20))")
            }
        }
    }
}
