import Foundation

// The messages between the driver and its workers: one JSON object a line. `Benchmarks/Rivals/index_worker.py` uses
// them too.

/// Asks for an index of the vectors of a file.
struct BuildRequest: Codable {
    var command = "build"
    var vectors: String
    var metric: DistanceMeasure
    var threads: Int
    var m: Int
    var efConstruction: Int
    /// The file that the index is saved to, so that its size can be measured.
    var file: String
}

struct BuildAnswer: Codable {
    var version: String
    var seconds: Double
    /// The processor time of all threads.
    var cpuSeconds: Double
    /// The growth of the process's own memory by the index; `nil` if the system does not tell.
    var bytes: Int?
    var fileBytes: Int
    /// The settings to search the index with: chains of points in the order of growing effort.
    var chains: [[Point]]
}

/// One way to search an index.
struct Point: Codable {
    /// The system's main knob.
    var ef: Int
    /// All of its knobs, in words.
    var setting: String
}

/// Searches for all queries of a file at one point, repeatedly until some time has passed.
struct SearchRequest: Codable {
    var command = "search"
    var queries: String
    var chain: Int
    var point: Int
    var threads: Int
    var k: Int
    /// The least time of all passes together, in seconds.
    var atLeast: Double
    /// Where the ids of the neighbors go, 64 bits each; `nil` if they are not wanted.
    var ids: String?
}

struct SearchAnswer: Codable {
    /// The seconds of one pass over the queries.
    var seconds: Double
    var cpuSeconds: Double
}

/// Measures opening the saved index by mapping, and searching it. Only Akin's workers answer it.
struct MapRequest: Codable {
    var command = "map"
    var queries: String
    var k: Int
}

struct MapAnswer: Codable {
    /// The seconds from the path to an index that can be searched, the best of five.
    var openSeconds: Double
    /// The resident memory of the index after the searches, mapped pages included. The system also maps the neighbors
    /// of a page, so this is more than the searches need.
    var bytes: Int?
    /// The mapped pages that a pass over the queries reads.
    var touchedBytes: Int?
}

/// Asks NumPy for the neighbors of a sample of the queries.
struct VerifyRequest: Codable {
    var command = "verify"
    var vectors: String
    var queries: String
    var metric: DistanceMeasure
    var k: Int
    var sample: Int
    var truth: String
}

struct VerifyAnswer: Codable {
    /// The share of the neighbors that NumPy finds as near.
    var agreement: Double
}
