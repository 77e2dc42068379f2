import HNSW
import VectorKernels

/// Uses a file that may be damaged.
enum IndexUse {
    private static let dimensions = 9

    /// A small index with duplicates, removals and a certificate.
    static func index(elements: VectorElements, graph: Bool) throws -> VectorIndex {
        var vectors = Vectors.clustered(150, dimensions: Self.dimensions, clusters: 5, seed: 81)
        for i in 300..<900 { vectors[i] = vectors[i % 9] }
        let keys = Array(0..<UInt64(150))
        if !graph {
            var exact = try VectorIndex(
                dimensions: Self.dimensions, metric: .squaredEuclidean, elements: elements, graph: nil)
            try exact.add(vectors, keys: keys)
            exact.remove(3)
            return exact
        }
        var index = try walkedIndex(
            dimensions: Self.dimensions, metric: .cosine, elements: elements,
            parameters: try HNSWParameters(m: 4, efConstruction: 20))
        try index.add(vectors, keys: keys)
        for key in UInt64(0)..<20 { index.remove(key * 7) }
        try index.certify(queries: 30)
        return index
    }

    /// How the use of a file ended.
    enum Outcome {
        case answered
        case refused
    }

    /// Uses all that an index can do; nothing may trap, whatever the file held.
    @discardableResult
    static func use(_ path: String) throws -> Outcome {
        do throws(any Error) {
            let opened = try VectorIndex(mapping: path)
            let query = [Float](repeating: 0.5, count: opened.dimensions)
            for k in [1, 10, 1000] {
                _ = try opened.search(for: query, k: k, ef: 12)
                _ = try opened.search(for: query, k: k, ef: 12, where: { $0 % 3 == 0 })
                _ = try opened.search(for: query, k: k, ef: 12, among: [0, 3, 5, 150, .max], excluding: [5])
                _ = try opened.search(for: query, k: k, ef: 12, excluding: [0, 3, 5, 150, .max])
                _ = try opened.search(for: query, k: k, recall: 0.9)
            }
            for radius in [-1, 0.3, .infinity] as [Float] {
                _ = try opened.search(for: query, within: radius, ef: 2)
            }
            for key in UInt64(0)..<160 {
                _ = opened.contains(key)
                _ = opened.vector(for: key)
            }
            _ = opened.keys
            _ = try opened.withoutGraph.search(for: query, k: 10)
            var changed = opened
            _ = try? changed.add(query, key: 10_000)
            for key in UInt64(0)..<100 { changed.remove(key) }
            _ = try? changed.update(query, key: 120)
            try changed.compact()
            _ = try changed.search(for: query, k: 10)
            return .answered
        } catch is HNSWError {
            // A typed error is what a damaged file is allowed to be.
            return .refused
        }
    }
}
