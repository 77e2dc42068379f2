import Foundation

/// Disturbs Akin in every way that can be repeated, and compares what is left with what it promises.
///
///     Torture <akin> <preloaded library> <scratch folder>
///
/// The environment says how much: `SEED`, `MINUTES`, `HOURS`, `PARTS`, `CASE`, `WITHOUT` and `KEEP=1`.
/// `Torture/README.md` describes them.
@main
struct Torture {
    let settings: Settings
    let runner: Runner

    static func main() {
        do {
            let settings = try Settings(
                arguments: CommandLine.arguments, environment: ProcessInfo.processInfo.environment)
            let summary = Summary(seed: settings.seed, undecided: settings.undecided)
            let scratch = settings.scratch + "/akin-torture-\(getpid())"
            let runner = Runner(
                program: Program(path: settings.akin, interpose: settings.interpose), seed: settings.seed,
                scratch: scratch, summary: summary)
            let start = Date()
            try Torture(settings: settings, runner: runner).run()
            let isSound = summary.printTables(seconds: -start.timeIntervalSinceNow)
            if !settings.keepsFiles { Folders.remove(scratch) }
            exit(isSound ? 0 : 1)
        } catch {
            say("torture: \(error)")
            exit(2)
        }
    }

    private func run() throws {
        let maker = PaperMaker(seed: settings.seed)
        let scenarios = try Scenarios(runner.workspace("scenarios"), maker: maker)
        let calls = CallCases(scenarios: scenarios, seed: settings.seed)
        let power = try PowerCases(
            runner.workspace("history"), scenarios: scenarios, seed: settings.seed, ignoresSyncs: settings.ignoresSyncs)
        let files = try FileCases(runner.workspace("files"), maker: maker, seed: settings.seed)
        let suspensions = try SuspensionCases(runner.workspace("suspensions"), scenarios: scenarios)
        let crowds = CrowdCases(scenarios: scenarios, seed: settings.seed)
        let weeks = WeekCases(maker: maker, seed: settings.seed, steps: settings.stepsOfAWeek)

        if let name = settings.caseName {
            let words = name.split(separator: " ").map(String.init)
            let named =
                calls.named(words) ?? power.named(words) ?? files.named(words) ?? suspensions.named(words)
                ?? crowds.named(words) ?? weeks.named(words)
            guard let named else { throw Failure("there is no case '\(name)' with this seed") }
            return runner.run([named], of: name, until: nil)
        }
        part("calls") {
            [
                ("kills before every change", calls.kills), ("failures of every call", calls.failures),
                ("kills in the middle of a write", calls.halves), ("full disks", calls.fullDisks),
                ("writes by half", calls.shortWrites), ("limits on the size of files", calls.limits),
                ("commits that fail and come true", calls.lateCommits),
            ]
        }
        part("power") { [("losses of power", power.all)] }
        part("files") {
            [
                ("files cut, grown, gone, exchanged", files.wholes), ("bytes flipped", files.flips),
                ("bytes flipped, with right checksums", files.forgeries),
            ]
        }
        part("processes") {
            [
                ("writers suspended", suspensions.writers), ("readers suspended", suspensions.readers),
                ("readers suspended that recover a log", suspensions.recoveries),
                ("locks removed", suspensions.unlockings),
                ("crowds of readers and writers", crowds.all(settings.crowds)),
            ]
        }
        part("weeks") { [("weeks of use", weeks.all(settings.weeks))] }
    }

    /// The share of the time that each part has.
    private static let shares = ["calls": 0.3, "power": 0.18, "files": 0.18, "processes": 0.19, "weeks": 0.15]

    /// Runs the cases of a part; each kind of them has the same time. Parts that are left out leave theirs to the
    /// others.
    private func part(_ name: String, _ cases: () -> [(String, [TortureCase])]) {
        let wanted = Self.shares.filter { settings.parts.isEmpty || settings.parts.contains($0.key) }
        guard let share = wanted[name] else { return }
        let part = share / wanted.values.reduce(0, +)
        let kinds = cases()
        for (index, (kind, cases)) in kinds.enumerated() {
            let seconds: Double?
            switch settings.extent {
            case .sample(let total): seconds = total * part / Double(kinds.count)
            // Every call is killed and failed whatever it takes; the other kinds share the time.
            case .usual(let total) where name == "calls":
                seconds = index < 2 ? nil : total * part / Double(kinds.count - 2)
            case .usual(let total): seconds = total * part / Double(kinds.count)
            }
            runner.run(cases, of: kind, until: seconds.map { Date(timeIntervalSinceNow: $0) })
        }
    }
}

/// What a run was told.
struct Settings {
    enum Extent {
        /// Some of everything, chosen by the seed, within these seconds.
        case sample(Double)
        /// Every call killed and failed, and as much of the rest as these seconds allow.
        case usual(Double)
    }

    let akin: String
    let interpose: String
    let scratch: String
    let seed: UInt64
    let extent: Extent
    let parts: Set<String>
    let caseName: String?
    let keepsFiles: Bool
    let undecided: Set<Promise>
    let ignoresSyncs: Bool
    let crowds: Int
    let weeks: Int
    let stepsOfAWeek: Int

    init(arguments: [String], environment: [String: String]) throws {
        guard arguments.count == 4 else { throw Failure("usage: Torture <akin> <preloaded library> <scratch folder>") }
        akin = arguments[1]
        interpose = arguments[2]
        // The preloaded library compares paths as the system has them.
        scratch = URL(filePath: arguments[3]).resolvingSymlinksInPath().path
        for path in [akin, interpose, scratch] where !FileManager.default.fileExists(atPath: path) {
            throw Failure("there is no '\(path)'")
        }
        let seedText = environment["SEED"] ?? "1"
        guard let seed = UInt64(seedText) else { throw Failure("SEED is a number, not '\(seedText)'") }
        self.seed = seed
        func number(_ name: String) throws -> Double? {
            guard let text = environment[name], !text.isEmpty else { return nil }
            guard let value = Double(text), value > 0, value < 10_000 else {
                throw Failure("\(name) is a number, not '\(text)'")
            }
            return value
        }
        if let minutes = try number("MINUTES") {
            extent = .sample(minutes * 60)
        } else {
            extent = .usual(try number("HOURS").map { $0 * 3600 } ?? 240)
        }
        ignoresSyncs = environment["IGNORE_SYNCS"] == "1"
        parts = Set((environment["PARTS"] ?? "").split(separator: ",").map(String.init))
        let unknown = parts.subtracting(["calls", "power", "files", "processes", "weeks"])
        guard unknown.isEmpty else { throw Failure("there is no part '\(unknown.sorted().joined(separator: "', '"))'") }
        caseName = environment["CASE"].flatMap { $0.isEmpty ? nil : $0 }
        undecided = try Set(
            (environment["WITHOUT"] ?? "").split(separator: ",").map { name in
                guard let promise = Promise.allCases.first(where: { "\($0)" == name }) else {
                    throw Failure("there is no promise '\(name)'; there are \(Promise.allCases)")
                }
                return promise
            })
        keepsFiles = environment["KEEP"] == "1"
        crowds = if case .usual(let seconds) = extent { max(20, Int(seconds / 10)) } else { 2 }
        switch extent {
        case .usual(let seconds): (weeks, stepsOfAWeek) = (max(6, Int(seconds / 10)), 60)
        case .sample(let seconds): (weeks, stepsOfAWeek) = (max(1, Int(seconds / 10)), seconds < 120 ? 8 : 60)
        }
    }
}
