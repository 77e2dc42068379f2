import Foundation
import TestSupport
import Testing

@Suite("What the commands print")
struct CommandOutputTests {
    private static let papers = """
        {"id": "a1", "title": "Streaming memory: reading without end", \
        "abstract": "A model keeps what it read in a memory.", "authors": ["Ada Reader"], "year": 2023, \
        "venue": "Journal of Tests", "categories": ["cs.CL"], "url": "https://example.org/a1"}
        {"id": "a2", "title": "Memory of long texts", "abstract": "Long texts need a memory that streams.", \
        "year": 2021}
        {"id": "a3", "title": "Mixtures of experts", "abstract": "Experts share the work.", "year": "unknown"}
        {"id": "a4", "abstract": 17}
        not a record
        {"id": "a5"}

        """

    /// Calls `body` with a function that runs a command on a library of three papers, and with the outcome of the
    /// `add`.
    private func withLibrary(
        _ body: (_ akin: (String...) throws -> AkinProcess.Outcome, _ add: AkinProcess.Outcome) throws -> Void
    ) throws {
        try TemporaryFolder.with { folder in
            let file = folder + "/papers.jsonl"
            try Self.papers.write(toFile: file, atomically: true, encoding: .utf8)
            let environment = ["AKIN_LIBRARY": folder + "/library"]
            let add = try AkinProcess.run("add", file, "--json", environment: environment)
            try body({ (arguments: String...) in try AkinProcess.run(arguments, environment: environment) }, add)
        }
    }

    @Test
    func `add reports what it added and every record that it skipped`() throws {
        try withLibrary { _, add in
            #expect(add.status == 0)
            let report = try add.json()
            #expect(report["added"] as? Int == 3)
            let skipped = try #require(report["skipped"] as? [[String: Any]])
            #expect(skipped.compactMap { $0["line"] as? Int } == [4, 5, 6])
            #expect(skipped.allSatisfy { !($0["reason"] as? String ?? "").isEmpty })
        }
    }

    @Test
    func `search prints ranked papers with a line of details`() throws {
        try withLibrary { akin, _ in
            let outcome = try akin("search", "streaming", "memory")
            #expect(outcome.status == 0)
            let lines = outcome.output.split(separator: "\n")
            #expect(lines[0].hasPrefix("1  1.000  Streaming memory"))
            #expect(lines[1].trimmingCharacters(in: .whitespaces) == "Reader · 2023 · Journal of Tests · a1")
            #expect(!outcome.output.contains("\u{1B}"))
        }
    }

    @Test
    func `search gives the promised JSON`() throws {
        try withLibrary { akin, _ in
            let answer = try akin("search", "memory", "--json", "-k", "2").json()
            #expect(Set(["query", "mode", "results", "milliseconds"]).isSubset(of: answer.keys))
            #expect(answer["mode"] as? String == "hybrid")
            let results = try #require(answer["results"] as? [[String: Any]])
            #expect(results.count == 2)
            #expect(results.map { $0["rank"] as? Int } == [1, 2])
            let parts = try #require(results[0]["parts"] as? [String: Any])
            #expect(Set(parts.keys) == ["lexical", "semantic", "feedback"])
        }
    }

    @Test
    func `search searches what a misspelled word stands for and says so`() throws {
        try withLibrary { akin, _ in
            let outcome = try akin("search", "streeming")
            #expect(outcome.status == 0 && outcome.output.contains("Streaming memory"))
            #expect(outcome.errors.contains("Also searched 'streaming' for 'streeming'."))
            let json = try akin("search", "streeming", "--json").json()
            let corrections = try #require(json["corrections"] as? [[String: String]])
            #expect(corrections == [["written": "streeming", "searched": "streaming"]])
        }
    }

    @Test
    func `search without hits ends with status 1 and names the unknown words`() throws {
        try withLibrary { akin, _ in
            let outcome = try akin("search", "qwxzv")
            #expect(outcome.status == 1 && outcome.output.isEmpty)
            #expect(outcome.errors.contains("No paper has 'qwxzv'."))
            #expect(try akin("search", "memory", "--year", "1990").status == 1)
        }
    }

    @Test
    func `like leaves out its own paper`() throws {
        try withLibrary { akin, _ in
            let outcome = try akin("like", "Streaming memory", "--json")
            #expect(outcome.status == 0)
            let results = try #require(try outcome.json()["results"] as? [[String: Any]])
            #expect(results.first?["id"] as? String == "a2")
            #expect(!results.contains { $0["id"] as? String == "a1" })
        }
    }

    @Test
    func `why tells what two papers share, and in which sentences`() throws {
        try withLibrary { akin, _ in
            let outcome = try akin("why", "Streaming memory", "a2")
            #expect(outcome.status == 0)
            let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            #expect(
                Array(lines[..<8]) == [
                    "Streaming memory: reading without end", "Reader · 2023 · Journal of Tests · a1",
                    "“A model keeps what it read in a memory.”", "", "Memory of long texts", "2021 · a2",
                    "“Long texts need a memory that streams.”", "",
                ])
            #expect(lines[8...].map { $0.prefix { $0 != " " } } == ["cosine", "shared", "bridging", "BM25", ""])
            #expect(lines[9].contains("memory ") && lines[9].contains("streams "))
            #expect(lines[11].contains("memory ") && lines[11].contains("streams "))
        }
    }

    @Test
    func `why gives every pair as JSON`() throws {
        try withLibrary { akin, _ in
            let report = try akin("why", "a1", "a2", "--json").json()
            let papers = try #require(report["papers"] as? [[String: Any]])
            #expect(papers.map { $0["id"] as? String } == ["a1", "a2"])
            let sentence = try #require(papers[1]["bestSentence"] as? [String: Any])
            #expect(sentence["start"] as? Int == 0 && sentence["end"] as? Int == 38)
            #expect(sentence["text"] as? String == "Long texts need a memory that streams.")
            let explanation = try #require(report["explanation"] as? [String: Any])
            func shares(_ list: Any?) throws -> [Double] {
                try #require(list as? [[String: Any]]).compactMap { $0["share"] as? Double }
            }
            let pairs = try shares(explanation["shared"]) + shares(explanation["bridging"])
            let similarity = try #require(explanation["similarity"] as? Double)
            #expect(abs(pairs.reduce(0, +) - similarity) < 1e-9)
            // Stream, memory, read, end, model and keep, with memory, long, text, need and stream.
            #expect(pairs.count == 6 * 5)
            let lexical = try #require(explanation["lexical"] as? [String: Any])
            #expect(abs(try shares(lexical["words"]).reduce(0, +) - (lexical["score"] as? Double ?? .nan)) < 1e-9)
        }
    }

    @Test
    func `why of papers that have nothing in common ends with status 1, of unknown ones with 2`() throws {
        try withLibrary { akin, _ in
            #expect(try akin("refit", "--model", "own").status == 0)
            let nothing = try akin("why", "a1", "a3")
            #expect(nothing.status == 1)
            #expect(nothing.errors.contains("nothing") || nothing.errors.contains("no word"))
            #expect(try akin("why", "a1", "absent").status == 2)
            #expect(try akin("why", "memory", "a3").status == 2)
        }
    }

    @Test
    func `search and like explain their papers where they are asked to`() throws {
        try withLibrary { akin, _ in
            let outcome = try akin("search", "--explain-full", "-k", "1", "streaming", "texts")
            let lines = outcome.output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            #expect(
                lines.dropFirst(2).map { $0.prefix { $0 != " " } }.prefix(7) == [
                    "score", "cosine", "shared", "bridging", "BM25", "first", "by",
                ])
            #expect(lines[2].hasSuffix(" first papers") && lines[7].contains("itself "))
            #expect(try akin("search", "--explain-full", "long", "texts").output.contains("“long texts” "))
            #expect(lines.last == "“Long texts need a memory that streams.”")
            let brief = try akin("search", "--explain", "-k", "1", "streaming", "texts").output.split(separator: "\n")
                .map { $0.trimmingCharacters(in: .whitespaces) }
            #expect((4...7).contains(brief.count), "\(brief)")
            #expect(brief[2].hasPrefix("both ") && brief[2].contains(" %"))
            #expect(brief.last == lines.last)
            for command in [["search", "memory"], ["like", "a1"]] {
                let plain = try akin(command[0], command[1], "--json").json()
                let explained = try akin(command[0], command[1], "--json", "--explain").json()
                let results = try #require(explained["results"] as? [[String: Any]])
                for result in results {
                    let explanation = try #require(result["explanation"] as? [String: Any])
                    let parts = try #require(explanation["scoreParts"] as? [String: Double])
                    let score = try #require(result["score"] as? Double)
                    #expect(Set(parts.keys) == ["lexical", "semantic", "feedback"])
                    let first = try #require(explanation["feedback"] as? [String: Any])
                    let similarity = try #require(first["similarity"] as? Double)
                    for list in ["documents", "words"] {
                        let entries = try #require(first[list] as? [[String: Any]])
                        let sum = entries.reduce(0) { $0 + ($1["share"] as? Double ?? .nan) }
                        #expect(abs(sum - similarity) < 1e-5, "\(list)")
                    }
                    #expect((explanation["lexical"] as? [String: Any])?["adjacent"] is [Any])
                    #expect(abs(parts.values.reduce(0, +) - score) < 1e-4)
                }
                let without = try #require(plain["results"] as? [[String: Any]])
                #expect(without.allSatisfy { $0["explanation"] == nil } && without.count == results.count)
            }
        }
    }

    @Test
    func `a name that several papers answer to lists them`() throws {
        try withLibrary { akin, _ in
            let outcome = try akin("show", "memory")
            #expect(outcome.status == 2)
            #expect(
                outcome.errors == """
                    akin: 'memory' may be any of 2 papers. Say which by its id:
                      Streaming memory: reading without end (a1)
                      Memory of long texts (a2)

                    """)
            let error = try #require(try akin("show", "memory", "--json").json()["error"] as? [String: Any])
            let candidates = try #require(error["candidates"] as? [[String: Any]])
            #expect(candidates.map { $0["id"] as? String } == ["a1", "a2"])
            let unknown = try akin("show", "nothing of the kind", "--json")
            #expect(unknown.status == 2)
            let absence = try #require(try unknown.json()["error"] as? [String: Any])
            #expect(absence["code"] as? String == "paperNotFound")
            #expect(
                absence["remedy"] as? [String: String] == ["action": "searchWords", "words": "nothing of the kind"])
            #expect(unknown.errors.contains("`akin search 'nothing of the kind'`"))
        }
    }

    @Test
    func `show and list give papers`() throws {
        try withLibrary { akin, _ in
            let paper = try akin("show", "a1", "--json").json()
            #expect(paper["title"] as? String == "Streaming memory: reading without end")
            #expect(paper["year"] as? Int == 2023)
            #expect(try akin("show", "a1").output.contains("Ada Reader"))
            let list = try akin("list", "--json").json()
            #expect((list["papers"] as? [[String: Any]])?.map { $0["id"] as? String } == ["a1", "a2", "a3"])
            #expect(try akin("list", "--year", "..2022").output.contains("Memory of long texts"))
            #expect(try akin("list", "--author", "reader").output.contains("Streaming memory"))
        }
    }

    @Test
    func `remove asks, and does not go on where nobody can answer`() throws {
        try withLibrary { akin, _ in
            let refused = try akin("remove", "a2")
            #expect(refused.status == 2)
            #expect(refused.errors.contains("--yes"))
            #expect(try akin("info", "--json").json()["papers"] as? Int == 3)
            let removed = try akin("remove", "a2", "--yes", "--json")
            #expect(removed.status == 0)
            #expect(try removed.json()["removed"] as? [String] == ["a2"])
            #expect(try akin("info", "--json").json()["papers"] as? Int == 2)
        }
    }

    @Test
    func `info and doctor tell the state`() throws {
        try withLibrary { akin, _ in
            let info = try akin("info", "--json").json()
            #expect(Set(["papers", "generation", "segments", "rank", "terms", "bytes"]).isSubset(of: info.keys))
            #expect(info["papers"] as? Int == 3)
            let drift = try #require(info["drift"] as? [String: Any])
            #expect(Set(drift.keys) == ["papers", "drift", "residual", "unknown", "libraryDrift", "refitsAt"])
            #expect(try akin("info").output.contains("no papers were folded in"))
            #expect((info["recall"] as? [Any])?.count == info["segments"] as? Int)
            #expect(try akin("info").output.contains("every paper is compared"))
            let doctor = try akin("doctor")
            #expect(doctor.status == 0)
            #expect(doctor.errors.contains("is sound"))
        }
    }

    @Test
    func `refit fits the space anew`() throws {
        try withLibrary { akin, _ in
            let generation = try #require(try akin("info", "--json").json()["generation"] as? Int)
            let report = try akin("refit", "--json").json()
            #expect(report["papers"] as? Int == 3)
            #expect(report["generation"] as? Int == generation + 1)
            #expect(try akin("refit").output.contains("fitted on 3 papers"))
            #expect(try akin("refit", "--library", "/nonexistent/library").status == 2)
        }
    }

    @Test
    func `quiet prints results and nothing else`() throws {
        try withLibrary { akin, _ in
            for outcome in [try akin("search", "streeming", "-q"), try akin("doctor", "-q")] {
                #expect(outcome.errors.isEmpty)
            }
        }
    }

    @Test
    func `demo leaves a library of other papers alone`() throws {
        try withLibrary { akin, _ in
            let library = try #require(try akin("info", "--json").json()["library"] as? String)
            #expect(try akin("demo", "--library", library).status == 2)
            #expect(try akin("info", "--json").json()["papers"] as? Int == 3)
        }
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "needs /dev/full, which is absent"))
    func `output that nobody takes ends with status 2 and no crash`() throws {
        try withLibrary { akin, _ in
            let library = try #require(try akin("info", "--json").json()["library"] as? String)
            for arguments in ["list", "list --json"] {
                let process = Process()
                process.executableURL = URL(filePath: "/bin/sh")
                let command =
                    "'\(AkinProcess.executable.path)' \(arguments) --library '\(library)' > /dev/full 2> /dev/null"
                process.arguments = ["-c", command]
                try process.run()
                process.waitUntilExit()
                #expect(process.terminationStatus == 2)
            }
        }
    }
}
