import Foundation
import Synchronization

/// The folders of one worker, and the program that it runs in them.
///
///     root/            what the preloaded library watches
///         lib/         the library under test
///     *.jsonl          papers to add
///     run.out, run.err what the last command printed
struct Workspace: Sendable {
    let program: Program
    let folder: String
    let memory: ExaminedStates

    init(_ program: Program, folder: String, memory: ExaminedStates) {
        self.program = program
        self.folder = folder
        self.memory = memory
        try? FileManager.default.createDirectory(atPath: folder + "/root", withIntermediateDirectories: true)
    }

    var root: String { folder + "/root" }
    var library: String { folder + "/root/lib" }

    /// Runs a command on the library under test.
    func run(_ command: [String], _ disturbance: [String: String] = [:], largestFile: UInt64 = 0) -> RunResult {
        program.run(arguments(command), in: folder, watched(disturbance), largestFile: largestFile)
    }

    /// Starts a command on the library under test.
    func start(_ command: [String], named name: String, _ disturbance: [String: String] = [:]) -> StartedProcess {
        program.start(arguments(command), in: folder, named: name, watched(disturbance))
    }

    private func arguments(_ command: [String]) -> [String] { command + ["--library", library, "--threads", "1"] }

    private func watched(_ disturbance: [String: String]) -> [String: String] {
        disturbance.isEmpty ? [:] : disturbance.merging(["TORTURE_ROOT": root]) { given, _ in given }
    }

    /// Takes a file of papers to add.
    func write(_ papers: [[String: Any]], named name: String = "papers.jsonl", _ maker: PaperMaker) -> String {
        let path = "\(folder)/\(name)"
        try? maker.write(papers, to: path)
        return path
    }
}

/// What was found in states of a library that were examined before. The same bytes give the same findings.
final class ExaminedStates: Sendable {
    private let findings = Mutex<[String: Findings]>([:])

    func findings(of state: String, _ examine: () -> Findings) -> Findings {
        if let known = findings.withLock({ $0[state] }) { return known }
        let found = examine()
        findings.withLock { $0[state] = found }
        return found
    }
}
