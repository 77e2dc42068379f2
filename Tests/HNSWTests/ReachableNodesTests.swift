import HNSW
import TestSupport
import Testing

/// A node that no list leads to is found by no walk.
@Suite("Every node can be reached")
struct ReachableNodesTests {
    /// A vector with hundreds of near-duplicates is the only neighbor of each, and its list holds 32. Of a million
    /// sentences, 2,952 could not be reached.
    @Test func `hundreds of near-duplicates of one vector are reached`() throws {
        let dimensions = 32
        var generator = SeededGenerator(seed: 3)
        var vectors: [Float] = []
        for _ in 0..<8 {
            let center = (0..<dimensions).map { _ in Float(generator.nextGaussian()) }
            vectors += center
            // Each differs from the center in a direction of its own, so it is nearer to the center than to the others.
            for i in 0..<400 {
                var vector = center
                vector[i % dimensions] += 0.001 * (Float(i / dimensions) + 1) * (i & 1 == 0 ? 1 : -1)
                vectors += vector
            }
        }
        vectors += Vectors.clustered(2_000, dimensions: dimensions, seed: 5)
        let count = vectors.count / dimensions
        var index = try walkedIndex(dimensions: dimensions, metric: .squaredEuclidean, elements: .float32)
        try index.add(vectors, keys: (0..<UInt64(count)).map { $0 })
        #expect(index.checkInvariants() == nil)
        #expect(index.reachableShare > 0.999, "\(index.reachableShare) of \(count) vectors can be reached")
    }
}
