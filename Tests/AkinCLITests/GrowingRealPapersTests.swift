import Foundation
import TestSupport
import Testing

@Suite("Real papers that come in parts", .enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.skipNote)))
struct GrowingRealPapersTests {
    /// The papers of a collection, a line each, in an order of chance.
    private func papers(_ collection: String, seed: UInt64) throws -> [String] {
        var generator = SeededGenerator(seed: seed)
        return try String(contentsOfFile: SharedData.path("beir/\(collection)/corpus.jsonl"), encoding: .utf8)
            .split(separator: "\n").map(String.init).shuffled(using: &generator)
    }

    /// Adds papers to a library.
    private func add(_ papers: some Sequence<String>, to library: String) throws {
        let file = library + ".jsonl"
        try papers.joined(separator: "\n").write(toFile: file, atomically: true, encoding: .utf8)
        #expect(try AkinProcess.run("add", file, "--library", library, "-q").status == 0)
    }

    /// The nDCG@10 of a library by mode, on the questions of a collection.
    private func ndcg(_ library: String, _ collection: String) throws -> [String: Double] {
        let questions = library + "-questions"
        try FileManager.default.createDirectory(atPath: questions, withIntermediateDirectories: true)
        for name in ["queries.jsonl", "qrels"] where !FileManager.default.fileExists(atPath: questions + "/" + name) {
            try FileManager.default.createSymbolicLink(
                atPath: questions + "/" + name, withDestinationPath: SharedData.path("beir/\(collection)/\(name)"))
        }
        let outcome = try AkinProcess.run(
            "evaluate", questions, "--library", library, "--resamples", "0", "--json")
        try #require(outcome.status == 0, "\(outcome.output)")
        let results = try #require(try outcome.json()["results"] as? [[String: Any]])
        var ndcg: [String: Double] = [:]
        for result in results { ndcg[try #require(result["mode"] as? String)] = result["ndcg@10"] as? Double }
        try #require(ndcg.count == 3)
        return ndcg
    }

    @Test(arguments: ["cranfield", "med", "cacm"])
    func `are ranked after ten additions as after one`(collection: String) throws {
        try TemporaryFolder.with { folder in
            let papers = try papers(collection, seed: 1)
            try add(papers, to: folder + "/whole")
            let size = (papers.count + 9) / 10
            for start in stride(from: 0, to: papers.count, by: size) {
                try add(papers[start..<min(start + size, papers.count)], to: folder + "/grown")
            }
            let whole = try ndcg(folder + "/whole", collection)
            let grown = try ndcg(folder + "/grown", collection)
            for (mode, expected) in whole { #expect(abs(try #require(grown[mode]) - expected) <= 0.01, "\(mode)") }
        }
    }

    @Test
    func `are ranked nearly as after one addition where the last tenth is folded in`() throws {
        try TemporaryFolder.with { folder in
            let papers = try papers("cranfield", seed: 1)
            try add(papers, to: folder + "/whole")
            // Of the 1,400 records some are no papers and some are the same, so that a little less than a tenth is
            // left.
            try add(papers[..<1_277], to: folder + "/grown")
            try add(papers[1_277...], to: folder + "/grown")
            let info = try AkinProcess.run("info", "--library", folder + "/grown", "--json").json()
            try #require(try #require(info["fittedPapers"] as? Int) < (try #require(info["papers"] as? Int)))
            let whole = try ndcg(folder + "/whole", "cranfield")
            let grown = try ndcg(folder + "/grown", "cranfield")
            for (mode, expected) in whole {
                // A space of fewer papers has fewer dimensions as well, which meaning alone feels most.
                let tolerance = mode == "semantic" ? 0.02 : 0.01
                let difference = abs(try #require(grown[mode]) - expected)
                #expect(difference <= tolerance, "\(mode): \(difference)")
            }
        }
    }

    @Test
    func `of another field refit the space that others of its own field leave as it is`() throws {
        try TemporaryFolder.with { folder in
            let own = try papers("cranfield", seed: 2)
            let other = try papers("med", seed: 2).map { $0.replacing("\"_id\": \"", with: "\"_id\": \"med-") }
            var drifts: [Double] = []
            for (name, added) in [("own", own[1_250..<1_300]), ("other", other[..<50])] {
                let library = folder + "/" + name
                try add(own[..<1_250], to: library)
                try add(added.prefix(20), to: library)
                let info = try AkinProcess.run("info", "--library", library, "--json").json()
                let drift = try #require(info["drift"] as? [String: Any])
                drifts.append(try #require(drift["drift"] as? Double))
                try add(added.dropFirst(20), to: library)
                let grown = try AkinProcess.run("info", "--library", library, "--json").json()
                let fitted = try #require(grown["fittedPapers"] as? Int)
                #expect((fitted == grown["papers"] as? Int) == (name == "other"))
            }
            #expect(drifts[0] < 0.1)
            #expect(drifts[1] > 0.6)
        }
    }

    @Test
    func `stay as they were when a refit is killed`() throws {
        try TemporaryFolder.with { folder in
            let library = folder + "/library"
            try add(try papers("cranfield", seed: 3), to: library)
            let before = try AkinProcess.run("info", "--library", library, "--json").json()
            var generation = try #require(before["generation"] as? Int)
            let clock = ContinuousClock()
            let whole = try clock.measure { _ = try AkinProcess.run("refit", "--library", library) }
            generation += 1
            var generator = SeededGenerator(seed: 31)
            for _ in 0..<12 {
                let process = Process()
                process.executableURL = AkinProcess.executable
                process.arguments = ["refit", "--library", library, "-q"]
                process.standardError = FileHandle.nullDevice
                try process.run()
                Thread.sleep(forTimeInterval: Double.random(in: 0...1.1, using: &generator) * (whole / .seconds(1)))
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
                let doctor = try AkinProcess.run("doctor", "--library", library)
                #expect(doctor.status == 0, "\(doctor.output)")
                let after = try AkinProcess.run("info", "--library", library, "--json").json()
                #expect(after["papers"] as? Int == before["papers"] as? Int)
                let now = try #require(after["generation"] as? Int)
                #expect(now >= generation)
                generation = now
                #expect(try AkinProcess.run("search", "boundary layer", "--library", library).status == 0)
            }
        }
    }
}
