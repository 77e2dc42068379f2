import BenchmarkVectors
import Foundation
import Measuring
import VectorFiles

/// The files of a set that comes with queries of its own, and perhaps with their true neighbors.
struct PublishedSet {
    var name: String
    /// The vectors to index.
    var base: URL
    var queries: URL
    /// The rows of the nearest vectors of each query, the nearest first; `nil` if an exact scan has to find them.
    var truth: URL?
    /// How far apart the vectors are, where a file beside them says so.
    var metric: DistanceMeasure?

    /// Creates a set of the files that the settings name.
    ///
    /// - Returns: `nil` if they name no queries.
    init?(_ settings: Settings, base: URL) throws {
        guard let queries = settings.queryFile else {
            guard settings.truthFile == nil else {
                throw BenchmarkError("TRUTH is that of queries: give QUERY_VECTORS as well.")
            }
            return nil
        }
        name = base.deletingPathExtension().lastPathComponent
        self.base = base
        self.queries = URL(filePath: queries)
        truth = settings.truthFile.map { URL(filePath: $0) }
    }

    /// Finds the files of a folder by their names, as those of TEXMEX end: `…base.fvecs`, `…query.fvecs`,
    /// `…groundtruth.ivecs`. A file `metric` has the name of the metric.
    init(folder: URL, limit: Int?) throws {
        name = folder.lastPathComponent
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        func file(_ ending: String) throws -> URL? {
            let found = names.filter {
                URL(filePath: $0).deletingPathExtension().lastPathComponent.hasSuffix(ending)
                    && VectorFileFormat(endingOf: $0) != nil
            }
            guard found.count <= 1 else {
                throw BenchmarkError(
                    "'\(folder.path)' has several files that end in \(ending): \(found.joined(separator: ", ")). Name "
                        + "them by VECTORS, QUERY_VECTORS and TRUTH.")
            }
            return found.first.map { folder.appending(path: $0) }
        }
        guard let base = try file("base"), let queries = try file("query") else {
            throw BenchmarkError(
                "'\(folder.path)' has no files …base and …query of vectors. Name them by VECTORS and QUERY_VECTORS.")
        }
        self.base = base
        self.queries = queries
        truth = try file("groundtruth")
        if truth != nil, let limit {
            print(
                "  The neighbors in '\(folder.path)' are among all vectors; those of the first \(limit) are computed."
            )
            truth = nil
        }
        let text = try? String(contentsOf: folder.appending(path: "metric"), encoding: .utf8)
        metric = text.flatMap { DistanceMeasure(named: $0.trimmingCharacters(in: .whitespacesAndNewlines)) }
    }

    /// Reads the first neighbors of each query.
    ///
    /// - Parameters:
    ///   - k: How many of each.
    ///   - queryCount: The number of queries.
    ///   - count: The number of vectors.
    /// - Returns: Their rows, `k` for each query; `nil` if there is no such file.
    /// - Throws: `VectorFileError`; ``BenchmarkError`` if there are too few, or rows that there are not.
    func neighbors(k: Int, queryCount: Int, count: Int) throws -> [Int64]? {
        guard let truth else { return nil }
        let file = try VectorFile(path: truth.path)
        guard file.count >= queryCount, file.dimensions >= k else {
            throw BenchmarkError(
                "'\(truth.path)' has \(file.dimensions) neighbors of \(file.count) queries, where \(k) of "
                    + "\(queryCount) are needed. Is it the truth of '\(queries.path)'?")
        }
        let all = try file.integers(in: 0..<queryCount)
        return try (0..<queryCount).flatMap { row in
            try all[row * file.dimensions..<row * file.dimensions + k].map { id in
                guard (0..<count).contains(Int(id)) else {
                    throw BenchmarkError(
                        "'\(truth.path)' names vector \(id) for query \(row), and there are \(count). Leave TRUTH "
                            + "away, and the neighbors are computed.")
                }
                return Int64(id)
            }
        }
    }
}
