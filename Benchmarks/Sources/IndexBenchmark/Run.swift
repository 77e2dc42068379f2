import Foundation
import Measuring

/// A run over all sets.
struct Run {
    private let settings: Settings
    private let start = ContinuousClock.now

    init(_ settings: Settings) {
        self.settings = settings
    }

    func run() throws {
        let folder = settings.folder
        try? FileManager.default.removeItem(at: folder.appending(path: "scratch"))
        for part in ["scratch", "sets"] {
            try FileManager.default.createDirectory(at: folder.appending(path: part), withIntermediateDirectories: true)
        }
        defer { try? FileManager.default.removeItem(at: folder.appending(path: "scratch")) }

        var report = Report(
            date: today(), machine: machineDescription(), sets: []
        )
        print(report.machine)
        let entries = try SetEntry.chosen(by: settings)
        let total = entries.reduce(0) { $0 + $1.share }
        var shares = 0.0
        for entry in entries {
            shares += entry.share
            let deadline = settings.deadline.map { start + .seconds($0 * shares / total) }
            print("\n\(entry.name)")
            let set = try entry.load(settings, folder: folder.appending(path: "sets"))
            let found = try contest(entry, on: set, deadline).run()
            Tables(report: found).print()
            report.sets.append(found)
            try report.writeResults(to: folder.appending(path: "hnsw.json"))
            try plot(found)
        }
        let minutes = (ContinuousClock.now - start) / .seconds(60)
        print("\nevery point: \(folder.relativePath)/hnsw.json; \(String(format: "%.0f", minutes)) minutes in all")
    }

    private func contest(_ entry: SetEntry, on set: VectorSet, _ deadline: ContinuousClock.Instant?) -> Contest {
        let systems: [String]
        if let chosen = settings.systems {
            systems = chosen
        } else if settings.isFull || settings.vectorFile != nil {
            systems = settings.isFull ? Systems.all : Systems.all.filter { !Systems.ofFullRunsAlone.contains($0) }
        } else {
            systems = entry.isForAll ? Systems.all.filter { !Systems.ofFullRunsAlone.contains($0) } : Systems.main
        }
        let isParallel = settings.isFull || settings.systems != nil || settings.threads != nil
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let threads = settings.threads ?? (isParallel || entry.isForAll ? [1, 2] : [1]).filter { $0 <= cores }
        return Contest(
            set: set, systems: systems, parallelSystems: isParallel ? systems : Systems.main, threads: threads,
            settings: settings, deadline: deadline
        )
    }

    private func plot(_ found: SetReport) throws {
        for threads in Set(found.curves.map(\.threads)).sorted() {
            let plot = Plot(
                title: "\(found.name): \(found.count) × \(found.dimensions), \(found.metric.rawValue), "
                    + (threads == 1 ? "one thread" : "\(threads) threads"),
                curves: found.curves.filter { $0.threads == threads }
            )
            try plot.write(to: settings.folder.appending(path: "hnsw-\(found.name)-\(threads).svg"))
        }
    }
}
