import BenchmarkVectors
import Foundation
import HNSW
import Measuring

/// How far apart two vectors are, by the names that the workers know.
enum DistanceMeasure: String, Codable {
    case innerProduct
    case cosine
    case squaredEuclidean

    /// Reads a metric as people write it.
    init?(named name: String) {
        switch name.lowercased() {
        case "ip", "inner-product", "innerproduct": self = .innerProduct
        case "cos", "cosine": self = .cosine
        case "l2", "euclidean", "squared-euclidean", "squaredeuclidean": self = .squaredEuclidean
        default: return nil
        }
    }

    var metric: Metric {
        switch self {
        case .innerProduct: .innerProduct
        case .cosine: .cosine
        case .squaredEuclidean: .squaredEuclidean
        }
    }
}

/// Vectors to index, and others of the same kind as queries.
struct VectorSet {
    var name: String
    var metric: DistanceMeasure
    /// The origin of the vectors, in a sentence.
    var origin: String
    var base: Vectors
    var queries: Vectors
    /// The rows of the nearest vectors of each query, as many for each as ``Settings/k``, where they came with the set.
    var truth: [Int64]?
    /// Whether the queries came with the set, and are none of its vectors.
    var hasOwnQueries = false
    /// The files that the workers read.
    var baseFile: URL
    var queryFile: URL

    /// Draws queries from vectors at random, and writes both for the workers.
    init(
        name: String, metric: DistanceMeasure, origin: String, vectors: Vectors, limit: Int?, queryCount: Int,
        folder: URL
    ) throws {
        var order = Array(0..<vectors.count)
        var generator = SeededGenerator(seed: 42)
        order.shuffle(using: &generator)
        guard order.count > queryCount + 100 else {
            throw BenchmarkError("\(order.count) vectors are too few to hold \(queryCount) queries out")
        }
        self.name = name
        self.metric = metric
        self.origin = origin
        queries = vectors.rows(order.prefix(queryCount))
        base = vectors.rows(order.dropFirst(queryCount).prefix(limit ?? .max).sorted())
        baseFile = folder.appending(path: "\(name)-base.npy")
        queryFile = folder.appending(path: "\(name)-queries.npy")
        try base.write(to: baseFile)
        try queries.write(to: queryFile)
    }

    /// Reads files of vectors, queries and neighbors, and writes the first two for the workers.
    init(
        name: String, metric: DistanceMeasure, origin: String, files: PublishedSet, _ settings: Settings, folder: URL
    ) throws {
        self.name = name
        self.metric = metric
        self.origin = origin
        hasOwnQueries = true
        base = try Vectors(file: files.base, limit: settings.limit)
        queries = try Vectors(file: files.queries, limit: settings.queryCount)
        guard base.dimensions == queries.dimensions, base.count >= settings.k, queries.count > 0 else {
            throw BenchmarkError(
                "'\(files.base.relativePath)' has \(base.count) vectors of \(base.dimensions) components and "
                    + "'\(files.queries.relativePath)' \(queries.count) of \(queries.dimensions): they are no set "
                    + "and its queries")
        }
        truth = try files.neighbors(k: settings.k, queryCount: queries.count, count: base.count)
        if let truth = files.truth { self.origin += " Recall is against the neighbors of '\(truth.relativePath)'." }
        baseFile = folder.appending(path: "\(name)-base.npy")
        queryFile = folder.appending(path: "\(name)-queries.npy")
        try base.write(to: baseFile)
        try queries.write(to: queryFile)
    }
}
