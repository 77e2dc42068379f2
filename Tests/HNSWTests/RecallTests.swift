import HNSW
import TestSupport
import Testing
import VectorKernels

@Suite("A graph index finds the nearest")
struct RecallTests {
    @Test(arguments: Metric.allCases, VectorElements.allCases)
    func `at a recall of .99 at ef 128 on clustered vectors`(metric: Metric, elements: VectorElements) throws {
        let (count, dimensions) = (4000, 64)
        let vectors = Vectors.clustered(count, dimensions: dimensions, seed: 11)
        var exact = try VectorIndex(dimensions: dimensions, metric: metric, elements: elements, graph: nil)
        var index = try walkedIndex(dimensions: dimensions, metric: metric, elements: elements)
        try exact.add(vectors, keys: Array(0..<UInt64(count)))
        try index.add(vectors, keys: Array(0..<UInt64(count)))
        #expect(index.checkInvariants() == nil)
        let queries = rows(Vectors.clustered(200, dimensions: dimensions, seed: 12), dimensions: dimensions)
        let before = index.comparisonCount
        defer {
            #expect(index.comparisonCount - before < queries.count * count / 2, "The walk is no better than a scan")
        }
        #expect(try recall(of: index, against: exact, queries: queries, ef: 128) >= 0.99)
    }

    @Test
    func `without missing any where a scan is shorter than a walk`() throws {
        let vectors = Vectors.clustered(500, dimensions: 16, seed: 51)
        var exact = try VectorIndex(dimensions: 16, metric: .squaredEuclidean, graph: nil)
        var index = try VectorIndex(dimensions: 16, metric: .squaredEuclidean)
        try exact.add(vectors, keys: Array(0..<500))
        try index.add(vectors, keys: Array(0..<500))
        let queries = Vectors.clustered(100, dimensions: 16, seed: 52)
        let truth = try exact.search(forEach: queries, k: 10)
        let before = index.comparisonCount
        #expect(try index.search(forEach: queries, k: 10, ef: 400) == truth)
        #expect(index.comparisonCount - before == 100 * 500)
        for (query, expected) in zip(rows(queries, dimensions: 16), truth) {
            #expect(try index.search(for: query, k: 10, ef: 400) == Array(expected))
        }
    }

    @Test
    func `with the distances of the exact index`() throws {
        let vectors = Vectors.clustered(2000, dimensions: 40, seed: 5)
        var exact = try VectorIndex(dimensions: 40, metric: .cosine, graph: nil)
        var index = try walkedIndex(dimensions: 40, metric: .cosine)
        try exact.add(vectors, keys: Array(0..<2000))
        try index.add(vectors, keys: Array(0..<2000))
        for query in rows(Vectors.clustered(50, dimensions: 40, seed: 6), dimensions: 40) {
            let truth = Dictionary(
                uniqueKeysWithValues: try exact.search(for: query, k: 2000).map { ($0.key, $0.distance) })
            let found = try index.search(for: query, k: 10)
            #expect(found.allSatisfy { truth[$0.key] == $0.distance })
            #expect(try index.distances(from: query, to: found.map(\.key) + [77_777]) == found.map(\.distance) + [nil])
        }
    }

    @Test(arguments: [(m: 2, found: 200), (m: 8, found: 297), (m: 16, found: 300)])
    func `when vectors are added one by one`(m: Int, found: Int) throws {
        // Few links make a poor graph, but never one that loses vectors: what the walk misses, a scan finds.
        let parameters = try HNSWParameters(m: m, efConstruction: 20, seed: 7)
        var index = try walkedIndex(dimensions: 12, metric: .squaredEuclidean, parameters: parameters)
        let vectors = Vectors.clustered(300, dimensions: 12, clusters: 9, seed: 8)
        for i in 0..<300 { try index.add(Vectors.row(i, of: vectors, dimensions: 12), key: UInt64(i)) }
        #expect(index.checkInvariants() == nil)
        #expect(Set(try index.search(for: [Float](repeating: 0, count: 12), k: 300).map(\.key)).count == 300)
        let own = try (0..<300).count { i in
            try index.search(for: Vectors.row(i, of: vectors, dimensions: 12), k: 1, ef: 64).first?.key == UInt64(i)
        }
        #expect(own >= found)
    }

    @Test
    func `when each batch is a cluster of its own`() throws {
        // Vectors that come cluster by cluster: those of a batch are strangers to the graph.
        let dimensions = 32
        var generator = SeededGenerator(seed: 21)
        var vectors: [Float] = []
        for _ in 0..<20 {
            let center = (0..<dimensions).map { _ in Float(generator.nextGaussian()) }
            for _ in 0..<256 { vectors += center.map { $0 + 0.2 * Float(generator.nextGaussian()) } }
        }
        var exact = try VectorIndex(dimensions: dimensions, metric: .squaredEuclidean, graph: nil)
        var index = try walkedIndex(dimensions: dimensions, metric: .squaredEuclidean)
        let keys = Array(0..<UInt64(20 * 256))
        try exact.add(vectors, keys: keys)
        try index.add(vectors, keys: keys)
        let queries = stride(from: 0, to: 5120, by: 23).map { Vectors.row($0, of: vectors, dimensions: dimensions) }
        #expect(try recall(of: index, against: exact, queries: queries, ef: 128) >= 0.99)
    }
}
