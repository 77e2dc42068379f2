import Foundation
import Papers
import TestSupport
import Testing

/// The program `akin`, which runs `akin-fetch` for its command `fetch`.
@Suite("akin fetch")
struct LibraryTests {
    private static func akin(
        _ arguments: [String], in folder: String, service: FakeService, environment: [String: String] = [:],
        whileRunning: (Process) -> Void = { _ in }
    ) throws -> FetchProcess.Outcome {
        try FetchProcess.run(
            ["fetch"] + arguments, service: service,
            environment: ["AKIN_LIBRARY": folder + "/library"].merging(environment) { $1 }, program: "akin",
            whileRunning: whileRunning)
    }

    /// A command of `akin` that asks no service.
    private static func local(_ arguments: [String], in folder: String) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = FetchProcess.folder.appending(path: "akin")
        process.arguments = arguments
        process.environment = ["HOME": folder, "AKIN_LIBRARY": folder + "/library"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "akin \(arguments.joined(separator: " "))")
        return String(decoding: data, as: UTF8.self)
    }

    private static func withLibrary(_ body: (_ folder: String) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            try Data(AbstractTests.papers.utf8).write(to: URL(filePath: folder + "/papers.jsonl"))
            _ = try local(["add", folder + "/papers.jsonl"], in: folder)
            try body(folder)
        }
    }

    /// The papers of the library that have an abstract.
    private static func idsWithAbstract(in folder: String) throws -> [String] {
        let papers = try FetchProcess.papers(Array(try local(["export", "--format", "jsonl"], in: folder).utf8))
        return papers.filter { !$0.abstract.isEmpty }.map(\.id).sorted()
    }

    @Test
    func `arguments, output and status are those of akin-fetch`() throws {
        let service = try FakeService { _, _ in .init(body: arXivFeed(0..<3, total: 3)) }
        let outcome = try Self.akin(["arxiv", "soil"], in: "/nonexistent", service: service)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try outcome.papers().count == 3)
        #expect(try Self.akin(["arxiv"], in: "/nonexistent", service: service).status == 2)
        let help = try Self.akin(["abstracts", "--help"], in: "/nonexistent", service: service)
        #expect(help.status == 0)
        #expect(help.output.contains("USAGE: akin fetch abstracts"))
        #expect(service.requests.count == 1)
    }

    @Test
    func `a signal ends akin-fetch and is what akin ends by`() throws {
        let service = try FakeService { _, _ in .init(body: arXivFeed(0..<3, total: 3), delay: 20) }
        let outcome = try Self.akin(["arxiv", "soil"], in: "/nonexistent", service: service) { process in
            while service.requests.isEmpty, process.isRunning { Thread.sleep(forTimeInterval: 0.01) }
            process.terminate()
        }
        #expect(outcome.status == SIGTERM)
    }

    @Test
    func `abstracts without a file completes the library`() throws {
        try Self.withLibrary { folder in
            #expect(try Self.idsWithAbstract(in: folder) == ["doi:10.1234/has"])
            let service = try AbstractTests.service()
            let outcome = try Self.akin(
                ["abstracts", "--mailto", "ada@example.org"], in: folder, service: service)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.hasPrefix("0 papers added, 3 updated"), "\(outcome.output)")
            #expect(
                try Self.idsWithAbstract(in: folder)
                    == ["arxiv:2403.10007", "doi:10.1234/crossref", "doi:10.1234/has", "key1"])
            #expect(service.requests.allSatisfy { $0.userAgent.hasSuffix("(mailto:ada@example.org)") })

            let again = try Self.akin(["abstracts"], in: folder, service: service)
            #expect(again.status == 1)
            #expect(again.errors.contains("Found no abstract of the 2 papers without one."), "\(again.errors)")
        }
    }

    @Test
    func `what came before an error or an interruption is added`() throws {
        for isInterrupted in [false, true] {
            try Self.withLibrary { folder in
                let service = try FakeService { request, _ in
                    if request.path == "/api/query" {
                        return isInterrupted ? .init(delay: 20) : .init(status: 500)
                    }
                    return .init(body: openAlexPage([openAlexWork(1, doi: "10.1234/openalex")], total: 1))
                }
                let outcome = try Self.akin(["abstracts"], in: folder, service: service) { process in
                    while isInterrupted, service.requests.count < 2, process.isRunning {
                        Thread.sleep(forTimeInterval: 0.01)
                    }
                    if isInterrupted { process.interrupt() }
                }
                #expect(outcome.status == 2)
                #expect(outcome.errors.contains("ended early"), "\(outcome.errors)")
                #expect(try Self.idsWithAbstract(in: folder) == ["doi:10.1234/has", "key1"])
            }
        }
    }

    @Test
    func `abstracts with a file leaves the library alone`() throws {
        try Self.withLibrary { folder in
            let service = try AbstractTests.service()
            let outcome = try Self.akin(["abstracts", folder + "/papers.jsonl"], in: folder, service: service)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(try outcome.papers().count == 3)
            #expect(try Self.idsWithAbstract(in: folder) == ["doi:10.1234/has"])
        }
    }

    @Test
    func `flags that go with a file are refused without one, and a library has to be there`() throws {
        let service = try AbstractTests.service()
        let flag = try Self.akin(["abstracts", "--output", "x"], in: "/nonexistent", service: service)
        #expect(flag.status == 2)
        #expect(flag.errors.contains("--output goes with a file"))
        #expect(try Self.akin(["abstracts"], in: "/nonexistent", service: service).status == 2)
        #expect(service.requests.isEmpty)
    }

    @Test
    func `without akin-fetch, akin says what is missing`() throws {
        try TemporaryFolder.with { folder in
            let copy = folder + "/akin"
            try FileManager.default.copyItem(
                atPath: FetchProcess.folder.appending(path: "akin").path, toPath: copy)
            let process = Process()
            let errors = Pipe()
            process.executableURL = URL(filePath: copy)
            process.arguments = ["fetch", "arxiv", "soil"]
            process.environment = ["HOME": folder, "PATH": folder]
            process.standardError = errors
            try process.run()
            let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            #expect(process.terminationStatus == 2)
            #expect(text.contains("'akin-fetch'") && text.contains("make install"), "\(text)")
        }
    }
}
