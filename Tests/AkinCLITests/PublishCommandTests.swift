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
            for command in [
                ["add", library + "/x.jsonl"], ["doctor"], ["topics"], ["remove", "SirLLM", "--yes"], ["refit"],
                ["tag", "x", "InfLLM"],
            ] {
                let outcome = try AkinProcess.run(command + ["--library", address])
                #expect(outcome.status == 2, "\(command)")
                #expect(outcome.errors.contains("needs a folder"), "\(command): \(outcome.errors)")
            }
            let left = try FileManager.default.contentsOfDirectory(atPath: ".").filter { $0.hasPrefix("postgres") }
            #expect(left.isEmpty)
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
