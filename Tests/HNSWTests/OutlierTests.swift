import HNSW
import TestSupport
import Testing

/// One vector that is far larger than the others coarsens the unit that all are compared in, and its removal refines
/// the unit again.
@Suite("An outlier")
struct OutlierTests {
    private static let dimensions = 8
    private static let outlier = [4e18] + [Float](repeating: 0, count: dimensions - 1)

    /// Vectors around the origin, each with one that lies 10⁻⁵ to 10⁻⁴ beside it.
    private static let vectors: [Float] = {
        let near = Vectors.clustered(600, dimensions: dimensions, seed: 1).map { $0 * 0.01 }
        return near + near.enumerated().map { $1 + Float($0 % 8) * 1e-5 }
    }()

    private func index(_ elements: VectorElements, outlier: Bool = false) throws -> VectorIndex {
        var index = try VectorIndex(dimensions: Self.dimensions, metric: .squaredEuclidean, elements: elements)
        try index.add(Self.vectors, keys: Array(0..<1_200))
        if outlier { try index.add(Self.outlier, key: 5_000) }
        return index
    }

    @Test(arguments: [VectorElements.float32, .int8, .int8Only], [true, false])
    func `leaves no trace after its removal and a compaction`(elements: VectorElements, inSteps: Bool) throws {
        let fresh = try index(elements).withoutGraph
        var changed = try index(elements, outlier: true)
        changed.remove(5_000)
        if inSteps {
            while try !changed.compact(budget: .seconds(1)) {}
        } else {
            try changed.compact()
        }
        #expect(changed.checkInvariants() == nil)
        #expect(changed.distanceResolution == fresh.distanceResolution)
        #expect(changed.comparesCodes == fresh.comparesCodes)
        for query in rows(Self.vectors, dimensions: Self.dimensions).prefix(100) {
            let expected = try fresh.search(for: query, k: 10)
            let found = try changed.withoutGraph.search(for: query, k: 10)
            if elements == .int8Only {
                // Its codes were made again.
                let pairs = zip(expected, found)
                #expect(pairs.allSatisfy { abs($0.distance - $1.distance) < 1e-4 })
            } else {
                #expect(found == expected)
            }
        }
    }

    @Test(arguments: [VectorElements.float32, .int8, .int8Only])
    func `is told by the resolution of distances`(elements: VectorElements) throws {
        let fresh = try index(elements)
        #expect(fresh.distanceResolution == .leastNonzeroMagnitude)
        let coarse = try index(elements, outlier: true)
        #expect(coarse.distanceResolution > 1e-9 && coarse.distanceResolution < 1e-7)
        let query = Vectors.row(0, of: Self.vectors, dimensions: Self.dimensions)
        for neighbor in try coarse.withoutGraph.search(for: query, k: 100) {
            let steps = neighbor.distance / coarse.distanceResolution
            #expect(abs(steps - steps.rounded()) < 1e-3)
        }
    }

    /// The rows of the start are coded in a finer unit when the outlier comes, which has no room in it.
    @Test
    func `that comes while codes are made for a finer unit keeps the coarse one`() throws {
        var index = try index(.int8, outlier: true)
        index.remove(5_000)
        // Until the rows are compacted, and their codes are about to be made again.
        for _ in 0..<100_000 where index.storedRowCount > 1_200 {
            _ = try index.compact(budget: .microseconds(1), threads: 1)
        }
        // A budget of no time starts the next work and does no step of it.
        #expect(try !index.compact(budget: .zero, threads: 1))
        try index.add(Self.outlier, key: 5_001)
        while try !index.compact(budget: .seconds(1)) {}
        #expect(index.checkInvariants() == nil)
        #expect(try index.search(for: Self.outlier, k: 1) == [Neighbor(key: 5_001, distance: 0)])
        #expect(try index.search(for: Self.outlier, k: 2).last?.distance.isFinite == true)
    }
}
