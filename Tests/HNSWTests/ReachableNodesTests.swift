import Foundation
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

    @Test(arguments: [9, 77, 211])
    func `short vectors displace no links to long ones under the inner product`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        func vectors(_ count: Int) -> [[Float]] {
            (0..<count).map { _ in
                let length = Float(exp(generator.nextGaussian()))
                return (0..<16).map { _ in length * abs(Float(generator.nextGaussian())) }
            }
        }
        var index = try walkedIndex(dimensions: 16, metric: .innerProduct)
        try index.add(vectors(8_000).flatMap { $0 }, keys: Array(0..<8_000))
        let exact = index.withoutGraph
        var found = 0
        for query in vectors(100) {
            let keys = try index.search(for: query, k: 10, ef: 40).map(\.key)
            found += try Set(keys).intersection(exact.search(for: query, k: 10).map(\.key)).count
        }
        #expect(found >= 950, "\(found) of 1,000")
    }

    /// Links to the first nodes of a new cluster gave way to nearer nodes, and 12 of 200 clusters were found by no
    /// query.
    @Test(arguments: [1, 100], [VectorElements.int8, .float32])
    func `clusters that come one after the other are reached`(chunk: Int, elements: VectorElements) throws {
        let (clusters, size, dimensions) = (100, 100, 32)
        var generator = SeededGenerator(seed: 17)
        var vectors: [[Float]] = []
        for _ in 0..<clusters {
            let center = (0..<dimensions).map { _ in Float(generator.nextGaussian()) }
            for _ in 0..<size { vectors.append(center.map { $0 + 0.05 * Float(generator.nextGaussian()) }) }
        }
        var index = try walkedIndex(dimensions: dimensions, metric: .squaredEuclidean, elements: elements)
        for start in stride(from: 0, to: vectors.count, by: chunk) {
            let part = vectors[start..<start + chunk]
            try index.add(Array(part.joined()), keys: part.indices.map(UInt64.init))
        }
        #expect(index.checkInvariants() == nil)
        #expect(index.reachableShare > 0.99, "\(index.reachableShare) can be reached")
        let queries = (0..<clusters).map { vectors[$0 * size + 7].map { $0 + 0.001 } }
        let found = try recall(of: index, against: index.withoutGraph, queries: queries, ef: 100)
        #expect(found >= 0.95, "\(found)")
        // What comes between two checks waits for the next, at the latest for that of the caller.
        #expect(try index.compact(budget: .seconds(600)))
        #expect(index.checkInvariants() == nil && index.reachableShare == 1)
        // A graph of one build is what a compaction leaves, with nothing removed either.
        try index.compact()
        var new = try walkedIndex(dimensions: dimensions, metric: .squaredEuclidean, elements: elements)
        try new.add(Array(vectors.joined()), keys: Array(0..<UInt64(vectors.count)))
        let isSame = index.savedBytes() == new.savedBytes()
        #expect(isSame)
    }
}
