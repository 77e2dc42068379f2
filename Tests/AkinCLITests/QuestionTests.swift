import Foundation
import TestSupport
import Testing

@Suite("Questions that are ids, years or nothing, and filters that nothing meets")
struct QuestionTests {
    private static let papers = """
        {"id": "arxiv:2506.11555", "title": "Streaming H<sub>2</sub>O &amp; memory", "abstract": "<jats:p>A model.</jats:p>", \
        "authors": ["Ada Reader", "Yu Li"], "year": 2021, "categories": ["cs.CL"]}
        {"id": "a2", "title": "Memory of long texts", "abstract": "Long texts need a memory that streams.", \
        "authors": ["Yuki Ito"], "year": 2021}

        """

    private func withLibrary(
        _ body: (_ akin: (String...) throws -> AkinProcess.Outcome, _ library: String) throws -> Void
    ) throws {
        try TemporaryFolder.with { folder in
            let file = folder + "/papers.jsonl"
            try Self.papers.write(toFile: file, atomically: true, encoding: .utf8)
            let library = folder + "/it's a library"
            try #require(try AkinProcess.run("add", file, "-q", "--library", library).status == 0)
            try body({ (arguments: String...) in try AkinProcess.run(arguments + ["--library", library]) }, library)
        }
    }

    @Test func `an id in any spelling is found wherever a paper is taken, and comes first in a search`() throws {
        try withLibrary { akin, _ in
            let link = "https://arxiv.org/abs/2506.11555v3"
            #expect(try akin("show", link).output.hasPrefix("Streaming H₂O & memory\n"))
            #expect(try akin("like", link).output.contains("Memory of long texts"))
            #expect(try akin("why", link, "a2").status == 0)
            let outcome = try akin("search", link)
            #expect(outcome.status == 0)
            #expect(outcome.output.contains("1  1.000  Streaming H₂O & memory"))
            #expect(try akin("remove", "--yes", "<\(link)>").status == 0)
            let absent = try akin("search", link)
            #expect(absent.status == 1 && absent.output.isEmpty)
            #expect(absent.errors == "The library has no paper with the id '\(link)'.\n")
            let report = try akin("search", link, "--json")
            #expect(report.status == 1)
            #expect(try report.json()["absentID"] as? String == link)
        }
    }

    @Test func `a year alone points to --year`() throws {
        try withLibrary { akin, library in
            let outcome = try akin("search", "2021")
            #expect(outcome.errors.contains("`akin search TEXT --year 2021 --library "))
            let quoted = library.replacing("'", with: "'\\''")
            #expect(outcome.errors.contains("`akin list --year 2021 --library '\(quoted)'`"))
        }
    }

    @Test func `an author is a whole word of a name, and an unknown one is named with near spellings`() throws {
        try withLibrary { akin, _ in
            let yu = try akin("list", "--author", "Yu")
            #expect(yu.output.contains("Streaming") && !yu.output.contains("Memory of"))
            #expect(try akin("list", "--author", "A. Reader").output.contains("Streaming"))
            for command in ["list", "search memory"] {
                let words = command.split(separator: " ").map(String.init)
                let outcome = try AkinProcess.run(
                    words + ["--author", "Raeder", "--category", "cs.LC", "--json"],
                    environment: ["AKIN_LIBRARY": try akin("info", "--json").json()["library"] as? String ?? ""])
                #expect(outcome.status == 1)
                let unknown = try #require(try outcome.json()["unknownFilters"] as? [[String: Any]])
                #expect(unknown.map { $0["part"] as? String } == ["author", "category"])
                #expect(unknown[0]["suggestions"] as? [String] == ["Ada Reader"])
            }
            let outcome = try akin("search", "memory", "--author", "Raeder")
            #expect(outcome.errors == "No paper has the author 'Raeder'. Did you mean Ada Reader?\n")
        }
    }

    @Test(arguments: [["list"], ["search", "memory"], ["like", "a2"]])
    func `an unknown entry of a filter is named although others find papers`(command: [String]) throws {
        try withLibrary { akin, library in
            let arguments =
                command + ["--author", "Zzz", "--author", "Yu", "--category", "cs.LC", "--category", "cs"]
                + ["--library", library]
            let outcome = try AkinProcess.run(arguments)
            #expect(outcome.output.contains("Streaming"))
            #expect(outcome.errors.contains("No paper has the author 'Zzz'.\n"))
            #expect(outcome.errors.contains("No paper has the category 'cs.LC'. Did you mean cs.CL?\n"))
            #expect(!outcome.errors.contains("'Yu'") && !outcome.errors.contains("No paper found"))
            let report = try AkinProcess.run(arguments + ["--json"]).json()
            let unknown = try #require(report["unknownFilters"] as? [[String: Any]])
            #expect(unknown.map { $0["value"] as? String } == ["Zzz", "cs.LC"])
        }
    }

    @Test func `the words of a text with scripts are found as people type them`() throws {
        try withLibrary { akin, _ in
            for question in ["H2O", "H₂O", "h<sub>2</sub>o"] {
                let outcome = try akin("search", question)
                #expect(outcome.status == 0 && outcome.output.contains("Streaming H₂O & memory"), "\(question)")
            }
        }
    }

    @Test(arguments: ["🙂", "to be or not to be", "7", "α"])
    func `a text of an emoji, of stop words or of one sign with a meaning is a question`(text: String) throws {
        try withLibrary { akin, _ in
            let report = try akin("search", text, "--json").json()
            #expect(report["error"] == nil)
        }
    }

    @Test(arguments: ["", "?!", "   ", "…", "+", "→", "∇", "+ → ∇", "\u{200B}"])
    func `a text without a word is wrong usage, and its signs are named`(text: String) throws {
        try withLibrary { akin, _ in
            let outcome = try akin("search", text, "--json")
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains("nothing to search for"))
            if let sign = text.first(where: { "?+→∇…".contains($0) }) {
                #expect(outcome.errors.contains("signs such as \(sign)"))
            }
            #expect((try outcome.json()["error"] as? [String: Any])?["code"] as? String == "usage")
        }
    }

    @Test func `a suggested command names the library that was given last, in either spelling`() throws {
        try TemporaryFolder.with { folder in
            let (first, last) = (folder + "/first", folder + "/last one")
            for flags in [
                ["--library=" + first, "--library", last], ["--library", first, "--library=" + last],
                ["--library", first, "--library", last], ["--library=" + first, "--library=" + last],
            ] {
                let outcome = try AkinProcess.run(["info"] + flags)
                #expect(outcome.status == 2)
                #expect(outcome.errors.contains("`akin add FILE --library '\(last)'`"), "\(flags)")
            }
        }
    }

    @Test func `a suggested command works when it is pasted into a shell`() throws {
        try withLibrary { akin, _ in
            for name in ["it's $HOME `memory`", "-memory"] {
                let outcome = try akin("show", "--", name)
                #expect(outcome.status == 2)
            }
            let outcome = try akin("show", "memory's streams")
            let command = try #require(outcome.errors.firstMatch(of: /`(akin search .*)` looks/)).1
            let pasted = try AkinProcess.shell(String(command))
            #expect(pasted.status == 0)
            #expect(pasted.output.contains("Memory of long texts"))
        }
    }
}
