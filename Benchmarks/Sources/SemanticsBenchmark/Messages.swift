import Foundation

// What the driver and its workers say to each other, an object of JSON a line. `Benchmarks/Rivals/semantics_worker.py` speaks
// the same. A worker answers with rows.

/// Asks for a stage.
struct StageRequest: Codable {
    var command: String
    /// The file of papers.
    var file: String
    /// The papers in it; 0 before they were read.
    var papers: Int
    /// Where the matrix lies, and where a worker may write.
    var folder: String
    var rowCount = 0
    var columnCount = 0
    /// Where right singular vectors go, or come from.
    var vectors = ""
    var rank: Int
    var threads: Int
    var sample: Int
    var queries: [String] = []
    var passes: Int
}

/// What a stage cost, and what the next ones have to know of its result.
struct StageAnswer: Codable {
    var rows: [Measurement] = []
    var rowCount: Int?
    var columnCount: Int?
    var nnz: Int?
    /// Titles, from the whole length of the file.
    var titles: [String]?
    var energy: Double?
    var deviation: Double?
    var library: LibraryMeasurement?
}
