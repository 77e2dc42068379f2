import Foundation
import Measuring

/// The settings of a run, from the environment. All of them are optional.
///
/// | variable | means |
/// | --- | --- |
/// | `VECTORS` | a `.npy` or `.fvecs` file to use instead of our own sets |
/// | `METRIC` | `ip`, `cosine` or `l2`, of that file; `l2` by default |
/// | `N` | the most vectors to index |
/// | `QUERIES` | the number of vectors that are held out as queries; 2,000 by default |
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
    /// The folder of everything that a run makes.
    let folder: URL
    let rivals: Rivals

    let k = 10
    let m = 16
    let efConstruction = 200
    /// The number of times that a point is measured. The best counts.
    let rounds = 3
    /// The least time of all passes of one measurement together, in seconds.
    let atLeast = 0.2
    /// The most minutes of a run that is not full.
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

    /// The seconds after which a run ends; `nil` for a run without a limit.
    var deadline: Double? { isFull || systems != nil || vectorFile != nil ? nil : minutes * 60 }
}
