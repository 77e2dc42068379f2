import Foundation
import TestSupport
import Testing

@Suite("akin train, and libraries that start from what it makes")
struct TrainCommandTests {
    private static let papers = (0..<40).map { number in
        let subject = ["memory stream cache token", "expert router mixture gate", "speech audio voice phone"][
            number % 3]
        return
            "{\"id\": \"p\(number)\", \"title\": \"Paper \(number)\", \"abstract\": \"On \(subject) word\(number).\"}\n"
    }

    @Test
    func `a model is trained, started from, and told of`() throws {
        try TemporaryFolder.with { folder in
            let (many, few, model) = (folder + "/many.jsonl", folder + "/few.jsonl", folder + "/field.lsa")
            try Self.papers.joined().write(toFile: many, atomically: true, encoding: .utf8)
            try Self.papers.prefix(4).joined().write(toFile: few, atomically: true, encoding: .utf8)
            let report = try AkinProcess.run("train", many, "--rank", "2", "--output", model, "--json").json()
            #expect(report["papers"] as? Int == 40)
            #expect(report["rank"] as? Int == 2)
            #expect(report["duplicates"] as? Int == 0)
            #expect(report["output"] as? String == model)
            let bytes = try FileManager.default.attributesOfItem(atPath: model)[.size] as? Int
            #expect(report["bytes"] as? Int == bytes)

            let library = ["--library", folder + "/library"]
            #expect(try AkinProcess.run(["add", few, "--model", model] + library).status == 0)
            #expect(try AkinProcess.run(["info", "--json"] + library).json()["model"] as? String == "file")
            #expect(try AkinProcess.run(["info"] + library).output.contains("starting from a model that was given"))
            #expect(try AkinProcess.run(["refit", "--model", "own"] + library).status == 0)
            #expect(try AkinProcess.run(["info", "--json"] + library).json()["model"] as? String == "papers")
            #expect(try AkinProcess.run(["refit", "--model", "released"] + library).status == 0)
            #expect(try AkinProcess.run(["info", "--json"] + library).json()["model"] as? String == "released")
        }
    }

    @Test
    func `a file that is no model, and files without a paper, are errors with status 2`() throws {
        try TemporaryFolder.with { folder in
            let few = folder + "/few.jsonl"
            try Self.papers.prefix(4).joined().write(toFile: few, atomically: true, encoding: .utf8)
            let library = ["--library", folder + "/library"]
            for path in [few, folder + "/absent.lsa"] {
                let add = try AkinProcess.run(["add", few, "--model", path] + library)
                #expect(add.status == 2)
                #expect(add.errors.contains(path))
            }
            #expect(try AkinProcess.run(["info", "--json"] + library).json()["papers"] as? Int == 0)
            let empty = folder + "/empty.jsonl"
            try "{}\n".write(toFile: empty, atomically: true, encoding: .utf8)
            let train = try AkinProcess.run("train", empty, "--output", folder + "/m.lsa")
            #expect(train.status == 2)
            #expect(train.errors.contains(empty))
            #expect(!FileManager.default.fileExists(atPath: folder + "/m.lsa"))
            #expect(try AkinProcess.run("train", few, "--output", folder + "/absent/m.lsa").status == 2)
        }
    }
}
