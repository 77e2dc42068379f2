import Foundation

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Every call of every scenario, killed and failed.
struct CallCases: Sendable {
    let scenarios: Scenarios
    let seed: UInt64

    /// Kills before every call that changes files. A kill at any other call leaves the same files.
    var kills: [TortureCase] { cases("kill") { $0.isChange } }

    /// Kills in the middle of every write.
    var halves: [TortureCase] { cases("half") { $0.bytes.count > 1 } }

    /// Failures of every call, once.
    var failures: [TortureCase] { cases("fail") { _ in true } }

    /// Commits that fail when the log is synchronized, and a kill soon after. What lies in the log is whole.
    var lateCommits: [TortureCase] {
        cases("late") { $0.name.contains("sync") && $0.path.hasSuffix("papers.sqlite-wal") }
    }

    /// A disk that is full from a call on.
    var fullDisks: [TortureCase] { cases("full") { $0.kind == .growth } }

    /// Writes that the system does by half, which is no error.
    var shortWrites: [TortureCase] { cases("short") { $0.bytes.count > 1 } }

    /// Limits on the size of a file.
    var limits: [TortureCase] {
        scenarios.all.flatMap { scenario in
            (0..<48).map { step in makeCase("limit", scenario, 512 + step * step * 200) }
        }
    }

    /// The case of a name such as `kill add 57`; `nil` if it is another's.
    func named(_ words: [String]) -> TortureCase? {
        guard words.count == 3, let scenario = scenarios[words[1]], let number = Int(words[2]) else { return nil }
        guard ["kill", "half", "fail", "full", "short", "limit", "late"].contains(words[0]) else { return nil }
        return makeCase(words[0], scenario, number)
    }

    private func cases(_ kind: String, where isWanted: (RecordedCall) -> Bool) -> [TortureCase] {
        scenarios.all.flatMap { scenario in
            scenario.calls.filter(isWanted).map { makeCase(kind, scenario, $0.number) }
        }
    }

    private func makeCase(_ kind: String, _ scenario: Scenario, _ number: Int) -> TortureCase {
        TortureCase(name: "\(kind) \(scenario.name) \(number)") { workspace in
            kind == "late"
                ? runLate(scenario, number, in: workspace) : run(kind, scenario, number, in: workspace)
        }
    }

    private func runLate(_ scenario: Scenario, _ number: Int, in workspace: Workspace) -> Findings {
        var findings = Findings()
        for later in 1...30 {
            scenario.prepare(workspace)
            let disturbance = ["TORTURE_FAIL": "\(number)", "TORTURE_KILL": "\(number + later)"]
            let result = workspace.run(scenario.command, disturbance)
            let isKilled = result.signal == SIGKILL
            findings.expect(isKilled || !result.isBroken, .ends, "\(later) calls later: \(result.summary)")
            if scenario.command[0] != "doctor" {
                // Whoever comes next recovers the log, and must find the index that belongs to it.
                let search = workspace.run(LibraryState.search)
                findings.expect(
                    search.status ?? 2 < 2 || scenario.before == .nothing, .opens,
                    "\(later) calls later: \(search.summary)")
            }
            let allowed = [scenario.before, scenario.after]
            let examination = Examination(workspace, allowed: allowed, nextPaper: scenarios.nextPaper)
            findings.add(examination.run(for: "\(scenario.name) \(allowed.count)"))
            if !isKilled { break }
        }
        return findings
    }

    private func run(_ kind: String, _ scenario: Scenario, _ number: Int, in workspace: Workspace) -> Findings {
        var findings = Findings()
        scenario.prepare(workspace)
        let call = scenario.calls.first { $0.number == number }
        let place = call.map { "\($0.name) \(($0.path as NSString).lastPathComponent)" } ?? "a limit"
        let result: RunResult
        switch kind {
        case "kill": result = workspace.run(scenario.command, ["TORTURE_KILL": "\(number)"])
        case "half": result = workspace.run(scenario.command, ["TORTURE_KILL_IN": "\(number)"])
        case "short": result = workspace.run(scenario.command, ["TORTURE_SHORT": "\(number)"])
        case "limit": result = workspace.run(scenario.command, largestFile: UInt64(number))
        default:
            var disturbance = ["TORTURE_FAIL": "\(number)"]
            let isFull = kind == "full"
            if isFull { disturbance["TORTURE_FULL"] = "1" }
            if isFull || call?.kind == .growth && (UInt64(number) ^ seed) & 1 == 1 {
                disturbance["TORTURE_ERRNO"] = "\(ENOSPC)"
            }
            result = workspace.run(scenario.command, disturbance)
        }
        var allowed = [scenario.before, scenario.after]
        if kind == "kill" || kind == "half" {
            findings.expect(
                result.signal == SIGKILL, .ends,
                "the call was not reached, or something else ended it: \(result.summary)")
        } else {
            findings.expect(!result.isBroken, .ends, "at \(place): \(result.summary)")
            if scenario.isDone(result) { allowed = [scenario.after] }
            if kind == "short" {
                findings.expect(
                    scenario.isDone(result), .told, "half a write, which is no error, at \(place): \(result.summary)")
            }
            let isTold = scenario.isDone(result) || !result.errors.isEmpty || !result.output.isEmpty
            findings.expect(isTold, .told, "at \(place): \(result.summary)")
            findings.note(
                scenario.isDone(result)
                    ? "a call failed or wrote less, and the command did without it"
                    : "a call failed or wrote less, and the command told it")
        }
        let examination = Examination(workspace, allowed: allowed, nextPaper: scenarios.nextPaper)
        findings.add(examination.run(for: "\(scenario.name) \(allowed.count)"))
        return findings
    }
}
