import Foundation
import Measuring

/// All systems on one set. Every index is built once, then the searches take turns.
struct Contest {
    let set: VectorSet
    let systems: [String]
    /// The systems that are built and searched with each further number of threads.
    let parallelSystems: [String]
    let threads: [Int]
    let settings: Settings
    /// The time at which this set must be done; `nil` if there is none.
    let deadline: ContinuousClock.Instant?

    /// The share of a set's time that is reserved for its searches.
    private static let searchShare = 0.25

    func run() throws -> SetReport {
        let start = ContinuousClock.now
        let truth = try Truth(set, k: settings.k)
        try verify(truth)
        var report = SetReport(set, k: settings.k)
        let searchStart = deadline.map { $0 - ($0 - start) * Self.searchShare }
        var contestants: [Contestant] = []
        let primary = threads.first ?? 1
        for (system, count) in builds where !report.absent.contains(system) {
            guard let built = build(system, truth, threads: count, contestants, before: searchStart, &report) else {
                continue
            }
            report.note(build: built)
            if count == primary { contestants.append(built) }
        }
        search(contestants, primary, &report)
        return report
    }

    /// The indexes to build, in order: first the systems that are searched with every number of threads, then the
    /// others.
    private var builds: [(system: String, threads: Int)] {
        let parallel = systems.filter(parallelSystems.contains)
        let others = systems.filter { !parallel.contains($0) }
        return threads.flatMap { count in parallel.map { ($0, count) } }
            + others.flatMap { system in threads.prefix(1).map { (system, $0) } }
    }

    /// Builds an index, or says why not.
    private func build(
        _ system: String, _ truth: Truth, threads: Int, _ others: [Contestant],
        before searchStart: ContinuousClock.Instant?, _ report: inout SetReport
    ) -> Contestant? {
        let label = threads == self.threads.first ? system : "\(system) on \(threads) threads"
        let pace = others.first { $0.system == "hnswlib" }?.build.seconds ?? 0
        let expected = Duration.seconds(pace * Systems.expectedBuildTime(of: system) / Double(threads))
        if let searchStart, ContinuousClock.now + expected > searchStart {
            report.absent.leaveOut(label, "its build would take too long for this run; FULL=1 waits for it")
            return nil
        }
        do {
            let contestant = try Contestant(system, set, truth, threads: threads, settings)
            let build = contestant.build
            print(
                String(
                    format: "  built %@ on %d %@ in %.1f s (%.1f s of processor time)", system, threads,
                    threads == 1 ? "thread" : "threads", build.seconds, build.cpuSeconds
                )
            )
            if build.cpuSeconds > 1.15 * Double(threads) * build.seconds {
                report.remark("\(system) used more than \(threads) threads in building")
            }
            return contestant
        } catch {
            report.absent.leaveOut(label, "\(error)")
            return nil
        }
    }

    /// Explores the points of all systems in turn, then measures them again in further rounds.
    ///
    /// A system that fails is named and left out.
    private func search(_ contestants: [Contestant], _ primary: Int, _ report: inout SetReport) {
        var sound = contestants
        func turn(_ work: (Contestant) throws -> Void) {
            for contestant in sound {
                do {
                    try work(contestant)
                } catch {
                    report.absent.leaveOut(contestant.system, "\(error)")
                    sound.removeAll { $0 === contestant }
                }
            }
        }
        var sweeps = Dictionary(uniqueKeysWithValues: contestants.map { ($0.system, Sweep($0.build.chains)) })
        var isGoingOn = true
        while isGoingOn {
            isGoingOn = false
            turn { contestant in
                isGoingOn = try contestant.explore(&sweeps[contestant.system], threads: primary) || isGoingOn
            }
        }
        for count in threads {
            let asked = sound.filter { count == primary || parallelSystems.contains($0.system) }
            let order = Self.turns(of: asked.map(\.points))
            let rounds = count == primary ? settings.rounds - 1 : settings.rounds
            for round in 0..<rounds {
                if let deadline, ContinuousClock.now > deadline {
                    report.remark("No time was left for \(rounds - round) of the rounds on \(count) threads.")
                    break
                }
                for (number, point) in order {
                    turn { if $0 === asked[number] { try $0.repeatPoint(point, threads: count) } }
                }
            }
        }
        turn { try $0.measureMapping() }
        for contestant in sound { report.note(searches: contestant) }
        report.noteBusyness()
    }

    /// The points of all systems, ordered so that the turns of each system are spread evenly over a round.
    ///
    /// - Parameter counts: The number of points of each system.
    /// - Returns: Pairs of a system's place and a point.
    private static func turns(of counts: [Int]) -> [(system: Int, point: Int)] {
        counts.enumerated().flatMap { system, count in
            (0..<count).map { (system: system, point: $0, time: (Double($0) + 0.5) / Double(count)) }
        }
        .sorted { ($0.time, $0.system) < ($1.time, $1.system) }
        .map { ($0.system, $0.point) }
    }

    private func verify(_ truth: Truth) throws {
        guard settings.rivals.areInstalled else { return }
        let agreement: Double
        do {
            agreement = try Contestant.verify(truth, of: set, settings)
        } catch {
            print("  NumPy could not look at the exact neighbors: \(error)")
            return
        }
        guard agreement > 0.999 else {
            throw BenchmarkError(
                "NumPy finds nearer neighbors in \(set.name): only \(agreement) of "
                    + "\(set.truth == nil ? "ours" : "the given ones") are among its own")
        }
    }
}
