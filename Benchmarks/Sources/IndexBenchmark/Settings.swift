import Foundation
import Measuring

/// The settings of a run, from the environment. All of them are optional.
///
/// | variable | means |
/// | --- | --- |
/// | `VECTORS` | a `.npy`, `.fvecs` or `.bvecs` file to use instead of our own sets, or the folder of a published set |
/// | `QUERY_VECTORS` | a file of queries for these vectors; without it, some of the vectors are held out |
/// | `TRUTH` | an `.ivecs` file of the true neighbors of each query; without it, an exact scan finds them |
/// | `METRIC` | `ip`, `cosine` or `l2`, of that file; what the folder says, or else `l2` |
/// | `N` | the most vectors to index: the first ones, if there are queries for them |
/// | `QUERIES` | the number of queries: by default all that are given, or 2,000 held out |
/// | `THREADS` | numbers of threads, `1,2` for instance |
/// | `SETS`, `SYSTEMS` | names, divided by commas |
/// | `FULL` | `1`: all sets, all systems, both numbers of threads, however long it takes |
struct Settings {
    var vectorFile: String?
    var queryFile: String?
    var truthFile: String?
    var metric: DistanceMeasure?
    var limit: Int?
    var queryCount: Int?
    var threads: [Int]?
    var sets: [String]?
    var systems: [String]?
    var isFull: Bool
    /// The folder of everything that a run makes.
    let folder: URL
    let rivals: Rivals

    /// The number of vectors that are held out as queries, unless `QUERIES` says otherwise.
    static let heldOutCount = 2_000

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
        queryFile = environment.text("QUERY_VECTORS")
        truthFile = environment.text("TRUTH")
        guard vectorFile != nil || queryFile == nil && truthFile == nil else {
            throw BenchmarkError("QUERY_VECTORS and TRUTH are those of VECTORS, which is missing.")
        }
        metric = try environment.text("METRIC").map { name in
            guard let metric = DistanceMeasure(named: name) else {
                throw BenchmarkError("METRIC is ip, cosine or l2, not '\(name)'.")
            }
            return metric
        }
        limit = try environment.number("N")
        queryCount = try environment.number("QUERIES")
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
