import Foundation
import TestSupport
import Testing

@Suite("The configuration file")
struct ConfigurationTests {
    /// Two libraries, and a home whose configuration file has a text.
    private func with(
        _ text: String, _ body: (_ akin: ([String], [String: String]) throws -> AkinProcess.Outcome) throws -> Void
    ) throws {
        try TemporaryFolder.with { folder in
            try FileManager.default.createDirectory(
                atPath: folder + "/.config/akin", withIntermediateDirectories: true)
            try text.write(toFile: folder + "/.config/akin/config.toml", atomically: true, encoding: .utf8)
            for (name, count) in [("one", 14), ("two", 3)] {
                let papers = (0..<count).map {
                    "{\"id\": \"\(name)\($0)\", \"title\": \"Part \($0) of \(name) on attention\", \"year\": \(2000 + $0)}"
                }
                let file = folder + "/\(name).jsonl"
                try papers.joined(separator: "\n").write(toFile: file, atomically: true, encoding: .utf8)
                let added = try AkinProcess.run("add", file, "-q", "--library", folder + "/" + name)
                try #require(added.status == 0)
            }
            try body { arguments, environment in
                try AkinProcess.run(arguments, environment: ["HOME": folder].merging(environment) { $1 }, in: folder)
            }
        }
    }

    private static let whole = """
        library = "first"
        count = 4
        format = "titles"

        [libraries]
        first = "~/one"
        second = "../../two"

        [aliases]
        late = "year:2012.. OR year:2001"
        early = 'year:..2000'
        """

    @Test func `its library, count, format and aliases hold unless a flag or the environment says otherwise`() throws {
        try with(Self.whole) { akin in
            func lines(_ arguments: String..., environment: [String: String] = [:]) throws -> [Substring] {
                try akin(arguments, environment).output.split(separator: "\n")
            }
            #expect(try lines("list", "--count") == ["14"])
            #expect(try lines("list", "--count", environment: ["AKIN_LIBRARY": "second"]) == ["3"])
            let folder = ["AKIN_LIBRARY": "two"]
            #expect(try lines("list", "--count", environment: folder) == ["3"])
            #expect(try lines("list", "--count", "--library", "first", environment: folder) == ["14"])
            #expect(try lines("search", "attention").count == 4)
            #expect(try lines("search", "attention", "-k", "2").count == 2)
            #expect(try lines("search", "attention", "-k", "1", "--format", "standard").count > 1)
            #expect(try lines("search", "@early", "--format", "{id}") == ["one0"])
            #expect(try Set(lines("search", "@late", "--format", "{id}")) == ["one1", "one12", "one13"])
            #expect(try Set(lines("list", "@late", "-year:2013", "--format", "{id}")) == ["one1", "one12"])
            #expect(try akin(["search", "attention", "--json"], [:]).json()["results"] is [[String: Any]])
            let unknown = try akin(["search", "@latte"], [:])
            #expect(unknown.status == 2 && unknown.errors.contains("Did you mean @late?"), "\(unknown.errors)")
        }
    }

    @Test func `it is where the environment says, or nowhere`() throws {
        try with("count = 2\nformat = 'titles'\n") { akin in
            let search = ["search", "attention", "--library", "one"]
            #expect(try akin(search, [:]).output.split(separator: "\n").count == 2)
            #expect(try akin(search, ["AKIN_CONFIG": ""]).output.split(separator: "\n").count == 20)
            #expect(try akin(search, ["XDG_CONFIG_HOME": "/nonexistent"]).output.split(separator: "\n").count == 20)
            let absent = try akin(search, ["AKIN_CONFIG": "/nonexistent.toml"])
            #expect(absent.status == 2 && absent.errors.contains("AKIN_CONFIG"))
        }
    }

    @Test func `an unknown key is named with its likeness, and stops nothing`() throws {
        try with("\ncuont = 2\nwings = true\n") { akin in
            let outcome = try akin(["list", "--count", "--library", "one"], [:])
            #expect(outcome.status == 0 && outcome.output == "14\n")
            #expect(outcome.errors.contains("line 2, has the unknown key 'cuont'. Did you mean 'count'?"))
            #expect(outcome.errors.contains("line 3, has the unknown key 'wings'. There are library, count"))
            #expect(try akin(["list", "--count", "-q", "--library", "one"], [:]).errors.isEmpty)
        }
    }

    @Test(arguments: [
        ("library = \"x\"\ncount = \"ten\"\n", "line 2,", "Write count = 20."),
        ("count = 0\n", "line 1,", "Write count = 20."), ("color = \"blue\"", "line 1,", "auto, always or never"),
        ("format = \"{wings}\"", "line 1,", "standard, titles, long"), ("\n\npager = 3", "line 3,", "less -R"),
        ("aliases = \"x\"", "line 1,", "[aliases]"), ("[aliases]\n\na = 1", "line 3,", "KV cache"),
        ("library = \"x\n", "line 1,", "Correct the line."),
    ])
    func `a wrong value is named with the file, the line and the remedy`(
        text: String, line: String, remedy: String
    )
        throws
    {
        try with(text) { akin in
            let outcome = try akin(["list", "--json", "--library", "one"], [:])
            #expect(outcome.status == 2)
            for part in [".config/akin/config.toml'", line, remedy] {
                #expect(outcome.errors.contains(part), "\(outcome.errors)")
            }
            #expect((try outcome.json()["error"] as? [String: Any])?["code"] as? String == "wrongConfiguration")
            #expect(try akin(["--version"], [:]).status == 0)
        }
    }
}
