import HNSW
import TestSupport
import Testing

@Suite("A compaction in steps")
struct CompactionTests {
    /// The rows of the start are copied before, between and after the changes, which give some of them other links.
    @Test(arguments: VectorElements.allCases)
    func `takes over what changes meanwhile`(elements: VectorElements) throws {
        let dimensions = 8
        var index = try walkedIndex(
            dimensions: dimensions, metric: .squaredEuclidean, elements: elements,
            parameters: try HNSWParameters(m: 64, efConstruction: 64))
        var vectors = Vectors.clustered(3_000, dimensions: dimensions, seed: 1)
        // Some vectors have duplicates.
        vectors.replaceSubrange(0..<1_600, with: vectors[1_600..<3_200])
        try index.add(vectors, keys: Array(0..<3_000))
        try index.remove(stride(from: 0, to: 1_500, by: 3))
        for _ in 0..<100_000 where !index.isCompacting { _ = try index.compact(budget: .microseconds(1), threads: 1) }
        // Each change does a step, and all rows need more than twenty.
        let added = Vectors.clustered(12, dimensions: dimensions, seed: 2)
        for i in 0..<12 {
            try index.add(Vectors.row(i, of: added, dimensions: dimensions), key: UInt64(10_000 + i))
        }
        index.remove(2_000)
        index.remove(10_003)
        try #require(index.isCompacting && index.storedRowCount > 3_000)
        var before = index
        for _ in 0..<100_000 where index.storedRowCount > 3_000 {
            before = index
            _ = try index.compact(budget: .microseconds(1), threads: 1)
        }
        #expect(index.storedRowCount < 3_000 && index.keys == before.keys && !index.isCompacting)
        #expect(index.checkInvariants() == nil)
        #expect(index.reachableShare == before.reachableShare)
        for query in rows(added + vectors.suffix(200 * dimensions), dimensions: dimensions) {
            #expect(try index.search(for: query, k: 10, ef: 10) == before.search(for: query, k: 10, ef: 10))
        }
        for key in index.keys { #expect(index.vector(for: key) == before.vector(for: key)) }
        // It goes on to work.
        try index.add(vectors.prefix(dimensions).map { $0 + 1 }, key: 20_000)
        while try !index.compact(budget: .seconds(1)) {}
        #expect(index.checkInvariants() == nil)
    }
}
