import Foundation
import HNSW
import Measuring
import VectorFiles

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
        try base.write(npy: baseFile)
        try queries.write(npy: queryFile)
    }
}
