import Foundation
import TestSupport
import Testing

@Suite("The real papers", .enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.skipNote)))
struct RealPapersTests {
    private static let page = SharedData.path("seed/trending-papers.txt")
    private static let fiveThousand = SharedData.path("papers/core-5k.jsonl")

    private func titles(_ outcome: AkinProcess.Outcome, _ key: String = "results") throws -> [String] {
        try #require(try outcome.json()[key] as? [[String: Any]]).compactMap { $0["title"] as? String }
    }

    @Test
    func `of the page are 74, and each title finds its own paper first and excludes it from its like`() throws {
        try TemporaryFolder.with { folder in
            let library = folder + "/library"
            let add = try AkinProcess.run("add", Self.page, "--library", library, "--json")
            #expect(add.status == 0)
            #expect(try add.json()["added"] as? Int == 74)
            let all = try titles(AkinProcess.run("list", "--library", library, "--json"), "papers")
            #expect(Set(all).count == 74)
            #expect(!all.contains { $0.contains("inbox") || $0.contains("Subscribe") })
            for title in all {
                let found = try titles(AkinProcess.run("search", "--library", library, "--json", "--", title))
                #expect(found.first == title)
                let like = try AkinProcess.run("like", "--library", library, "--json", "--", title)
                #expect(like.status == 0)
                #expect(try !titles(like).contains(title))
                #expect(try titles(like).count == 10)
            }
            let memory = try AkinProcess.run(
                "search", "running big models with limited memory", "--library", library, "--json"
            )
            #expect(try titles(memory).prefix(3).contains { $0.hasPrefix("LLM in a flash") })
        }
    }

    @Test
    func `are kept or not, never in between, when an add is killed`() throws {
        try TemporaryFolder.with { folder in
            let library = folder + "/library"
            _ = try AkinProcess.run("add", Self.page, "--library", library)
            // How long a whole add takes here sets the moments to kill it at.
            let clock = ContinuousClock()
            let whole = try clock.measure {
                _ = try AkinProcess.run("add", Self.fiveThousand, "--library", folder + "/rehearsal")
            }
            var generator = SeededGenerator(seed: 30)
            for _ in 0..<30 {
                let process = Process()
                process.executableURL = AkinProcess.executable
                process.arguments = ["add", Self.fiveThousand, "--library", library, "-q"]
                process.standardError = FileHandle.nullDevice
                try process.run()
                let moment = Double.random(in: 0...1.1, using: &generator) * (whole / .seconds(1))
                Thread.sleep(forTimeInterval: moment)
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()

                let doctor = try AkinProcess.run("doctor", "--library", library)
                #expect(doctor.status == 0, "\(doctor.output)")
                let count = try AkinProcess.run("info", "--library", library, "--json").json()["papers"] as? Int
                #expect([74, 5_073, 5_074].contains(count))
                #expect(try AkinProcess.run("search", "memory", "--library", library).status == 0)
                if count != 74 {
                    try FileManager.default.removeItem(atPath: library)
                    _ = try AkinProcess.run("add", Self.page, "--library", library)
                }
            }
        }
    }

    @Test
    func `are ranked as well as promised on Cranfield and MED`() throws {
        func ndcg(_ collection: String) throws -> [String: Double] {
            let outcome = try AkinProcess.run("evaluate", SharedData.path("beir/" + collection), "--json")
            #expect(outcome.status == 0)
            let results = try #require(try outcome.json()["results"] as? [[String: Any]])
            return Dictionary(
                uniqueKeysWithValues: results.compactMap { result in
                    guard let mode = result["mode"] as? String, let ndcg = result["ndcg@10"] as? Double else {
                        return nil
                    }
                    return (mode, ndcg)
                }
            )
        }
        let cranfield = try ndcg("cranfield")
        #expect(try #require(cranfield["hybrid"]) >= 0.53)
        #expect(try #require(cranfield["hybrid"]) > (try #require(cranfield["lexical"])))
        let med = try ndcg("med")
        #expect(try #require(med["semantic"]) > (try #require(med["lexical"])))
    }
}
