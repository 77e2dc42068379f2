import Foundation

// The messages between the driver and its workers: one JSON object a line. `Benchmarks/Rivals/semantics_worker.py` uses
// them too. A worker answers with rows.

/// Asks for a stage.
struct StageRequest: Codable {
    var command: String
    /// The file of papers.
    var file: String
    /// The number of papers in it; 0 before they are read.
    var papers: Int
    /// The folder of the matrix, which a worker may write to.
    var folder: String
    var rowCount = 0
    var columnCount = 0
    /// The file to write right singular vectors to, or to read them from.
    var vectors = ""
    var rank: Int
    var threads: Int
    var sample: Int
    var queries: [String] = []
    var passes: Int
}

/// The cost of a stage, and what the next stages need of its result.
struct StageAnswer: Codable {
    var rows: [Measurement] = []
    var rowCount: Int?
    var columnCount: Int?
    var nnz: Int?
    /// Titles from all parts of the file.
    var titles: [String]?
    var energy: Double?
    var deviation: Double?
    var library: LibraryMeasurement?
}
