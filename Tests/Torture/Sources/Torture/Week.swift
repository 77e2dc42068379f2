import Foundation

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// One library in use, and what it must hold.
///
/// The steps and what disturbs them follow from the generator. The moments at which processes are killed by the clock,
/// and the order in which readers and writers run, are the system's.
struct Week {
    let workspace: Workspace
    let maker: PaperMaker
    var generator: Generator
    /// The arguments that choose the model.
    let model: [String]
    var findings = Findings()
    /// The revision of each paper that must be there, by its number.
    var papers: [Int: Int] = [:]
    /// The ranks that the library may have been told last; empty if it chooses by itself.
    var ranks: Set<Int> = []
    /// The number of the next new paper.
    private var nextNumber = 0
    private var fileCount = 0
    /// What is under way, for a person.
    var activity = ""

    init(_ workspace: Workspace, maker: PaperMaker, generator: Generator, model: [String]) {
        self.workspace = workspace
        self.maker = maker
        self.generator = generator
        self.model = model
        if model.contains("--rank"), let rank = model.last.flatMap({ Int($0) }) { ranks = [rank] }
    }

    /// Makes a library, uses it, and compares it with one that was built at once.
    mutating func run(steps: Int, paperCount: Int) -> Findings {
        Folders.remove(workspace.library)
        papers = Dictionary(uniqueKeysWithValues: (0..<paperCount).map { ($0, 0) })
        nextNumber = paperCount
        let file = workspace.write((0..<paperCount).map { maker.paper($0) }, named: "first.jsonl", maker)
        activity = "at the start"
        let add = workspace.run(["add", file] + model)
        expect(add.isSuccess, .told, "'akin add' \(add.summary)")
        for step in 1...steps where findings.breaches.isEmpty {
            takeStep(step)
            if generator.number(below: 3) == 0 { searchForTitle() }
        }
        if findings.breaches.isEmpty { end() }
        return findings
    }

    mutating func expect(_ holds: Bool, _ promise: Promise, _ detail: @autoclosure () -> String) {
        findings.expect(holds, promise, "\(activity): \(detail())")
    }

    private mutating func takeStep(_ step: Int) {
        let change: WeekChange
        switch generator.number(below: 20) {
        case 0..<9: change = addition(upTo: 12)
        case 9: change = addition(upTo: max(20, papers.count / 8))
        case 10..<13: change = removal(upTo: 4)
        case 13: change = removal(upTo: max(4, papers.count / 5))
        case 14, 15: change = refit()
        case 16: return addTwice(step)
        case 17, 18: return damageIndex(step)
        default: return damageStore(step)
        }
        perform(change, step, WeekDisturbance(&generator))
    }

    // MARK: - Changes

    mutating func addition(upTo most: Int) -> WeekChange {
        var after = papers
        var records: [[String: Any]] = []
        for _ in 0...generator.number(below: most) {
            let isKnown = generator.number(below: 5) == 0
            let number = isKnown ? generator.number(below: nextNumber) : nextNumber
            nextNumber = max(nextNumber, number + 1)
            // A paper that was removed comes back, and one that is there gets another text.
            let revision = after[number].map { $0 + 1 } ?? 0
            after[number] = revision
            records.append(maker.paper(number, revision: revision))
        }
        // Two writers may read their files at once.
        fileCount += 1
        let file = workspace.write(records, named: "week-\(fileCount % 2).jsonl", maker)
        return WeekChange(command: ["add", file], papers: after, ranks: ranks)
    }

    private mutating func removal(upTo most: Int) -> WeekChange {
        var after = papers
        let present = papers.keys.sorted()
        // A library keeps some papers, or there would be nothing to compare.
        let count = min(1 + generator.number(below: most), max(1, present.count - 10))
        let numbers = present.shuffled(using: &generator).prefix(count)
        for number in numbers { after[number] = nil }
        let ids = numbers.map { "torture:\($0)" }
        return WeekChange(command: ["remove", "--yes"] + ids, papers: after, ranks: ranks)
    }

    private mutating func refit() -> WeekChange {
        guard !ranks.isEmpty, generator.number(below: 2) == 0 else {
            return WeekChange(command: ["refit"], papers: papers, ranks: ranks)
        }
        let rank = 4 + generator.number(below: 8)
        return WeekChange(command: ["refit", "--rank", "\(rank)"], papers: papers, ranks: [rank])
    }

    /// Runs a change beside readers, and disturbs it.
    mutating func perform(_ change: WeekChange, _ step: Int, _ disturbance: WeekDisturbance) {
        activity = "step \(step), \(change.papers.count) papers, \(disturbance.name)"
        let writer = workspace.start(change.command + ["--json"], named: "writer", disturbance.variables)
        let readers = startReaders()
        if let moment = disturbance.moment {
            usleep(moment)
            kill(writer.id, disturbance.suspends ? SIGSTOP : SIGKILL)
        }
        if disturbance.suspends {
            usleep(disturbance.pause)
            writer.resume()
        }
        let result = writer.wait()
        finish(readers, beside: change.command[0])
        let name = "'akin \(change.command[0])'"
        expect(
            !result.isLate && (result.signal == nil || disturbance.kills && result.signal == SIGKILL), .ends,
            "\(name) \(result.summary)")
        let isRepair = change.command[0] == "doctor"
        let isDone = result.isSuccess || isRepair && result.json?["repaired"] as? Bool == true
        if disturbance.isHarmless { expect(isDone, .undisturbed, "\(name) \(result.summary)") }
        if isDone {
            (papers, ranks) = (change.papers, change.ranks)
            if isRepair { forgetLost(result) }
            findings.note("a week's command did its work")
        } else {
            findings.note("a week's command was cut off or failed")
        }
        // A library whose repair was cut off may be as damaged as before.
        if isDone || !isRepair { takeStock(orElse: isDone ? papers : change.papers, name) }
        if !isDone { ranks.formUnion(change.ranks) }
    }

    /// Compares the papers of the library with those before and after a command.
    ///
    /// - Parameters:
    ///   - other: The papers after a command that may have done its work; those before it are ``papers``.
    ///   - name: What was done, for a person.
    mutating func takeStock(orElse other: [Int: Int], _ name: String) {
        let list = workspace.run(["list", "--json"])
        guard let records = WeekRecords(list) else {
            return expect(false, .opens, "after \(name), 'akin list' \(list.summary)")
        }
        if records.difference(from: papers, maker) != nil, records.difference(from: other, maker) == nil {
            papers = other
        }
        let difference = records.difference(from: papers, maker)
        expect(difference == nil, .kept, "after \(name): \(difference ?? "")")
    }

    /// Two writers at once, who wait for each other.
    private mutating func addTwice(_ step: Int) {
        let changes = [addition(upTo: 5), addition(upTo: 5)]
        // Both must do their work in any order, so they may not have a paper in common.
        var numbers: Set<Int> = []
        for change in changes {
            let touched = change.papers.filter { papers[$0.key] != $0.value }.keys
            guard numbers.isDisjoint(with: touched) else { return }
            numbers.formUnion(touched)
        }
        activity = "step \(step), two writers"
        let writers = changes.enumerated().map { index, change in
            workspace.start(change.command + ["--wait=50", "--json"], named: "writer-\(index)")
        }
        let readers = startReaders()
        for (writer, change) in zip(writers, changes) {
            let result = writer.wait()
            expect(!result.isBroken, .ends, "'akin add' \(result.summary)")
            expect(result.isSuccess, .undisturbed, "'akin add --wait' \(result.summary)")
            if result.isSuccess { papers.merge(change.papers) { max($0, $1) } }
        }
        finish(readers, beside: "add")
        takeStock(orElse: papers, "two writers")
    }

    // MARK: - Readers

    private typealias Reader = (process: StartedProcess, name: String, isKilled: Bool, isSuspended: Bool)

    private mutating func startReaders() -> [Reader] {
        (0..<generator.number(below: 3)).map { index in
            let commands = [
                LibraryState.search, ["list", "--json"], ["doctor", "--json"], ["info", "--json"],
                ["like", title(of: papers.keys.min() ?? 0), "--json"],
            ]
            let command = generator.element(of: commands)
            let moment = UInt32(generator.number(below: 60_000))
            let fate = generator.number(below: 8)
            let process = workspace.start(command, named: "reader-\(index)")
            if fate < 2 {
                usleep(moment)
                kill(process.id, fate == 0 ? SIGKILL : SIGSTOP)
            }
            return (process, command[0], fate == 0, fate == 1)
        }
    }

    private mutating func finish(_ readers: [Reader], beside command: String) {
        for reader in readers {
            if reader.isSuspended { reader.process.resume() }
            let result = reader.process.wait()
            guard !reader.isKilled else { continue }
            expect(!result.isBroken, .ends, "beside '\(command)', 'akin \(reader.name)' \(result.summary)")
            // A store that is being repaired may be unreadable, and the paper that is asked about may be removed.
            guard command != "doctor", reader.name != "like" || result.errorCode == nil else { continue }
            expect(
                result.hasAnswered, .undisturbed,
                "beside '\(command)', 'akin \(reader.name)' \(result.summary)")
        }
    }

    func title(of number: Int) -> String {
        maker.paper(number, revision: papers[number] ?? 0)["title"] as? String ?? ""
    }

    /// A search for a whole title has that paper first.
    mutating func searchForTitle() {
        guard let number = papers.keys.sorted().randomElement(using: &generator) else { return }
        let search = workspace.run(["search", title(of: number), "--json", "-k", "3"])
        let first = (search.json?["results"] as? [[String: Any]])?.first?["id"] as? String
        expect(
            first == "torture:\(number)", .answers,
            "a search for the title of paper \(number) has '\(first ?? "nothing")' first: \(search.summary)")
    }
}
