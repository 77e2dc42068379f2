import Foundation
import TestSupport
import Testing

@Suite("The command line at a terminal")
struct TerminalTests {
    /// A library of papers with long titles, many authors and an address.
    private func withLibrary(_ count: Int = 30, _ body: (_ library: String) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            let authors = (0..<12).map { "\"Ada Middle Reader \($0)\"" }.joined(separator: ", ")
            let papers = (0..<count).map { number in
                """
                {"id": "p\(number)", "title": "Reader\(number): A long title on the streaming of memory in attention that \
                no narrow terminal has room for, part \(number)", "abstract": "We study attention of many models.", \
                "authors": [\(authors)], "year": 2020, "url": "https://example.org/p\(number)"}

                """
            }
            let file = folder + "/papers.jsonl"
            try papers.joined().write(toFile: file, atomically: true, encoding: .utf8)
            let library = folder + "/library"
            try #require(try AkinProcess.run("add", file, "-q", "--library", library).status == 0)
            try body(library)
        }
    }

    @Test(arguments: [60, 80, 160])
    func `lines fit the terminal, and no word is broken`(columns: Int) throws {
        try withLibrary { (library: String) throws in
            let file = ["--library", library]
            try #require(try AkinProcess.run(["tag", "to read", "p1", "p2"] + file).status == 0)
            for command in [
                ["info"], ["show", "p3"], ["undo", "--list"], ["doctor"], ["show", "no such paper at all"], ["list"],
                ["search", "streaming memory", "--explain", "-k", "3"], ["search", "year:2020", "-k", "3"], [],
            ] {
                let shown = try TerminalProcess.run(command + file, columns: columns)
                let whole = try AkinProcess.run(command + file)
                // A word that no line has room for is the folder's name alone.
                let isLong = { (line: Substring) in line.count > columns && !line.contains("/") }
                #expect(!shown.lines.contains(where: isLong), "\(command): \(shown.output)")
                #expect(shown.status == whole.status)
                let words = (whole.output + whole.errors).split(whereSeparator: \.isWhitespace)
                #expect(shown.words == words, "\(command)")
            }
        }
        for command in [["--help"], ["add", "--help"], ["search", "--help"], ["serach"]] {
            let shown = try TerminalProcess.run(command, columns: columns)
            let whole = try AkinProcess.run(command)
            #expect(shown.lines.allSatisfy { $0.count <= columns }, "\(command): \(shown.output)")
            #expect(shown.words == (whole.output + whole.errors).split(whereSeparator: \.isWhitespace), "\(command)")
        }
    }

    @Test func `what follows a label stands under its text`() throws {
        try withLibrary(3) { (library: String) throws in
            let lines = try TerminalProcess.run(["show", "p1", "--library", library], columns: 60).lines
            let first = try #require(lines.firstIndex { $0.hasPrefix("authors     Ada") })
            #expect(lines[first + 1].prefix { $0 == " " }.count == 12, "\(lines)")
        }
    }

    @Test func `only what is longer than the screen goes through the pager`() throws {
        try withLibrary { (library: String) throws in
            func run(_ arguments: String..., pager: String = "sed s/^/PAGED:/") throws -> TerminalProcess.Outcome {
                try TerminalProcess.run(
                    arguments + ["--library", library], columns: 80, rows: 24, environment: ["AKIN_PAGER": pager])
            }
            let long = try run("list", "--titles", "-k", "29")
            #expect(long.status == 0)
            #expect(long.lines.dropLast().allSatisfy { $0.hasPrefix("PAGED:") }, "\(long.output)")
            #expect(long.output.contains("29 of 30 papers"))
            for arguments in [["list", "--titles", "-k", "3"], ["list", "--json"], ["list", "--no-pager"]] {
                let outcome = try TerminalProcess.run(
                    arguments + ["--library", library], columns: 80, rows: 24,
                    environment: ["AKIN_PAGER": "sed s/^/PAGED:/"])
                #expect(!outcome.output.contains("PAGED:"), "\(arguments)")
            }
            for pager in ["", "cat", "no-such-program -x"] {
                #expect(try run("list", "--titles", pager: pager).output.contains("Reader29:"), "\(pager)")
            }
        }
    }

    @Test func `a pager that is left early is no error`() throws {
        try withLibrary(900) { (library: String) throws in
            let outcome = try TerminalProcess.run(
                ["list", "--long", "--library", library], columns: 80, rows: 24,
                environment: ["AKIN_PAGER": "head -n 1"])
            #expect(outcome.status == 0)
            #expect(outcome.lines.count == 2, "\(outcome.output)")
        }
    }

    @Test func `titles are links where the terminal follows them, and nowhere else`() throws {
        try withLibrary(3) { (library: String) throws in
            let arguments = ["list", "--titles", "-k", "1", "--library", library]
            let link = "\u{1B}]8;;https://example.org/p0\u{1B}\\Reader0:"
            func output(_ environment: [String: String]) throws -> String {
                try TerminalProcess.run(arguments, columns: 80, environment: environment).output
            }
            #expect(try output(["FORCE_HYPERLINK": "1"]).hasPrefix(link))
            #expect(try output(["TERM": "xterm-kitty"]).hasPrefix(link))
            #expect(try output(["VTE_VERSION": "6003"]).hasPrefix(link))
            for other in [
                [:], ["TERM": "dumb", "WT_SESSION": "1"], ["VTE_VERSION": "4000"], ["TERM": "screen-256color"],
            ] {
                #expect(try !output(other).contains("\u{1B}"), "\(other)")
            }
            #expect(try !AkinProcess.run(arguments, environment: ["FORCE_HYPERLINK": "1"]).output.contains("\u{1B}"))
        }
    }

    @Test func `NO_COLOR and CLICOLOR_FORCE decide over colors`() throws {
        try withLibrary(3) { (library: String) throws in
            let arguments = ["show", "p1", "--library", library]
            func isColored(_ environment: [String: String]) throws -> Bool {
                try AkinProcess.run(arguments, environment: environment).output.contains("\u{1B}[1m")
            }
            #expect(try !isColored([:]))
            #expect(try isColored(["CLICOLOR_FORCE": "1"]))
            #expect(try !isColored(["CLICOLOR_FORCE": "0"]))
            #expect(try !isColored(["CLICOLOR_FORCE": "1", "NO_COLOR": "1"]))
            let terminal = try TerminalProcess.run(arguments, columns: 80, environment: ["NO_COLOR": ""])
            #expect(terminal.output.contains("\u{1B}[1m"))
        }
    }
}
