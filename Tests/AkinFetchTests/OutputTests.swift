import Foundation
import Papers
import Synchronization
import TestSupport
import Testing

@Suite("The output of a fetch")
struct OutputTests {
    private static func pages() throws -> FakeService {
        try FakeService { request, number in
            let start = Int(request.parameters["start"] ?? "") ?? 0
            return .init(body: arXivFeed(start..<start + 100, total: 300))
        }
    }

    @Test
    func `a file is written, and not replaced unless that is asked for`() throws {
        try TemporaryFolder.with { folder in
            let file = folder + "/papers.jsonl"
            let service = try Self.pages()
            let command = ["arxiv", "soil", "--max", "10", "-o", file]
            let first = try FetchProcess.run(command, service: service)
            #expect(first.status == 0, "\(first.errors)")
            #expect(first.output.isEmpty)
            let text = try Data(contentsOf: URL(filePath: file))
            #expect(try FetchProcess.papers(Array(text)).count == 10)

            let second = try FetchProcess.run(command, service: service)
            #expect(second.status == 2)
            #expect(second.errors.contains("--resume"))
            #expect(try Data(contentsOf: URL(filePath: file)) == text)
            #expect(service.requests.count == 1)
            #expect(try FetchProcess.run(command + ["--force"], service: service).status == 0)
            #expect(try Data(contentsOf: URL(filePath: file)) == text)
        }
    }

    @Test
    func `what was written before an error stays, and the next run adds what is missing`() throws {
        try TemporaryFolder.with { folder in
            let file = folder + "/papers.jsonl"
            let isRepaired = Switch()
            let service = try FakeService { request, _ in
                let start = Int(request.parameters["start"] ?? "") ?? 0
                return start == 100 && !isRepaired.isOn
                    ? .init(status: 500) : .init(body: arXivFeed(start..<start + 100, total: 200))
            }
            let command = ["arxiv", "soil", "--max", "200", "--resume", file]
            #expect(try FetchProcess.run(command, service: service).status == 2)
            #expect(try FetchProcess.papers(Array(Data(contentsOf: URL(filePath: file)))).count == 100)
            isRepaired.turnOn()
            #expect(try FetchProcess.run(command, service: service).status == 0)
            let papers = try FetchProcess.papers(Array(Data(contentsOf: URL(filePath: file))))
            #expect(papers.map(\.id) == (0..<200).map { "arxiv:\(arXivID($0))" })
        }
    }

    @Test
    func `identifiers that the file has are not asked for again, and a line that was cut off is left alone`() throws {
        try TemporaryFolder.with { folder in
            let file = folder + "/papers.jsonl"
            try Data("{\"id\": \"doi:\(doi(1))\", \"title\": \"One\"}\n{\"id\": \"doi:\(doi(2))\", \"ti".utf8)
                .write(to: URL(filePath: file))
            let service = try FakeService { _, _ in .init(body: openAlexPage([openAlexWork(2)], total: 1)) }
            let outcome = try FetchProcess.run(["ids", doi(1), doi(2), "--resume", file], service: service)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(service.requests.map { $0.parameters["filter"] } == ["doi:\(doi(2))"])
            let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
            #expect(lines.count == 3)
            #expect(lines[2].hasPrefix("{\"id\": \"doi:\(doi(2))\", \"title\": \"Work 2 on soil\""))

            let again = try FetchProcess.run(["ids", doi(1), doi(2), "--resume", file], service: service)
            #expect(again.status == 0, "\(again.errors)")
            #expect(service.requests.count == 1)
        }
    }

    @Test
    func `an interrupted fetch ends by the signal and leaves whole lines`() throws {
        let service = try FakeService { request, number in
            let start = Int(request.parameters["start"] ?? "") ?? 0
            return .init(
                body: arXivFeed(start..<start + 100, total: 900), delay: number == 2 ? 20 : 0)
        }
        let outcome = try FetchProcess.run(["arxiv", "soil", "--max", "900"], service: service) { process in
            while service.requests.count < 3, process.isRunning { Thread.sleep(forTimeInterval: 0.01) }
            process.interrupt()
        }
        #expect(outcome.status == SIGINT)
        #expect(outcome.output.hasSuffix("}\n"))
        #expect(try outcome.papers().count == 200)
    }

    @Test
    func `every command has a help text, with examples where it takes arguments, and asks no service for it`() throws {
        let service = try Self.pages()
        for command in [[], ["arxiv"], ["openalex"], ["ids"], ["abstracts"]] {
            let help = try FetchProcess.run(command + ["--help"], service: service)
            #expect(help.status == 0, "\(help.errors)")
            #expect(help.output.contains("USAGE: akin fetch"))
            #expect(command.isEmpty || help.output.contains("EXAMPLES"))
        }
        #expect(service.requests.isEmpty)
    }
}

/// A switch that a test turns on once.
private final class Switch: Sendable {
    private let state = Atomic(false)

    var isOn: Bool { state.load(ordering: .relaxed) }

    func turnOn() { state.store(true, ordering: .relaxed) }
}
