import BenchmarkVectors
import Foundation
import Measuring

/// The results of a run.
struct Report: Encodable {
    var date: String
    var machine: String
    var sets: [SetReport]
}

/// The results on one set.
struct SetReport: Encodable {
    struct Build: Encodable {
        var system: String
        var version: String
        var threads: Int
        var seconds: Double
        var cpuSeconds: Double
        /// The growth of the process's own memory by the index.
        var bytes: Int?
        var fileBytes: Int
        /// Of Akin: the time to open the file by mapping, the memory that is resident after all queries, and how much
        /// of the file the queries read.
        var openSeconds: Double?
        var mappedBytes: Int?
        var touchedBytes: Int?
    }

    struct Search: Encodable {
        var system: String
        var threads: Int
        var ef: Int
        var setting: String
        var recall: Double
        var qps: Double
        var cpuQPS: Double

        enum CodingKeys: String, CodingKey {
            case system, threads, ef, setting, qps
            case recall = "recall@10"
            case cpuQPS = "cpuQps"
        }
    }

    var name: String
    var origin: String
    var count: Int
    var dimensions: Int
    var metric: DistanceMeasure
    var queries: Int
    var builds: [Build] = []
    var searches: [Search] = []
    var absent = AbsentSystems()
    var remarks: [String] = []

    /// Whether the queries came with the set.
    let hasOwnQueries: Bool
    /// The curves behind the searches.
    private(set) var curves: [Curve] = []
    /// The smallest share that recall can show: half an answer.
    let resolution: Double

    private enum CodingKeys: String, CodingKey {
        case name, origin, count, dimensions, metric, queries, builds, searches, absent, remarks
    }

    init(_ set: VectorSet, k: Int) {
        name = set.name
        origin = set.origin
        count = set.base.count
        dimensions = set.base.dimensions
        metric = set.metric
        queries = set.queries.count
        hasOwnQueries = set.hasOwnQueries
        resolution = 0.5 / Double(k * set.queries.count)
    }

    mutating func note(build contestant: Contestant) {
        let build = contestant.build
        builds.append(
            Build(
                system: contestant.system, version: build.version, threads: contestant.threads, seconds: build.seconds,
                cpuSeconds: build.cpuSeconds, bytes: build.bytes, fileBytes: build.fileBytes
            )
        )
    }

    mutating func note(searches contestant: Contestant) {
        for curve in contestant.curves.values.sorted(by: { $0.threads < $1.threads }) {
            curves.append(curve)
            searches += curve.measurements.map {
                Search(
                    system: curve.system, threads: curve.threads, ef: $0.point.ef, setting: $0.point.setting,
                    recall: $0.recall, qps: $0.qps, cpuQPS: $0.cpuQPS
                )
            }
        }
        if let row = builds.firstIndex(where: { $0.system == contestant.system && $0.threads == contestant.threads }) {
            builds[row].openSeconds = contestant.mapped?.openSeconds
            builds[row].mappedBytes = contestant.mapped?.bytes
            builds[row].touchedBytes = contestant.mapped?.touchedBytes
        }
    }

    /// Adds a remark if the machine was too busy.
    mutating func noteBusyness() {
        let points = curves.filter { $0.threads == 1 }.flatMap(\.measurements)
        let disturbed = points.count { $0.qps < Self.undisturbedShare * $0.cpuQPS }
        guard disturbed * 10 > points.count else { return }
        remark(
            "The machine was busy: at \(disturbed) of \(points.count) points on one thread, even the best round had "
                + "less than nine tenths of a core. The ratios by processor time say more."
        )
    }

    /// The share of a core without which a measurement counts as disturbed.
    private static let undisturbedShare = 0.9

    mutating func remark(_ remark: String) {
        print("  \(remark)")
        remarks.append(remark)
    }
}
