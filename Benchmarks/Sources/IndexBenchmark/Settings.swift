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
    let folder = URL(filePath: ".build/benchmarks")
    /// The interpreter that the rivals run in.
    var python: String

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
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        func list(_ name: String) -> [String]? {
            value(name)?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        }
        func number(_ name: String, _ text: String) throws -> Int {
            guard let number = Int(text), number > 0 else {
                throw BenchmarkError("\(name) takes a number from 1 up, not '\(text)'.")
            }
            return number
        }
        vectorFile = value("VECTORS")
        let metricName = value("METRIC") ?? "l2"
        guard let metric = DistanceMeasure(named: metricName) else {
            throw BenchmarkError("METRIC is ip, cosine or l2, not '\(metricName)'.")
        }
        self.metric = metric
        limit = try value("N").map { try number("N", $0) }
        queryCount = try number("QUERIES", value("QUERIES") ?? "2000")
        threads = try list("THREADS")?.map { try number("THREADS", $0) }
        sets = list("SETS")
        systems = list("SYSTEMS")
        isFull = value("FULL") == "1"
        python = (value("RIVALS") ?? ".build/benchmarks/rivals") + "/bin/python"
    }

    /// Whether a run has an end to keep.
    var deadline: Double? { isFull || systems != nil || vectorFile != nil ? nil : minutes * 60 }
}
