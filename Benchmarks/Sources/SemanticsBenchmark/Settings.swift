import Foundation
import Measuring

/// The settings of a run, from the environment. All of them are optional.
///
/// | variable | means |
/// | --- | --- |
/// | `N` | the number of papers to take from the beginning of the file |
/// | `RANK` | the dimensions of the vector space; 256 |
/// | `THREADS` | the threads of every system that has a setting; one a core |
/// | `SYSTEMS` | the rivals to run, by name, divided by commas; all |
/// | `SAMPLE` | the number of papers that the neural encoder reads; its time for all is extrapolated; 256 |
/// | `QUERIES` | a file of queries, JSON Lines with a `text` each; without it, titles of the papers |
/// | `AKIN` | the program whose processes are timed; without it, none are |
struct Settings {
    var limit: Int?
    var rank: Int
    var threads: Int
    var systems: [String]
    var sample: Int
    var queryFile: String?
    var akin: String?
    let rivals: Rivals
    /// The folder of everything that a run makes.
    let folder: URL

    /// The most queries.
    let queryCount = 400
    /// The number of times that each query is run. The median counts.
    let passes = 3
    /// The number of times that a whole process is run. The median counts.
    let processRuns = 15
    /// The number of times that a single paper is added. The median counts.
    let additionRuns = 3
    /// The number of papers of the smaller library that a larger one is compared with.
    let smallLibrary = 20_000

    /// The rivals by name, in the order in which they run.
    static let systems = [
        "scikit-learn-randomized", "scikit-learn-arpack", "gensim", "gensim-matrix", "bm25s", "fts5", "minilm",
    ]

    init(environment: [String: String]) throws {
        let environment = RunEnvironment(environment)
        folder = environment.folder
        limit = try environment.number("N")
        rank = try environment.number("RANK") ?? 256
        threads = try environment.number("THREADS") ?? ProcessInfo.processInfo.activeProcessorCount
        systems = environment.list("SYSTEMS") ?? Self.systems
        for name in systems where !Self.systems.contains(name) {
            throw BenchmarkError("SYSTEMS are of \(Self.systems.joined(separator: ", ")), not '\(name)'.")
        }
        sample = try environment.number("SAMPLE") ?? 256
        queryFile = environment.text("QUERIES")
        akin = environment.text("AKIN")
        rivals = Rivals(
            environment: environment.text("RIVALS") ?? ".build/benchmarks/lsa-rivals", script: "semantics_worker.py")
    }
}
