import Foundation

// What the driver and its workers say to each other, an object of JSON a line. `Benchmarks/Rivals/index_worker.py` speaks
// the same.

/// Asks for an index of the vectors of a file.
struct BuildRequest: Codable {
    var command = "build"
    var vectors: String
    var metric: DistanceMeasure
    var threads: Int
    var m: Int
    var efConstruction: Int
    /// Where the index is saved to be weighed.
    var file: String
}

struct BuildAnswer: Codable {
    var version: String
    var seconds: Double
    /// The processor time of all threads.
    var cpuSeconds: Double
    /// The growth of the process's own memory through the index; `nil` where the system does not tell.
    var bytes: Int?
    var fileBytes: Int
    /// What can be asked of the index: chains of points in the order of growing effort.
    var chains: [[Point]]
}

/// One way to ask an index.
struct Point: Codable {
    /// The system's main knob.
    var ef: Int
    /// All of its knobs, in words.
    var setting: String
}

/// Asks all queries of a file at one point, again and again until some time has passed.
struct SearchRequest: Codable {
    var command = "search"
    var queries: String
    var chain: Int
    var point: Int
    var threads: Int
    var k: Int
    /// The seconds that the passes take together at the least.
    var atLeast: Double
    /// Where the ids of the neighbours go, 64 bits each; `nil` if they are not wanted.
    var ids: String?
}

struct SearchAnswer: Codable {
    /// The seconds of one pass over the queries.
    var seconds: Double
    var cpuSeconds: Double
}

/// Asks what it costs to open the saved index by mapping and to search it. Of Akin's workers alone.
struct MapRequest: Codable {
    var command = "map"
    var queries: String
    var k: Int
}

struct MapAnswer: Codable {
    /// The seconds from the path to an index that can be searched, the best of five.
    var openSeconds: Double
    /// The memory that is resident for the index after the searches, mapped pages included. The system maps the neighbours
    /// of a page along with it, so that this is more than the searches need.
    var bytes: Int?
    /// The mapped pages that a pass over the queries reads.
    var touchedBytes: Int?
}

/// Asks NumPy for the neighbours of a sample of the queries.
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
    /// The share of the neighbours that NumPy finds as near.
    var agreement: Double
}
