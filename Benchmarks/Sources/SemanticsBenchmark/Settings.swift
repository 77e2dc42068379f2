import Foundation
import Measuring

/// What a run measures, and how.
///
/// | variable | means |
/// | --- | --- |
/// | `N` | take the first papers of the file alone, this many |
/// | `RANK` | the dimensions of the vector space; 256 |
/// | `THREADS` | the threads of every system that has a choice; one a core |
/// | `SYSTEMS` | the rivals to run, by name, divided by commas; all |
/// | `SAMPLE` | the papers that the neural encoder reads, from which its time for all is reckoned; 256 |
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
    /// Where everything is kept that is made here.
    let folder: URL

    /// How many queries are asked at the most.
    let queryCount = 400
    /// How often each is asked; the median counts.
    let passes = 3
    /// How often a whole process is run; the median counts.
    let processRuns = 15
    /// How often a single paper is added; the median counts.
    let additionRuns = 3
    /// The papers of the smaller library with which a larger one is compared.
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
