import HNSW
import TestSupport
import VectorKernels

/// Seeded vectors to test with.
enum Vectors {
    /// Points around random centers, one after another. Points of a cluster are nearer to each other than to others, as
    /// papers of a field are.
    static func clustered(_ count: Int, dimensions: Int, clusters: Int = 40, seed: UInt64) -> [Float] {
        var generator = SeededGenerator(seed: seed)
        var centerGenerator = SeededGenerator(seed: UInt64(dimensions * 1000 + clusters))
        let centers = (0..<clusters * dimensions).map { _ in Float(centerGenerator.nextGaussian()) }
        var vectors: [Float] = []
        vectors.reserveCapacity(count * dimensions)
        for _ in 0..<count {
            let cluster = Int.random(in: 0..<clusters, using: &generator)
            for i in 0..<dimensions {
                vectors.append(centers[cluster * dimensions + i] + 0.7 * Float(generator.nextGaussian()))
            }
        }
        return vectors
    }

    /// One of them.
    static func row(_ index: Int, of vectors: [Float], dimensions: Int) -> [Float] {
        Array(vectors[index * dimensions..<(index + 1) * dimensions])
    }
}

/// The distance by its definition, in double precision.
func naiveDistance(_ a: [Float], _ b: [Float], _ metric: Metric) -> Double {
    let pairs = zip(a, b).map { (Double($0), Double($1)) }
    let dot = pairs.reduce(0) { $0 + $1.0 * $1.1 }
    switch metric {
    case .innerProduct: return 1 - dot
    case .squaredEuclidean: return pairs.reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    case .cosine:
        let norms =
            pairs.reduce(0) { $0 + $1.0 * $1.0 }.squareRoot() * pairs.reduce(0) { $0 + $1.1 * $1.1 }.squareRoot()
        return norms > 0 ? 1 - dot / norms : 1
    }
}

/// The share of the true `k` nearest that an index finds.
func recall(
    of index: VectorIndex, against exact: VectorIndex, queries: [[Float]], k: Int = 10, ef: Int,
    where predicate: ((UInt64) -> Bool)? = nil
) throws -> Double {
    var found = 0
    var wanted = 0
    for query in queries {
        let truth = try exact.search(for: query, k: k, where: predicate)
        let result = Set(try index.search(for: query, k: k, ef: ef, where: predicate).map(\.key))
        found += truth.count { result.contains($0.key) }
        wanted += truth.count
    }
    return Double(found) / Double(wanted)
}

/// The rows of an array of vectors.
func rows(_ vectors: [Float], dimensions: Int) -> [[Float]] {
    (0..<vectors.count / dimensions).map { Vectors.row($0, of: vectors, dimensions: dimensions) }
}

/// An empty index that always walks its graph, however small it is. A scan would hide the faults of the graph.
func walkedIndex(
    dimensions: Int, metric: Metric, elements: VectorElements = .int8, parameters: HNSWParameters = HNSWParameters()
) throws -> VectorIndex {
    var index = try VectorIndex(dimensions: dimensions, metric: metric, elements: elements, graph: parameters)
    index.mayScan = false
    return index
}
