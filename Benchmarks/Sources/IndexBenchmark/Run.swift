import Foundation
import Measuring
import VectorFiles

/// A run over all sets.
struct Run {
    private let settings: Settings
    private let start = ContinuousClock.now

    init(_ settings: Settings) {
        self.settings = settings
    }

    /// A set that can be measured.
    private struct Entry {
        var name: String
        var metric: DistanceMeasure
        var origin: String
        /// Whether every system takes part, or the main ones alone.
        var isForAll: Bool
        /// The set's share of the time of a run.
        var share: Double
        var vectors: () throws -> Vectors
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
        let entries = try chosenEntries()
        let total = entries.reduce(0) { $0 + $1.share }
        var shares = 0.0
        for entry in entries {
            shares += entry.share
            let deadline = settings.deadline.map { start + .seconds($0 * shares / total) }
            print("\n\(entry.name)")
            let set = try VectorSet(
                name: entry.name, metric: entry.metric, origin: entry.origin, vectors: entry.vectors(),
                limit: settings.limit, queryCount: settings.queryCount, folder: folder.appending(path: "sets")
            )
            let found = try contest(entry, on: set, deadline).run()
            Tables(report: found).print()
            report.sets.append(found)
            try report.writeResults(to: folder.appending(path: "hnsw.json"))
            try plot(found)
        }
        let minutes = (ContinuousClock.now - start) / .seconds(60)
        print("\nevery point: \(folder.relativePath)/hnsw.json; \(String(format: "%.0f", minutes)) minutes in all")
    }

    private func contest(_ entry: Entry, on set: VectorSet, _ deadline: ContinuousClock.Instant?) -> Contest {
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

    // MARK: - Sets

    private func chosenEntries() throws -> [Entry] {
        if let file = settings.vectorFile {
            let url = URL(filePath: file)
            let name = url.deletingPathExtension().lastPathComponent
            return [
                Entry(
                    name: name, metric: settings.metric, origin: "Vectors of '\(file)'.", isForAll: true, share: 1,
                    vectors: { try Vectors(file: url) })
            ]
        }
        let all = [lsa].compactMap { $0 } + Self.synthetic
        guard let names = settings.sets else { return all.filter { settings.isFull || $0.share > 0 } }
        return try names.map { name in
            guard let entry = all.first(where: { $0.name == name }) else {
                throw BenchmarkError("there is no set '\(name)' here, but \(all.map(\.name).joined(separator: ", "))")
            }
            return entry
        }
    }

    private var lsa: Entry? {
        let file = settings.folder.appending(path: "lsa.npy")
        guard FileManager.default.fileExists(atPath: file.path) else {
            print("without lsa-157k: '\(file.relativePath)' is absent, for it is made of papers that are not here")
            return nil
        }
        return Entry(
            name: "lsa-157k", metric: .innerProduct,
            origin: "Latent semantic vectors of papers at rank 256, of Euclidean length 1.", isForAll: true, share: 19,
            vectors: { try Vectors(npy: file) }
        )
    }

    private static var synthetic: [Entry] {
        [
            clustered("clustered-l2", .squaredEuclidean), clustered("clustered-cosine", .cosine),
            gaussian("gaussian-l2", .squaredEuclidean, share: 4), gaussian("gaussian-cosine", .cosine, share: 0),
        ]
    }

    private static func clustered(_ name: String, _ metric: DistanceMeasure) -> Entry {
        Entry(
            name: name, metric: metric,
            origin:
                "\(SyntheticVectors.clusterCount) centres of normal components, around each normal noise of standard "
                + "deviation \(SyntheticVectors.clusterSpread).",
            isForAll: false, share: 3.5, vectors: { SyntheticVectors.clustered(count: 102_000, dimensions: 256) }
        )
    }

    private static func gaussian(_ name: String, _ metric: DistanceMeasure, share: Double) -> Entry {
        Entry(
            name: name, metric: metric, origin: "Independent normal components.", isForAll: false, share: share,
            vectors: { SyntheticVectors.gaussian(count: 102_000, dimensions: 128) }
        )
    }
}
