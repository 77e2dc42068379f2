import Foundation
import PaperFormats
import Papers
import TestSupport

/// The executable `akin-fetch`, run as a person would run it.
struct FetchProcess {
    struct Outcome {
        var status: Int32
        var output: String
        var errors: String

        /// The papers that were written to standard output.
        func papers() throws -> [Paper] { try FetchProcess.papers(Array(output.utf8)) }
    }

    /// The folder of the executables.
    static let folder = builtPrograms

    /// Runs a command to its end. The services are never those of the world, and no time passes between requests.
    ///
    /// - Parameters:
    ///   - arguments: The command.
    ///   - service: The server that stands for all services; `nil` for addresses that nobody listens at.
    ///   - interval: The least number of seconds between two requests; `nil` for that of the service.
    ///   - input: Standard input.
    ///   - environment: Variables.
    ///   - program: The executable.
    ///   - whileRunning: Called with the process once it runs.
    /// - Returns: What it printed, and how it ended.
    /// - Throws: The system's error if the process cannot be started.
    static func run(
        _ arguments: [String], service: FakeService?, interval: Double? = 0, input: String = "",
        environment: [String: String] = [:], program: String = "akin-fetch", whileRunning: (Process) -> Void = { _ in }
    ) throws -> Outcome {
        let base = service?.base ?? "http://127.0.0.1:9"
        let scratch = FileManager.default.temporaryDirectory.appending(path: "akin-fetch-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        func file(_ name: String, _ text: String = "") throws -> URL {
            let url = scratch.appending(path: name)
            try Data(text.utf8).write(to: url)
            return url
        }
        let (output, errors) = (try file("output"), try file("errors"))
        let process = Process()
        process.executableURL = folder.appending(path: program)
        process.arguments =
            arguments + [
                "--arxiv-url", base + "/api/query", "--openalex-url", base + "/openalex",
                "--crossref-url", base + "/crossref",
            ] + (interval.map { ["--interval", "\($0)"] } ?? [])
        process.environment = ["HOME": scratch.path, "PATH": "/usr/bin:/bin"].merging(environment) { $1 }
        process.standardInput = try FileHandle(forReadingFrom: try file("input", input))
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        whileRunning(process)
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus,
            output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
    }

    /// Reads JSON Lines.
    static func papers(_ bytes: [UInt8]) throws -> [Paper] {
        guard !bytes.isEmpty else { return [] }
        let reader = try PaperReader(bytes: bytes, name: "output", options: ImportOptions(format: .jsonLines))
        var papers: [Paper] = []
        while let batch = try reader.nextBatch() { papers += batch.papers }
        return papers
    }
}
