import Foundation

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Processes that are suspended at a call, with whatever they hold, while others use the library.
struct SuspensionCases: Sendable {
    let scenarios: Scenarios
    /// The commands that only read, with how many calls they make.
    private let readerCalls: [(name: String, command: [String], count: Int)]
    /// A library with the log of a writer that was killed after its commit, and how many calls `search` makes there.
    private let unsettled: String
    private let recoveryCalls: Int

    init(_ workspace: Workspace, scenarios: Scenarios) throws {
        self.scenarios = scenarios
        guard let add = scenarios["add"] else { throw Failure("there is no scenario 'add'") }
        let commands = [("search", LibraryState.search), ("doctor", ["doctor", "--json"])]
        readerCalls = try commands.map { name, command in
            add.prepare(workspace)
            let record = "\(workspace.folder)/\(name).record"
            _ = workspace.run(command, ["TORTURE_LOG": record])
            return (name, command, try RecordedCall.read(record).count)
        }
        guard let commit = add.calls.last(where: { $0.name.contains("sync") && $0.path.hasSuffix("-wal") }) else {
            throw Failure("'akin add' synchronizes no log")
        }
        add.prepare(workspace)
        _ = workspace.run(add.command, ["TORTURE_KILL": "\(commit.number + 1)"])
        unsettled = workspace.folder + "/unsettled"
        Folders.copy(workspace.library, to: unsettled)
        let record = "\(workspace.folder)/recovery.record"
        _ = workspace.run(LibraryState.search, ["TORTURE_LOG": record])
        recoveryCalls = try RecordedCall.read(record).count
    }

    /// Readers of a log that a killed writer left, suspended before every call. SQLite recovers the log meanwhile.
    var recoveries: [TortureCase] { (1...max(1, recoveryCalls)).map(makeRecovery) }

    /// Writers, suspended before every call that changes files.
    var writers: [TortureCase] {
        scenarios.all.filter { ["add", "remove", "refit"].contains($0.name) }.flatMap { scenario in
            scenario.calls.filter(\.isChange).map { makeWriter(scenario, $0.number) }
        }
    }

    /// Writers whose lock is removed before every call that changes files.
    var unlockings: [TortureCase] {
        scenarios.all.filter { ["add", "remove", "refit"].contains($0.name) }.flatMap { scenario in
            scenario.calls.filter(\.isChange).map { makeUnlocking(scenario, $0.number) }
        }
    }

    /// Readers, suspended before every call.
    var readers: [TortureCase] {
        readerCalls.flatMap { reader in
            (1...max(1, reader.count)).map { makeReader(reader.name, reader.command, $0) }
        }
    }

    /// The case of a name such as `stop add 57` or `stop-reader search 12`; `nil` if it is another's.
    func named(_ words: [String]) -> TortureCase? {
        if words.count == 2, words[0] == "stop-recovery", let number = Int(words[1]) { return makeRecovery(number) }
        guard words.count == 3, let number = Int(words[2]) else { return nil }
        switch words[0] {
        case "stop": return scenarios[words[1]].map { makeWriter($0, number) }
        case "unlock": return scenarios[words[1]].map { makeUnlocking($0, number) }
        case "stop-reader":
            return readerCalls.first { $0.name == words[1] }.map { makeReader($0.name, $0.command, number) }
        default: return nil
        }
    }

    /// Others read and change the library while a writer is suspended.
    private func makeWriter(_ scenario: Scenario, _ number: Int) -> TortureCase {
        TortureCase(name: "stop \(scenario.name) \(number)") { workspace in
            var findings = Findings()
            scenario.prepare(workspace)
            let writer = workspace.start(scenario.command, named: "stopped", ["TORTURE_STOP": "\(number)"])
            guard writer.waitUntilSuspended() else {
                findings.expect(false, .ends, "the call was not reached")
                return findings
            }
            let search = workspace.run(LibraryState.search)
            let answers = scenario.before.answers.union(scenario.after.answers)
            findings.expect(!search.isBroken, .ends, "'akin search' \(search.summary)")
            findings.expect(
                search.isSuccess, .undisturbed, "beside a suspended '\(scenario.name)', 'akin search' \(search.summary)"
            )
            if let answer = LibraryState.answer(in: search) {
                findings.expect(answers.contains(answer), .answers, "beside a suspended '\(scenario.name)'")
            }
            let doctor = workspace.run(["doctor", "--json"])
            findings.expect(
                doctor.isSuccess, .undisturbed, "beside a suspended '\(scenario.name)', 'akin doctor' \(doctor.summary)"
            )
            let other = workspace.run(["add", scenarios.nextPaper, "--json"])
            let isRefused = other.errorCode == "locked"
            findings.expect(
                other.isSuccess || isRefused, .undisturbed,
                "beside a suspended '\(scenario.name)', 'akin add' \(other.summary)")
            writer.resume()
            let result = writer.wait()
            // Two writers may meet in any order, and then one of them is refused.
            let isSecond = other.isSuccess && result.status == 2
            findings.expect(
                result.isSuccess || isSecond, .undisturbed, "resumed '\(scenario.name)' \(result.summary)")
            let next = other.isSuccess ? [scenarios.nextID] : []
            findings.add(final(workspace, result.isSuccess ? scenario.after : scenario.before, and: next))
            return findings
        }
    }

    /// Another writer begins while the lock of a suspended one is gone, and both go on.
    private func makeUnlocking(_ scenario: Scenario, _ number: Int) -> TortureCase {
        TortureCase(name: "unlock \(scenario.name) \(number)") { workspace in
            var findings = Findings()
            scenario.prepare(workspace)
            let first = workspace.start(
                scenario.command + ["--json"], named: "stopped", ["TORTURE_STOP": "\(number)"])
            guard first.waitUntilSuspended() else {
                findings.expect(false, .ends, "the call was not reached")
                return findings
            }
            Folders.remove(workspace.library + "/lock")
            let second = workspace.start(["add", scenarios.nextPaper, "--json"], named: "second")
            usleep(150_000)
            first.resume()
            let results = [first.wait(), second.wait()]
            for result in results {
                let isRefused = ["locked", "lockLost"].contains(result.errorCode ?? "")
                findings.expect(!result.isBroken, .ends, "without its lock, 'akin' \(result.summary)")
                findings.expect(
                    result.isSuccess || isRefused, .undisturbed, "without its lock, 'akin' \(result.summary)")
            }
            findings.expect(
                results.contains(where: \.isSuccess), .undisturbed, "without a lock, both writers gave up")
            let next = results[1].isSuccess ? [scenarios.nextID] : []
            findings.add(final(workspace, results[0].isSuccess ? scenario.after : scenario.before, and: next))
            return findings
        }
    }

    /// A writer changes the library while a reader is suspended.
    private func makeReader(_ name: String, _ command: [String], _ number: Int) -> TortureCase {
        TortureCase(name: "stop-reader \(name) \(number)") { workspace in
            var findings = Findings()
            guard let scenario = scenarios["add"] else { return findings }
            scenario.prepare(workspace)
            let reader = workspace.start(command, named: "stopped", ["TORTURE_STOP": "\(number)"])
            guard reader.waitUntilSuspended() else {
                findings.expect(false, .ends, "the call was not reached")
                return findings
            }
            let add = workspace.run(scenario.command)
            findings.expect(add.isSuccess, .undisturbed, "beside a suspended reader, 'akin add' \(add.summary)")
            reader.resume()
            let result = reader.wait()
            findings.expect(result.isSuccess, .undisturbed, "resumed 'akin \(name)' \(result.summary)")
            if let answer = LibraryState.answer(in: result) {
                let answers = scenario.before.answers.union(scenario.after.answers)
                findings.expect(answers.contains(answer), .answers, "a reader that was suspended")
            }
            findings.add(final(workspace, add.isSuccess ? scenario.after : scenario.before, and: []))
            return findings
        }
    }

    /// Others read while a reader is suspended, and do not wait for it. A writer waits for it, as it was told to.
    private func makeRecovery(_ number: Int) -> TortureCase {
        TortureCase(name: "stop-recovery \(number)") { workspace in
            var findings = Findings()
            guard let scenario = scenarios["add"] else { return findings }
            Folders.copy(unsettled, to: workspace.library)
            usleep(25_000)
            let reader = workspace.start(LibraryState.search, named: "stopped", ["TORTURE_STOP": "\(number)"])
            guard reader.waitUntilSuspended() else {
                findings.expect(false, .ends, "the call was not reached")
                return findings
            }
            let search = workspace.start(LibraryState.search, named: "other").wait(seconds: Self.recoveryPatience)
            findings.expect(
                search.isSuccess, .undisturbed, "beside a reader that recovers a log, 'akin search' \(search.summary)")
            if let answer = LibraryState.answer(in: search) {
                let isRight = scenario.after.answers.contains(answer)
                findings.expect(isRight, .answers, "beside a reader that recovers a log")
            }
            let writer = workspace.start(["add", scenarios.nextPaper, "--wait=50", "--json"], named: "writer")
            _ = writer.hasEnded(within: Self.writerPatience)
            reader.resume()
            let result = reader.wait()
            findings.expect(result.isSuccess, .undisturbed, "resumed 'akin search' \(result.summary)")
            let add = writer.wait()
            findings.expect(
                add.isSuccess, .undisturbed, "beside a reader that recovers a log, 'akin add --wait' \(add.summary)")
            findings.add(final(workspace, scenario.after, and: [scenarios.nextID]))
            return findings
        }
    }

    /// The seconds that a reader may take that reads beside a suspended one. It takes two or three.
    private static let recoveryPatience = 15.0

    /// The seconds after which a writer that is kept waiting has given up once. SQLite gives up after ten.
    private static let writerPatience = 13.0

    /// Compares the papers at the end with those that commands have acknowledged.
    private func final(_ workspace: Workspace, _ state: LibraryState, and more: [String]) -> Findings {
        var findings = Findings()
        let doctor = workspace.run(["doctor", "--json"])
        findings.expect(doctor.isSuccess, .undisturbed, "afterwards, 'akin doctor' \(doctor.summary)")
        let papers = LibraryState.papers(in: workspace.run(["list", "--json"])) ?? [:]
        let isWhole =
            papers.count == state.papers.count + more.count && more.allSatisfy { papers[$0] != nil }
            && state.papers.allSatisfy { papers[$0.key] == $0.value }
        findings.expect(isWhole, .kept, "afterwards: \(state.difference(to: papers))")
        return findings
    }
}
