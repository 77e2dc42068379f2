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
            #expect(!FileManager.default.fileExists(atPath: folder + "/library"))
            let empty = folder + "/empty.jsonl"
            try "{}\n".write(toFile: empty, atomically: true, encoding: .utf8)
            let train = try AkinProcess.run("train", empty, "--output", folder + "/m.lsa")
            #expect(train.status == 2)
            #expect(train.errors.contains(empty))
            #expect(!FileManager.default.fileExists(atPath: folder + "/m.lsa"))
            #expect(try AkinProcess.run("train", few, "--output", folder + "/absent/m.lsa").status == 2)
        }
    }

    @Test
    func `a model replaces models alone, unless told, and never what is read or a part of a library`() throws {
        try TemporaryFolder.with { folder in
            let (few, model, other) = (folder + "/few.jsonl", folder + "/m.lsa", folder + "/notes.txt")
            let text = Self.papers.prefix(9).joined()
            try text.write(toFile: few, atomically: true, encoding: .utf8)
            try "notes".write(toFile: other, atomically: true, encoding: .utf8)
            let library = folder + "/library"
            #expect(try AkinProcess.run("add", few, "--library", library).status == 0)
            let store = try Data(contentsOf: URL(filePath: library + "/papers.sqlite"))
            func train(_ output: String, _ flags: String...) throws -> AkinProcess.Outcome {
                try AkinProcess.run(["train", few, "--rank", "2", "--output", output] + flags)
            }
            for _ in 1...2 { #expect(try train(model).status == 0) }
            let refused = try train(other)
            #expect(refused.status == 2 && refused.errors.contains(other) && refused.errors.contains("--force"))
            #expect(try String(contentsOfFile: other, encoding: .utf8) == "notes")
            #expect(try train(other, "--force").status == 0)
            try FileManager.default.createSymbolicLink(atPath: folder + "/link", withDestinationPath: few)
            let places = [
                few, folder + "/link", folder, "/dev/full", library + "/papers.sqlite", library + "/new.lsa",
                library + "/generation-000001/model.lsa",
            ]
            for place in places {
                #expect(try train(place, "--force").status != 0, "\(place)")
            }
            #expect(try String(contentsOfFile: few, encoding: .utf8) == text)
            #expect(try Data(contentsOf: URL(filePath: library + "/papers.sqlite")) == store)
            #expect(try AkinProcess.run("doctor", "--library", library).status == 0)
        }
    }

    @Test
    func `records that joined a paper of another id are named`() throws {
        try TemporaryFolder.with { folder in
            let papers = folder + "/papers.jsonl"
            try [
                #"{"id": "a", "title": "On Streams", "authors": ["Ada Lovelace"], "abstract": "Long."}"#,
                #"{"id": "b", "title": "On streams", "authors": ["Lovelace, A."]}"#,
                #"{"id": "doi:10.1000/x", "title": "Others", "abstract": "Short."}"#,
                #"{"id": "c", "title": "Others!", "altIds": ["https://doi.org/10.1000/X"]}"#,
                #"{"id": "d", "title": "Editorial", "abstract": "One."}"#,
                #"{"id": "e", "title": "Editorial", "abstract": "Two."}"#,
            ].joined(separator: "\n").write(toFile: papers, atomically: true, encoding: .utf8)
            let add = try AkinProcess.run("add", papers, "--json", "--library", folder + "/library").json()
            #expect(add["added"] as? Int == 4)
            let joined = try #require(add["joined"] as? [[String: String]])
            #expect(
                joined == [
                    ["record": "b", "paper": "a"],
                    ["record": "c", "paper": "doi:10.1000/x", "identifier": "doi:10.1000/x"],
                ])
        }
    }

    @Test
    func `a number of resamples or threads beyond all measure is refused`() throws {
        try TemporaryFolder.with { folder in
            for arguments in [
                ["evaluate", "x", "--resamples", "1000000000000"], ["add", "x.jsonl", "--threads", "100000000"],
            ] {
                let outcome = try AkinProcess.run(arguments + ["--library", folder + "/library"])
                #expect(outcome.status != 0 && outcome.status < 128, "\(arguments): \(outcome.errors)")
            }
        }
    }
}
