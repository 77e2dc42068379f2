import Foundation
import TestSupport
import Testing

@Suite("What the command line tells a newcomer")
struct GuidanceTests {
    @Test(arguments: [
        (["serach", "x"], "no command 'serach'. Did you mean 'search'?"), (["lst"], "Did you mean 'list'?"),
        (["tgas"], "Did you mean 'tags'"), (["dup"], "Did you mean 'duplicates'?"),
        (["watch", "ad"], "no command 'watch ad'. Did you mean 'add'?"),
        (["long context"], "`akin search 'long context'` asks for papers."),
        (["search", "x", "--yaer", "2020"], "Did you mean '--year'?"),
    ])
    func `a mistyped command or flag is an error that names its likeness`(arguments: [String], hint: String) throws {
        let outcome = try AkinProcess.run(arguments)
        #expect(outcome.status == 2 && outcome.output.isEmpty)
        #expect(outcome.errors.contains(hint), "\(outcome.errors)")
    }

    @Test func `akin alone tells what the library holds and what to ask, in commands that a shell can run`() throws {
        try TemporaryFolder.with { folder in
            let papers = (0..<40).map { number in
                """
                {"id": "p\(number)", "title": "Reader\(number): streaming memory of kind \(number)", "year": \
                \(number < 5 ? 2019 : 2021), "venue": "\(number % 3 == 0 ? "Zoo Letters" : "Place \(number)")", \
                "language": "en"}
                """
            }
            let file = folder + "/papers.jsonl"
            try papers.joined(separator: "\n").write(toFile: file, atomically: true, encoding: .utf8)
            let environment = ["AKIN_LIBRARY": folder + "/it's mine"]
            try #require(try AkinProcess.run(["add", "-q", file], environment: environment).status == 0)
            let outcome = try AkinProcess.run([], environment: environment)
            #expect(outcome.status == 0 && outcome.errors.isEmpty)
            for part in [
                "40 papers\n", "2019–2021, most of 2021", "en (40)", "less than a day ago", "every paper is compared",
                "  akin search 'streaming memory'\n", "  akin like Reader", "--venue 'Zoo Letters'\n",
            ] {
                #expect(outcome.output.contains(part), "\(part) in \(outcome.output)")
            }
            let commands = outcome.output.split(separator: "\n").filter { $0.hasPrefix("  akin ") }
            #expect(commands.count == 3)
            for command in commands {
                let run = try AkinProcess.shell(String(command), environment: environment)
                #expect(run.status == 0 && !run.output.isEmpty, "\(command): \(run.errors)")
            }
            let report = try AkinProcess.run(["--json"], environment: environment).json()
            #expect(report["papers"] as? Int == 40 && (report["suggestions"] as? [String])?.count == 3)
        }
    }

    @Test func `akin alone without a library says what to do first`() throws {
        let outcome = try AkinProcess.run([])
        #expect(outcome.status == 0)
        #expect(outcome.output.hasPrefix("OVERVIEW: ") && outcome.output.contains("akin demo"))
        #expect(outcome.errors.contains("`akin add FILE`") && outcome.errors.contains("`akin demo`"))
        #expect(try AkinProcess.run("--library", "/nonexistent/library").status == 2)
    }
}
