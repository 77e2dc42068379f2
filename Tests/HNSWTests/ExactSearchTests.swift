import HNSW
import TestSupport
import Testing
import VectorKernels

@Suite("An index without a graph")
struct ExactSearchTests {
    @Test(arguments: Metric.allCases, VectorElements.allCases)
    func `finds what sorting all distances finds`(metric: Metric, elements: VectorElements) throws {
        for (count, dimensions) in [(0, 3), (1, 1), (7, 8), (8, 7), (13, 31), (31, 13), (207, 65), (1025, 20)] {
            let vectors = Vectors.clustered(count, dimensions: dimensions, clusters: 5, seed: UInt64(count))
            var index = try VectorIndex(dimensions: dimensions, metric: metric, elements: elements, graph: nil)
            // Keys descend, so that the order of keys is not that of rows.
            try index.add(vectors, keys: (0..<UInt64(count)).map { 5000 - $0 })
            #expect(index.checkInvariants() == nil)
            for query in rows(
                Vectors.clustered(5, dimensions: dimensions, clusters: 5, seed: 99), dimensions: dimensions)
            {
                // Rounded to halves, a vector of length 1 is no longer quite that. With codes alone, the query is
                // coded.
                let tolerance =
                    switch elements {
                    case .int8Only: metric == .cosine ? 0.01 : 0.2
                    case .float16: metric == .cosine ? 1e-3 : 1e-5
                    case .float32, .int8: 1e-5
                    }
                let all = index.keys.map { key in
                    (key: key, distance: naiveDistance(query, index.vector(for: key) ?? [], metric))
                }.sorted { $0.distance < $1.distance }
                for k in [0, 1, 3, 10, 2000] {
                    let found = try index.search(for: query, k: k)
                    #expect(found.count == min(k, count))
                    #expect(zip(found, found.dropFirst()).allSatisfy { $0 < $1 })
                    for (neighbor, expected) in zip(found, all) {
                        // Equal up to rounding: then either may come first.
                        #expect(
                            abs(Double(neighbor.distance) - expected.distance) <= tolerance * max(1, expected.distance))
                    }
                }
            }
        }
    }

    @Test(arguments: Metric.allCases)
    func `finds the same by codes as by floats`(metric: Metric) throws {
        let vectors = Vectors.clustered(3000, dimensions: 48, seed: 1)
        var codes = try VectorIndex(dimensions: 48, metric: metric, elements: .int8, graph: nil)
        var floats = try VectorIndex(dimensions: 48, metric: metric, elements: .float32, graph: nil)
        let keys = (0..<UInt64(3000)).map { $0 &* 7919 }
        try codes.add(vectors, keys: keys)
        try floats.add(vectors, keys: keys)
        for query in rows(Vectors.clustered(50, dimensions: 48, seed: 2), dimensions: 48) {
            for predicate: ((UInt64) -> Bool)? in [nil, { $0 % 10 == 3 }, { $0 % 1000 == 3 }, { _ in false }] {
                #expect(
                    try codes.search(for: query, k: 20, where: predicate)
                        == floats.search(for: query, k: 20, where: predicate))
            }
        }
    }

    @Test(arguments: VectorElements.allCases)
    func `gives ties to the smaller key`(elements: VectorElements) throws {
        var index = try VectorIndex(dimensions: 2, metric: .squaredEuclidean, elements: elements, graph: nil)
        let keys: [UInt64] = [9, 4, 7, 1, 8, 2, 6]
        try index.add(keys.flatMap { _ in [Float(1), 2] }, keys: keys)
        #expect(try index.search(for: [1, 2], k: 3).map(\.key) == [1, 2, 4])
        #expect(try index.search(for: [0, 0], k: 5).map(\.key) == [1, 2, 4, 6, 7])
    }

    @Test(arguments: VectorElements.allCases)
    func `taken from an index with a graph finds the same as one that was built so`(elements: VectorElements) throws {
        let vectors = Vectors.clustered(2000, dimensions: 12, seed: 4)
        var graph = try walkedIndex(dimensions: 12, metric: .cosine, elements: elements)
        var built = try VectorIndex(dimensions: 12, metric: .cosine, elements: elements, graph: nil)
        try graph.add(vectors, keys: Array(0..<2000))
        try built.add(vectors, keys: Array(0..<2000))
        try graph.certify(queries: 10)
        var exact = graph.withoutGraph
        #expect(graph.hasGraph && !exact.hasGraph && exact.parameters == nil && exact.certificate == nil)
        let queries = rows(Vectors.clustered(20, dimensions: 12, seed: 5), dimensions: 12)
        for query in queries {
            #expect(try exact.search(for: query, k: 15) == built.search(for: query, k: 15))
        }
        // Changes to one do not reach the other.
        let nearest = try exact.search(for: queries[0], k: 1)
        exact.remove(nearest[0].key)
        try exact.add(queries[0], key: 5000)
        #expect(graph.contains(nearest[0].key) && !graph.contains(5000) && graph.checkInvariants() == nil)
        #expect(try exact.search(for: queries[0], k: 1).first?.key == 5000)
        #expect(exact.checkInvariants() == nil)
    }

    @Test
    func `needs no ef and no certificate for any recall`() throws {
        var index = try VectorIndex(dimensions: 3, metric: .cosine, graph: nil)
        try index.add(Vectors.clustered(400, dimensions: 3, seed: 6), keys: Array(0..<400))
        try index.certify()
        #expect(index.certificate == nil)
        #expect(try index.ef(forRecall: 1, k: 7) == 7)
        #expect(try index.search(for: [1, 2, 3], k: 7, recall: 1) == index.search(for: [1, 2, 3], k: 7, ef: 0))
    }

    @Test
    func `is empty after its last vector is removed, and takes others`() throws {
        var index = try VectorIndex(dimensions: 2, metric: .squaredEuclidean, graph: nil)
        try index.add([1, 1, 2, 2], keys: [1, 2])
        index.remove(1)
        index.remove(2)
        #expect(index.isEmpty && index.keys == [] && index.checkInvariants() == nil)
        #expect(try index.search(for: [1, 1], k: 3) == [])
        try index.add([3, 3], key: 1)
        #expect(try index.search(for: [3, 3], k: 3) == [Neighbor(key: 1, distance: 0)])
    }

    @Test
    func `forgets what is removed and gives back its space`() throws {
        var index = try VectorIndex(dimensions: 4, metric: .cosine, graph: nil)
        let vectors = Vectors.clustered(500, dimensions: 4, seed: 3)
        try index.add(vectors, keys: Array(0..<500))
        let full = index.byteCount
        for key in UInt64(0)..<400 { index.remove(key) }
        let again = index.remove(0)
        #expect(!again)
        #expect(index.count == 100)
        #expect(index.byteCount < full / 2)
        try index.compact()
        #expect(index.checkInvariants() == nil)
        #expect(try index.search(for: [1, 2, 3, 4], k: 500).map(\.key).sorted() == Array(400..<500))
        try index.update([1, 2, 3, 4], key: 450)
        #expect(try index.search(for: [1, 2, 3, 4], k: 1).first?.key == 450)
        #expect(index.checkInvariants() == nil)
    }
}
