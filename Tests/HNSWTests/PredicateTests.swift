import HNSW
import TestSupport
import Testing
import VectorKernels

@Suite("Searching among some keys")
struct PredicateTests {
    @Test(arguments: [1, 2, 10, 100, 1000] as [UInt64], VectorElements.allCases)
    func `finds the nearest of those that pass`(every: UInt64, elements: VectorElements) throws {
        let (count, dimensions) = (6000, 24)
        let vectors = Vectors.clustered(count, dimensions: dimensions, seed: 51)
        var exact = FlatIndex(dimensions: dimensions, metric: .cosine, elements: elements)
        var index = HNSWIndex(dimensions: dimensions, metric: .cosine, elements: elements)
        try exact.add(vectors, keys: Array(0..<UInt64(count)))
        try index.add(vectors, keys: Array(0..<UInt64(count)))
        let passes = { (key: UInt64) in key % every == 0 }
        let queries = rows(Vectors.clustered(60, dimensions: dimensions, seed: 52), dimensions: dimensions)
        #expect(try recall(of: index, against: exact, queries: queries, ef: 64, where: passes) >= 0.95)
        for query in queries {
            let found = try index.search(for: query, k: 12, ef: 16, where: passes)
            #expect(found.allSatisfy { passes($0.key) })
            #expect(found.count == min(12, (count + Int(every) - 1) / Int(every)))
        }
        #expect(try index.search(for: queries[0], k: 5, where: { _ in false }) == [])
        #expect(try index.search(for: queries[0], k: 5, where: { $0 == 4321 }).map(\.key) == [4321])
    }
}
