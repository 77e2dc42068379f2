import Foundation
import TestSupport
import Testing

@Suite("Connections")
struct NoConnectionTests {
    private static let isTraceable: Bool = {
        let trace = try? AkinProcess.shell("strace -f -qq -e trace=network -o /dev/null true")
        return trace?.status == 0
    }()

    @Test(.enabled(if: isTraceable, "needs strace, and a system that lets processes be traced"))
    func `no command but fetch opens a socket of the internet`() throws {
        try TemporaryFolder.with { folder in
            let papers = (0..<30).map { number in
                "{\"id\": \"p\(number)\", \"title\": \"Part \(number) on soil\", \"abstract\": \"We study soil.\"}"
            }
            try papers.joined(separator: "\n").write(
                toFile: folder + "/papers.jsonl", atomically: true, encoding: .utf8)
            try "@misc{a, title = {See https://example.org/a}, url = {https://example.org/a}}".write(
                toFile: folder + "/refs.bib", atomically: true, encoding: .utf8)
            let commands = [
                "add papers.jsonl refs.bib", "sync", "search soil", "search https://doi.org/10.1234/a", "like p1",
                "why p1 p2", "compare lsa lsa", "show p1", "list", "info", "doctor", "refit", "duplicates",
                "export --format bibtex", "export --vectors v.npy", "embed papers.jsonl --output e.npy",
                "train papers.jsonl --output m.lsa", "benchmark", "remove p1", "demo", "--version",
            ]
            for command in commands {
                let trace = folder + "/trace"
                // The library's folder is that of the variable, so that no command sees another one.
                let outcome = try AkinProcess.shell(
                    "strace -f -qq -e trace=network -o trace akin \(command)",
                    environment: ["HOME": folder, "AKIN_LIBRARY": folder + "/library"], in: folder)
                #expect(outcome.status != 127, "\(command): \(outcome.errors)")
                let calls = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n")
                let sockets = calls.filter { $0.contains("AF_INET") }
                #expect(sockets.isEmpty, "akin \(command): \(sockets.prefix(3))")
            }
        }
    }

    @Test(.enabled(if: isTraceable, "needs strace, and a system that lets processes be traced"))
    func `the trace sees a connection where there is one`() throws {
        try TemporaryFolder.with { folder in
            _ = try AkinProcess.shell(
                "strace -f -qq -e trace=network -o trace akin fetch arxiv soil --arxiv-url http://127.0.0.1:9/ --interval 0",
                environment: ["HOME": folder], in: folder)
            #expect(try String(contentsOfFile: folder + "/trace", encoding: .utf8).contains("AF_INET"))
        }
    }
}
