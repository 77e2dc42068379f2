import Foundation
import PostgresTestSupport
import TestSupport
import Testing

@Suite("akin publish", .enabled(if: PostgresServer.isAvailable, Comment(rawValue: PostgresServer.skipNote)))
struct PublishCommandTests {
    private func withPublishedSample(_ body: (_ address: String, _ library: String) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            let library = folder + "/papers"
            try #require(try AkinProcess.run("demo", "-q", "--library", library).status == 0)
            try PostgresServer.withDatabase { address in
                let published = try AkinProcess.run("publish", "--to", address, "--library", library)
                try #require(published.status == 0, "\(published.errors)")
                #expect(published.output.contains("Published 74 papers"))
                try body(address, library)
            }
        }
    }

    @Test
    func `lets the commands that ask print what they print of the folder`() throws {
        try withPublishedSample { address, library in
            for command in [
                ["search", "long context attention", "-n", "5"], ["search", "year:2024 memory", "-n", "5"],
                ["like", "InfLLM", "-n", "5"], ["why", "InfLLM", "SirLLM"], ["show", "SirLLM"], ["list", "-n", "7"],
                ["search", "attention", "--explain", "-n", "2"], ["export", "--format", "bibtex"],
                ["search", "quetzalcoatl"],
            ] {
                let own = try AkinProcess.run(command + ["--library", library])
                let other = try AkinProcess.run(command + ["--library", address])
                #expect(own.status == other.status, "\(command): \(other.errors)")
                // Vectors are halves there, so that a score may differ in its last digit.
                func withoutScores(_ text: String) -> String { text.replacing(/[0-9]+\.[0-9]+/, with: "") }
                #expect(withoutScores(own.output) == withoutScores(other.output), "\(command)")
            }
        }
    }

    @Test
    func `lets the commands that need a folder say what to do`() throws {
        try withPublishedSample { address, library in
            try #"{"id": "x", "title": "Zeppelins"}"#.write(
                toFile: library + "/more.jsonl", atomically: true, encoding: .utf8)
            for command in [
                ["topics"], ["map", "-o", library + "-map.html"], ["neighbors", "--format", "csv"], ["refit"],
                ["duplicates"], ["doctor", "--repair"],
                ["add", "--rank", "64", library + "/more.jsonl"],
            ] {
                let outcome = try AkinProcess.run(command + ["--library", address])
                #expect(outcome.status == 2, "\(command)")
                #expect(outcome.errors.contains("needs a folder"), "\(command): \(outcome.errors)")
            }
            let unchanged = try AkinProcess.run("info", "--library", address)
            #expect(unchanged.output.contains(/papers +74\n/))
            let left = try FileManager.default.contentsOfDirectory(atPath: ".").filter { $0.hasPrefix("postgres") }
            #expect(left.isEmpty)
        }
    }

    @Test
    func `lets changes be made, checked and taken home`() throws {
        try withPublishedSample { address, library in
            let file = library + "/more.jsonl"
            try #"{"id": "x", "title": "Zeppelin caches", "abstract": "Of keys and values."}"#.write(
                toFile: file, atomically: true, encoding: .utf8)
            let commands = [
                ["add", file], ["tag", "to read", "x"], ["note", "x", "Compare."], ["remove", "SirLLM", "--yes"],
                ["undo"],
                ["doctor"],
            ]
            for command in commands {
                let outcome = try AkinProcess.run(command + ["--library", address])
                #expect(outcome.status == 0, "\(command): \(outcome.errors)")
            }
            let pulled = library + "-pulled"
            let outcome = try AkinProcess.run("pull", "--from", address, "--library", pulled)
            #expect(outcome.output.contains("Pulled 75 papers"), "\(outcome.errors)")
            let found = try AkinProcess.run("search", "zeppelin tag:\"to read\"", "--library", pulled)
            #expect(found.output.contains("Zeppelin caches"))
            #expect(try AkinProcess.run("doctor", "--library", pulled).status == 0)
        }
    }

    @Test
    func `prints what an administrator has to run`() throws {
        let outcome = try AkinProcess.run("publish", "--print-sql", "--create-roles")
        #expect(outcome.status == 0)
        for part in ["create extension if not exists vector", "create schema akin;", "create role akin_reader"] {
            #expect(outcome.output.contains(part))
        }
    }

    @Test
    func `never shows a password`() throws {
        let outcome = try AkinProcess.run("search", "x", "--library", "postgres://me:geheim@127.0.0.1:1/papers")
        #expect(outcome.status == 2)
        #expect(!(outcome.errors + outcome.output).contains("geheim"))
    }

    @Test
    func `takes an address alone`() throws {
        let outcome = try AkinProcess.run("publish", "--to", "/tmp/folder")
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("postgres://HOST/DATABASE"))
    }
}
