import Foundation
import TestSupport
import Testing

@Suite("Keeping what matters, and questions with signs, in the terminal")
struct KeepingTests {
    private static let papers = """
        {"id": "a1", "title": "Pandas near midnight", "abstract": "Pandas eat. At midnight they sleep on trees.", \
        "authors": ["Ada Reader", "Yu Li"], "year": 2021, "venue": "Zoo Letters"}
        {"id": "a2", "title": "Pandas and bamboo", "abstract": "All pandas eat bamboo.", "authors": ["Ito, Yuki"], \
        "year": 2019}
        {"id": "a3", "title": "Whales", "abstract": "They sing.", "year": 2020}

        """

    private func withLibrary(
        _ body: (_ akin: (String...) throws -> AkinProcess.Outcome, _ library: String) throws -> Void
    ) throws {
        try TemporaryFolder.with { folder in
            let file = folder + "/papers.jsonl"
            try Self.papers.write(toFile: file, atomically: true, encoding: .utf8)
            let library = folder + "/library"
            try #require(try AkinProcess.run("add", file, "-q", "--library", library).status == 0)
            try body({ (arguments: String...) in try AkinProcess.run(arguments + ["--library", library]) }, library)
        }
    }

    @Test func `a minus before a word leaves papers out, with and without quotation marks of the shell`() throws {
        try withLibrary { (akin: (String...) throws -> AkinProcess.Outcome, library: String) throws in
            for words in [["pandas", "-midnight"], ["pandas -midnight"], ["pandas", "NOT", "midnight"]] {
                let outcome = try AkinProcess.run(["search", "--titles", "--library", library] + words)
                #expect(outcome.output.contains("bamboo") && !outcome.output.contains("midnight"), "\(words)")
            }
            #expect(try akin("search", "title:pandas near", "--titles").output.contains("midnight"))
            #expect(try akin("list", "-title:pandas").output.hasPrefix("Whales\n"))
            #expect(try akin("list", "--count", "title:pandas").output == "2\n")
            #expect(
                try akin("search", "--format", "{rank} {id} {year}\\t{authors}", "bamboo", "-k1").output
                    == "1 a2 2019\tIto, Yuki\n")
        }
    }

    @Test func `a broken question is searched as words and says so, and a condition that nothing meets is named`()
        throws
    {
        try withLibrary { (akin: (String...) throws -> AkinProcess.Outcome, _: String) throws in
            let broken = try akin("search", "pandas (midnight")
            #expect(broken.output.contains("Pandas near midnight"))
            #expect(broken.errors.contains("A bracket is not closed, at character 8."))
            #expect(try !akin("search", "--literal", "pandas (midnight").errors.contains("bracket"))
            let nothing = try akin("search", "pandas year:1990")
            #expect(nothing.status == 1 && nothing.errors == "No paper meets 'year:1990'.\n")
            let both = try akin("search", "title:whales year:2021")
            #expect(both.errors == "The one paper that meets 'title:whales' does not meet 'year:2021'.\n")
            #expect(try akin("search", "pandas year:1990", "--json").json()["unmet"] as? String == "year:1990")
        }
    }

    @Test func `an answer is filed as a whole, and an answer without a close paper is not`() throws {
        try withLibrary { (akin: (String...) throws -> AkinProcess.Outcome, _: String) throws in
            let filed = try akin("search", "title:pandas", "--add-tag", "zoo", "--add-tag", "bears", "--add-to", "A/B")
            #expect(filed.errors == "Filed 2 papers; akin undo takes it back.\n")
            #expect(try akin("list", "--count", "tag:zoo tag:bears in:A").output == "2\n")
            #expect(try akin("search", "title:pandas", "--add-tag", "zoo", "--json").json()["filed"] as? Int == 0)
            #expect(try akin("search", "title:tigers", "--add-tag", "zoo").errors.contains("No paper was filed"))
            #expect(try akin("like", "a1", "--add-tag", "like").status == 0)
            #expect(try akin("list", "tag:like").output.contains("bamboo"))
            _ = try akin("undo")
            #expect(try akin("list", "--count", "tag:like").output == "0\n")
            #expect(try akin("search", "pandas", "--add-tag", " ").status == 2)
        }
    }

    @Test func `an answer is exported, best paper first`() throws {
        try withLibrary { (akin: (String...) throws -> AkinProcess.Outcome, _: String) throws in
            func ids(_ outcome: AkinProcess.Outcome) throws -> [String] {
                try outcome.output.split(separator: "\n").map { line in
                    let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
                    return object?["id"] as? String ?? ""
                }
            }
            #expect(try ids(akin("export", "--search", "bamboo", "-k1", "--format", "jsonl")) == ["a2"])
            #expect(try ids(akin("export", "--search", "year:2020..", "--format", "jsonl")) == ["a1", "a3"])
            #expect(try akin("export", "--search", "year:1990", "--format", "jsonl").status == 1)
            #expect(try akin("export", "a1", "--search", "pandas", "--format", "jsonl").status == 2)
            #expect(try akin("export", "-k", "1", "--format", "jsonl").status == 2)
            #expect(try akin("export", "--search", "(bamboo", "--format", "jsonl").status == 2)
            #expect(try akin("note", "a1", "--remove", "").status == 2)
        }
    }

    @Test func `several libraries answer a search together, and other commands take the last`() throws {
        try withLibrary { (akin: (String...) throws -> AkinProcess.Outcome, library: String) throws in
            let other = library + "-2"
            let file = library + "-2.jsonl"
            try #"{"id": "b1", "title": "Bamboo houses", "abstract": "Houses of bamboo.", "year": 2022}"#.write(
                toFile: file, atomically: true, encoding: .utf8)
            try #require(try AkinProcess.run("add", file, "-q", "--library", other).status == 0)
            let found = try akin("search", "bamboo", "--library", other)
            #expect(found.output.contains("Pandas and bamboo") && found.output.contains("in \(other)\n"))
            let report = try akin("search", "bamboo", "--library", other, "--json").json()
            let results = try #require(report["results"] as? [[String: Any]])
            #expect(Set(results.compactMap { $0["library"] as? String }) == [library, other])
            #expect(try akin("list", "--library", other, "--count").output == "3\n")
            #expect(try akin("search", "bamboo", "--library", other, "--add-tag", "x").status != 0)
            let listed = try AkinProcess.run(["libraries"], environment: ["AKIN_LIBRARY": other])
            #expect(listed.output == "  1 paper  \(other)  (default)\n")
            let none = try AkinProcess.run(["libraries"], environment: ["AKIN_LIBRARY": library + "-3"])
            #expect(none.status == 1 && none.output.isEmpty)
        }
    }

    @Test func `a paper is opened by the program of the desktop`() throws {
        try TemporaryFolder.with { folder in
            let file = folder + "/a file.pdf"
            try "x".write(toFile: file, atomically: true, encoding: .utf8)
            let papers = """
                {"id": "a1", "title": "One", "abstract": "", "attachments": ["\(folder)/gone.pdf", "\(file)"], \
                "doi": "10.1145/582415.582418"}
                {"id": "a2", "title": "Two", "abstract": "", "url": "https://example.org/a2"}
                {"id": "a3", "title": "Three", "abstract": ""}
                {"id": "a4", "title": "Four", "abstract": "", "attachments": ["smb://host/x", "-a.pdf"]}

                """
            try papers.write(toFile: folder + "/papers.jsonl", atomically: true, encoding: .utf8)
            let library = folder + "/library"
            try #require(
                try AkinProcess.run("add", folder + "/papers.jsonl", "-q", "--library", library).status == 0)
            let opener = folder + "/opener"
            try "#!/bin/sh\nprintf '%s\\n' \"$#\" \"$1\" >> '\(folder)/opened'\n".write(
                toFile: opener, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: opener)
            func akin(_ arguments: String..., opener: String) throws -> AkinProcess.Outcome {
                try AkinProcess.run(arguments + ["--library", library], environment: ["AKIN_OPENER": opener])
            }
            #expect(try akin("open", "One", "Two", opener: opener).status == 0)
            #expect(
                try String(contentsOfFile: folder + "/opened", encoding: .utf8)
                    == "1\n\(file)\n1\nhttps://example.org/a2\n")
            #expect(
                try akin("open", "--print", "--web", "One", opener: opener).output
                    == "https://doi.org/10.1145/582415.582418\n")
            let nothing = try akin("open", "Three", opener: opener)
            #expect(nothing.status == 1 && nothing.errors.contains("has no file"))
            #expect(try !akin("open", "--print", "Four", opener: opener).output.contains("smb"))
            let missing = try akin("open", "Two", opener: "no-such-program")
            #expect(missing.status == 2 && missing.errors.contains("no-such-program"))
            #expect(try akin("open", "Two", opener: "/bin/false").status == 2)
        }
    }

    @Test func `a paper is shown with the papers nearest to it`() throws {
        try withLibrary { (akin: (String...) throws -> AkinProcess.Outcome, _: String) throws in
            #expect(try akin("show", "a1").output.contains("\nnear\nPandas and bamboo · a2\n"))
            let neighbors = try akin("show", "a1", "--json").json()["neighbors"] as? [[String: Any]]
            #expect(neighbors?.first?["id"] as? String == "a2")
        }
    }

    @Test func `answers have authors and a sentence`() throws {
        try withLibrary { (akin: (String...) throws -> AkinProcess.Outcome, _: String) throws in
            let output = try akin("search", "midnight trees").output
            #expect(output.contains("Reader, Li · 2021 · Zoo Letters · a1"))
            #expect(output.contains("At midnight they sleep on trees.") && !output.contains("Pandas eat."))
            let long = try akin("search", "bamboo", "--long", "-n", "1").output
            #expect(long.contains("Ito · 2019 · a2") && long.contains("All pandas eat bamboo."))
        }
    }

    @Test func `tags, collections, notes and marks are kept, found, exported and taken back`() throws {
        try withLibrary { (akin: (String...) throws -> AkinProcess.Outcome, _: String) throws in
            #expect(try akin("tag", "to read", "a1", "Whales").output == "Changed 2 papers.\n")
            #expect(try akin("tag", "To Read", "a1").output == "Nothing changed.\n")
            #expect(try akin("tags").output == "2  to read\n")
            #expect(try akin("search", "tag:to read", "midnight", "--titles").output.contains("midnight"))
            #expect(try akin("collect", "Zoo/Asia", "a1").status == 0)
            #expect(try akin("note", "a1", "Compare", "with bears.").status == 0)
            #expect(try akin("read", "a1").status == 0 && akin("hide", "a2").status == 0)
            #expect(try akin("list", "in:Zoo note:bears is:read", "--format", "{id}").output == "a1\n")
            #expect(try !akin("search", "bamboo").output.contains("bamboo"))
            #expect(try akin("show", "a1").output.contains("Compare with bears."))
            #expect(try akin("export", "--format", "bibtex").output.contains("to read"))
            #expect(try akin("undo").output.contains("Took back 'hide'"))
            #expect(try akin("search", "bamboo").output.contains("Pandas and bamboo"))
            #expect(try akin("undo", "--list").output.split(separator: "\n").count == 5)
            #expect(try akin("remove", "--yes", "a3").status == 0)
            #expect(try akin("undo").output.contains("as before: Whales"))
            #expect(try akin("list", "tag:\"to read\"", "--count").output == "2\n")
            #expect(try akin("doctor").status == 0)
        }
    }

    @Test func `a note may begin with a dash, and goes by its number or its first words`() throws {
        try withLibrary { (akin: (String...) throws -> AkinProcess.Outcome, _: String) throws in
            #expect(try akin("note", "a1", "- a point", "- and another").output == "Changed 1 paper.\n")
            #expect(try akin("note", "a1", "Compare with bears.").status == 0)
            #expect(try akin("note", "a1", "Compare with whales.").status == 0)
            let card = try akin("show", "a1").output
            #expect(card.contains("note 1\n- a point - and another\n") && card.contains("note 3\n"), "\(card)")
            let several = try akin("note", "a1", "--remove", "compare")
            #expect(several.status == 2 && several.errors.contains("\n  3  Compare with whales."), "\(several.errors)")
            #expect(try akin("note", "a1", "--remove", "9").errors.contains("No note of the paper begins with '9'"))
            #expect(try akin("note", "a1", "--remove", "compare with b").status == 0)
            #expect(try akin("note", "a1", "--remove", "1").status == 0)
            let left = try akin("show", "a1").output
            #expect(left.contains("note\nCompare with whales.") && !left.contains("point"), "\(left)")
            #expect(try akin("note", "a1", "--remove").status == 0)
            #expect(try !akin("show", "a1").output.contains("whales"))
        }
    }

    @Test func `tags and collections keep one spelling`() throws {
        try withLibrary { (akin: (String...) throws -> AkinProcess.Outcome, _: String) throws in
            for arguments in [
                ["collect", "Zoo/Asia", "a1"], ["collect", "zoo/asia", "a2"], ["collect", "ZOO/Africa", "a3"],
                ["tag", "To Read", "a1"], ["tag", "to read", "a2"],
            ] {
                #expect(try akin(arguments[0], arguments[1], arguments[2]).status == 0)
            }
            #expect(try akin("show", "a2").output.contains("in          Zoo/Asia\n"))
            #expect(try akin("show", "a3").output.contains("in          Zoo/Africa\n"))
            #expect(try akin("show", "a2").output.contains("tags        To Read\n"))
        }
    }

    @Test func `the list of changes names tags and papers, and a list says how many papers there are`() throws {
        try withLibrary { (akin: (String...) throws -> AkinProcess.Outcome, _: String) throws in
            #expect(try akin("tag", "to read", "a1", "a3").status == 0)
            #expect(try akin("remove", "--yes", "a2").status == 0)
            let changes = try akin("undo", "--list").output.split(separator: "\n")
            #expect(changes[0].contains("remove: ") && changes[0].contains("“Pandas and bamboo”"), "\(changes)")
            #expect(changes[1].contains("tag to read: ") && changes[1].contains("“Whales”"), "\(changes)")
            #expect(try akin("list", "-k", "1").errors == "1 of 2 papers. --offset 1 lists the next.\n")
            #expect(try akin("list", "--offset", "1").errors.isEmpty)
            let search = try akin("search", "year:2000..", "-k", "1")
            #expect(search.errors == "1 of 2 papers. --offset 1 lists the next.\n")
            #expect(try akin("search", "year:2000..", "-k", "1", "--json").json()["total"] as? Int == 2)
        }
    }

    @Test func `wrong values are refused with what there is`() throws {
        try withLibrary { (akin: (String...) throws -> AkinProcess.Outcome, library: String) throws in
            for (arguments, part) in [
                (["search", "x", "--format", "{wings}"], "There are {id}"),
                (["search", "x", "--diverse", "2"], "from 0 to 1"),
                (["search", "x", "--since", "soon"], "--since"), (["list", "has:wings"], "at character 5"),
                (["search", "x", "--titles", "--long"], "exclude each other"), (["tag", "", "a1"], "empty"),
                (["search", "x", "--offset", "-1"], "offset"), (["note", "a1"], "--remove"),
            ] {
                let outcome = try AkinProcess.run(arguments + ["--library", library])
                #expect(outcome.status == 2 && outcome.errors.contains(part), "\(arguments): \(outcome.errors)")
            }
        }
    }
}
