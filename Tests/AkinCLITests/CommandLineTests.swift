import Foundation
import TestSupport
import Testing

@Suite("The command line")
struct CommandLineTests {
    @Test
    func `tells its version and its help with status 0`() throws {
        let version = try AkinProcess.run("--version")
        #expect(version.status == 0)
        #expect(version.output.split(separator: ".").count == 3)
        let help = try AkinProcess.run("--help")
        #expect(help.status == 0)
        #expect(help.output.contains("akin search"))
    }

    @Test(arguments: [
        ["wrong"], ["search"], ["search", "x", "-k", "-3"], ["search", "x", "--alpha", "2"],
        ["add", "f", "--threads", "0"],
        ["search", "x", "--year", "yesterday"], ["search", "x", "--mode", "magic"],
    ])
    func `answers wrong usage with status 2`(arguments: [String]) throws {
        let outcome = try AkinProcess.run(arguments)
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains("Usage") || outcome.errors.contains("Error"))
    }

    @Test
    func `says how to make a library where there is none`() throws {
        try TemporaryFolder.with { folder in
            let outcome = try AkinProcess.run("search", "x", "--library", folder + "/none", "--json")
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains("akin add"))
            let error = try outcome.json()["error"] as? [String: Any]
            #expect(error?["code"] as? String == "noLibrary")
        }
    }

    @Test
    func `shows the demonstration`() throws {
        try TemporaryFolder.with { folder in
            for _ in 0..<2 {
                let outcome = try AkinProcess.run("demo", environment: ["XDG_DATA_HOME": folder])
                #expect(outcome.status == 0)
                #expect(outcome.output.contains("akin like InfLLM"))
                #expect(outcome.output.contains("LLM in a flash"))
            }
            #expect(FileManager.default.fileExists(atPath: folder + "/akin/demo/papers.sqlite"))
            #expect(!FileManager.default.fileExists(atPath: folder + "/akin/default"))
        }
    }

    @Test
    func `shows commands in the demonstration that a shell can run`() throws {
        try TemporaryFolder.with { folder in
            let library = folder + "/it's a demo"
            let outcome = try AkinProcess.run("demo", "--library", library)
            #expect(outcome.status == 0)
            #expect(outcome.errors.contains("make your own with `akin add FILE`."))
            let commands = outcome.output.split(separator: "\n").filter { $0.hasPrefix("$ ") }.map { $0.dropFirst(2) }
            #expect(commands.count == 2)
            for command in commands {
                let pasted = try AkinProcess.shell(String(command))
                #expect(pasted.status == 0)
                // The answer to `like` has a heading of its own.
                let hits = pasted.output.split(separator: "\n").filter { !$0.hasPrefix("Papers like ") }
                #expect(hits.count >= 10 && outcome.output.contains(hits.joined(separator: "\n")))
            }
        }
    }

    @Test
    func `finds its library by flag, environment and data folder, in this order`() throws {
        try TemporaryFolder.with { folder in
            let file = folder + "/papers.jsonl"
            let environment = ["XDG_DATA_HOME": folder + "/data", "AKIN_LIBRARY": folder + "/environment"]
            for (title, arguments, variables) in [
                ("Flags", ["--library", folder + "/flag"], environment),
                ("Environments", [], environment),
                ("Defaults", [], ["XDG_DATA_HOME": folder + "/data"]),
            ] {
                try #"{"title": "\#(title)"}"#.write(toFile: file, atomically: true, encoding: .utf8)
                #expect(try AkinProcess.run(["add", file] + arguments, environment: variables).status == 0)
                let list = try AkinProcess.run(["list"] + arguments, environment: variables)
                #expect(list.output.hasPrefix(title))
            }
            #expect(FileManager.default.fileExists(atPath: folder + "/data/akin/default/papers.sqlite"))
        }
    }
}
