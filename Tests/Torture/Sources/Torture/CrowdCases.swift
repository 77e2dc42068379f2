import Foundation
import Synchronization

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Readers and writers at once, some of which are killed or suspended for a moment at random.
///
/// The order in which processes run is the system's, so a case that failed may need some runs to fail again.
struct CrowdCases: Sendable {
    let scenarios: Scenarios
    let seed: UInt64

    private static let writers = 3
    private static let readers = 2
    private static let commandsOfAWriter = 5

    func all(_ count: Int) -> [TortureCase] { (0..<count).map(makeCase) }

    /// The case of a name such as `crowd 3`; `nil` if it is another's.
    func named(_ words: [String]) -> TortureCase? {
        guard words.count == 2, words[0] == "crowd", let number = Int(words[1]) else { return nil }
        return makeCase(number)
    }

    /// What the writers know of the papers.
    private struct Ledger {
        /// Whether each paper was added and acknowledged (`true`), removed and acknowledged (`false`), or neither.
        var isThere: [String: Bool?] = [:]
        var findings = Findings()
    }

    private func makeCase(_ number: Int) -> TortureCase {
        TortureCase(name: "crowd \(number)") { workspace in
            guard let scenario = scenarios["add"] else { return Findings() }
            scenario.prepare(workspace)
            let ledger = Mutex(Ledger())
            let writersLeft = Atomic(Self.writers)
            DispatchQueue.concurrentPerform(iterations: Self.writers + Self.readers) { index in
                var generator = Generator(seed: seed, for: "crowd \(number) \(index)")
                if index < Self.writers {
                    write(workspace, index, ledger, &generator)
                    writersLeft.subtract(1, ordering: .relaxed)
                } else {
                    while writersLeft.load(ordering: .relaxed) > 0 { read(workspace, index, ledger, &generator) }
                }
            }
            var findings = ledger.withLock { $0.findings }
            let doctor = workspace.run(["doctor", "--json"])
            findings.expect(doctor.isSuccess, .seen, "after a crowd, 'akin doctor' \(doctor.summary)")
            let papers = LibraryState.papers(in: workspace.run(["list", "--json"])) ?? [:]
            let isThere = ledger.withLock { $0.isThere }
            let wrong = isThere.filter { $0.value != nil && (papers[$0.key] != nil) != $0.value }.keys.sorted()
            findings.expect(wrong.isEmpty, .kept, "after a crowd: wrong are \(wrong.prefix(5).joined(separator: ", "))")
            let isBaseThere = scenario.before.papers.allSatisfy { papers[$0.key] == $0.value }
            findings.expect(isBaseThere, .kept, "after a crowd: \(scenario.before.difference(to: papers))")
            return findings
        }
    }

    /// Adds and removes papers that no other writer touches.
    private func write(
        _ workspace: Workspace, _ index: Int, _ ledger: borrowing Mutex<Ledger>, _ generator: inout Generator
    ) {
        let first = 1_000 + index * 100
        for step in 0..<Self.commandsOfAWriter {
            let number = first + step
            let removes = step > 0 && generator.number(below: 3) == 0
            let id = "torture:\(removes ? number - 1 : number)"
            let command: [String]
            if removes {
                let isThere = ledger.withLock { $0.isThere[id] ?? nil }
                guard isThere == true else { continue }
                command = ["remove", "--yes", id, "--json"]
            } else {
                let paper = scenarios.maker.paper(number)
                let file = workspace.write([paper], named: "crowd-\(index).jsonl", scenarios.maker)
                command = ["add", file, "--json"]
            }
            // Another writer may hold the lock, so a writer asks again.
            for _ in 0..<200 {
                let started = workspace.start(command, named: "writer-\(index)")
                let isKilled = disturb(started, &generator)
                let result = started.wait()
                if result.errorCode == "locked" {
                    usleep(20_000)
                    continue
                }
                ledger.withLock { ledger in
                    ledger.isThere[id] = result.isSuccess ? .some(!removes) : .some(nil)
                    ledger.findings.expect(
                        !result.isLate && (result.signal == nil || isKilled), .ends,
                        "'akin \(command[0])' \(result.summary)")
                    ledger.findings.expect(
                        result.isSuccess || isKilled, .undisturbed, "in a crowd, 'akin \(command[0])' \(result.summary)"
                    )
                }
                break
            }
        }
    }

    private func read(
        _ workspace: Workspace, _ index: Int, _ ledger: borrowing Mutex<Ledger>, _ generator: inout Generator
    ) {
        let commands = [LibraryState.search, ["list", "--json"], ["doctor", "--json"], ["info", "--json"]]
        let command = generator.element(of: commands)
        let started = workspace.start(command, named: "reader-\(index)")
        let isKilled = disturb(started, &generator)
        let result = started.wait()
        ledger.withLock { ledger in
            ledger.findings.expect(
                !result.isLate && (result.signal == nil || isKilled), .ends, "'akin \(command[0])' \(result.summary)")
            ledger.findings.expect(
                result.isSuccess || isKilled, .undisturbed, "in a crowd, 'akin \(command[0])' \(result.summary)")
        }
    }

    /// Kills one process of six at some moment, and suspends another one for a while.
    ///
    /// - Returns: Whether it was killed.
    private func disturb(_ process: StartedProcess, _ generator: inout Generator) -> Bool {
        let moment = UInt32(generator.number(below: 150_000))
        let pause = UInt32(generator.number(below: 400_000))
        switch generator.number(below: 6) {
        case 0:
            usleep(moment)
            kill(process.id, SIGKILL)
            return true
        case 1:
            usleep(moment)
            kill(process.id, SIGSTOP)
            usleep(pause)
            process.resume()
        default: break
        }
        return false
    }
}
