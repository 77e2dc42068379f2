import BenchmarkVectors
import Foundation
import Measuring

/// One system with its index of one set.
final class Contestant {
    let system: String
    let build: BuildAnswer
    let threads: Int
    private let worker: Worker
    private let set: VectorSet
    private let truth: Truth
    private let settings: Settings
    private let idFile: URL
    private var measured: [(chain: Int, point: Int, recall: Double)] = []
    /// What was measured so far, by the number of threads.
    private(set) var curves: [Int: Curve] = [:]
    private(set) var mapped: MapAnswer?

    /// Builds the index of a set.
    ///
    /// - Throws: ``BenchmarkError`` if the system is absent or fails.
    init(_ system: String, _ set: VectorSet, _ truth: Truth, threads: Int, _ settings: Settings) throws {
        self.system = system
        self.set = set
        self.truth = truth
        self.settings = settings
        self.threads = threads
        let scratch = settings.folder.appending(path: "scratch")
        idFile = scratch.appending(path: "\(system).ids")
        worker = try Self.worker(for: system, threads: threads, settings)
        let request = BuildRequest(
            vectors: set.baseFile.path, metric: set.metric, threads: threads, m: settings.m,
            efConstruction: settings.efConstruction, file: scratch.appending(path: "\(system)-\(threads).index").path
        )
        build = try worker.ask(request)
        for count in build.chains.map(\.count) where count == 0 { throw BenchmarkError("\(system) has an empty chain") }
    }

    private static func worker(for system: String, threads: Int, _ settings: Settings) throws -> Worker {
        let folder = settings.folder.appending(path: "scratch")
        if Systems.isOurs(system) {
            return try Worker(CommandLine.arguments[0], ["worker", system], threads: threads, folder: folder)
        }
        return try settings.rivals.worker(of: system, threads: threads, folder: folder)
    }

    /// The points that a sweep has found worth measuring again.
    var points: Int { measured.count }

    /// Measures a point for the first time, with its recall.
    ///
    /// - Returns: Whether there was one left.
    func explore(_ sweep: inout Sweep?, threads: Int) throws -> Bool {
        guard let (chain, point) = sweep?.next else { return false }
        let answer = try search(chain, point, threads: threads, ids: idFile)
        let ids = try Data(contentsOf: idFile).elements(Int64.self)
        let recall = try truth.recall(of: ids, system: system)
        measured.append((chain, point, recall))
        note(answer, at: measured.count - 1, threads: threads)
        sweep?.advance(recall: recall, seconds: answer.seconds)
        return true
    }

    /// Measures a point again, or with another number of threads.
    func repeatPoint(_ number: Int, threads: Int) throws {
        let (chain, point, _) = measured[number]
        note(try search(chain, point, threads: threads, ids: nil), at: number, threads: threads)
    }

    /// Opens the saved index by mapping, if the system is ours.
    func measureMapping() throws {
        guard Systems.isOurs(system) else { return }
        mapped = try worker.ask(MapRequest(queries: set.queryFile.path, k: settings.k))
    }

    private func search(_ chain: Int, _ point: Int, threads: Int, ids: URL?) throws -> SearchAnswer {
        try worker.ask(
            SearchRequest(
                queries: set.queryFile.path, chain: chain, point: point, threads: threads, k: settings.k,
                atLeast: settings.atLeast, ids: ids?.path
            )
        )
    }

    private func note(_ answer: SearchAnswer, at number: Int, threads: Int) {
        let (chain, point, recall) = measured[number]
        let count = Double(set.queries.count)
        let qps = count / answer.seconds
        let cpuQPS = count / answer.cpuSeconds
        var curve = curves[threads] ?? Curve(system: system, threads: threads, measurements: [])
        if number < curve.measurements.count {
            curve.measurements[number].qps = max(curve.measurements[number].qps, qps)
            curve.measurements[number].cpuQPS = max(curve.measurements[number].cpuQPS, cpuQPS)
        } else {
            curve.measurements.append(
                Curve.Measurement(point: build.chains[chain][point], recall: recall, qps: qps, cpuQPS: cpuQPS)
            )
        }
        curves[threads] = curve
    }
}

extension Contestant {
    /// The share of the exact neighbors of some queries on which NumPy agrees.
    static func verify(_ truth: Truth, of set: VectorSet, _ settings: Settings) throws -> Double {
        let worker = try worker(for: "numpy", threads: 1, settings)
        let file = settings.folder.appending(path: "scratch/truth.ids")
        try Data(elements: truth.ids).write(to: file)
        let answer: VerifyAnswer = try worker.ask(
            VerifyRequest(
                vectors: set.baseFile.path, queries: set.queryFile.path, metric: set.metric, k: truth.k, sample: 50,
                truth: file.path
            )
        )
        return answer.agreement
    }
}
