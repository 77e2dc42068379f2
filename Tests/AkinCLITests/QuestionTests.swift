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
            #expect(try akin("show", link).output.hasPrefix("Streaming H2O & memory\n"))
            #expect(try akin("like", link).output.contains("Memory of long texts"))
            #expect(try akin("why", link, "a2").status == 0)
            let outcome = try akin("search", link)
            #expect(outcome.status == 0)
            #expect(outcome.output.contains("1  1.000  Streaming H2O & memory"))
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
            #expect(outcome.errors.contains("--year 2021"))
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

    @Test(arguments: ["", "?!", "   ", "…"])
    func `a text without a letter or digit is wrong usage`(text: String) throws {
        try withLibrary { akin, _ in
            let outcome = try akin("search", text, "--json")
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains("nothing to search for"))
            #expect((try outcome.json()["error"] as? [String: Any])?["code"] as? String == "usage")
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
