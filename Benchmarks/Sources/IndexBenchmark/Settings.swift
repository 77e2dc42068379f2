import Foundation
import Measuring

/// What is measured, as the environment says it. Nothing has to be said.
///
/// | variable | means |
/// | --- | --- |
/// | `VECTORS` | a file, `.npy` or `.fvecs`, in place of the sets of our own |
/// | `METRIC` | `ip`, `cosine` or `l2`, of that file; `l2` by default |
/// | `N` | how many vectors are indexed at the most |
/// | `QUERIES` | how many vectors are held out as queries; 2,000 by default |
/// | `THREADS` | numbers of threads, `1,2` for instance |
/// | `SETS`, `SYSTEMS` | names, divided by commas |
/// | `FULL` | `1`: all sets, all systems, both numbers of threads, however long it takes |
struct Settings {
    var vectorFile: String?
    var metric: DistanceMeasure
    var limit: Int?
    var queryCount: Int
    var threads: [Int]?
    var sets: [String]?
    var systems: [String]?
    var isFull: Bool
    /// Where everything is kept that is made here.
    let folder: URL
    let rivals: Rivals

    let k = 10
    let m = 16
    let efConstruction = 200
    /// How often every point is measured; the best counts.
    let rounds = 3
    /// The seconds that the passes of one measurement take together at the least.
    let atLeast = 0.2
    /// The minutes that a run takes at the most, unless it is full.
    let minutes = 30.0

    init(environment: [String: String]) throws {
        let environment = RunEnvironment(environment)
        folder = environment.folder
        vectorFile = environment.text("VECTORS")
        let metricName = environment.text("METRIC") ?? "l2"
        guard let metric = DistanceMeasure(named: metricName) else {
            throw BenchmarkError("METRIC is ip, cosine or l2, not '\(metricName)'.")
        }
        self.metric = metric
        limit = try environment.number("N")
        queryCount = try environment.number("QUERIES") ?? 2_000
        threads = try environment.numbers("THREADS")
        sets = environment.list("SETS")
        systems = environment.list("SYSTEMS")
        isFull = environment.text("FULL") == "1"
        rivals = Rivals(
            environment: environment.text("RIVALS") ?? ".build/benchmarks/rivals", script: "index_worker.py")
    }

    /// Whether a run has an end to keep.
    var deadline: Double? { isFull || systems != nil || vectorFile != nil ? nil : minutes * 60 }
}
