import Foundation
import HNSW
import TestSupport
import Testing

@Suite("Codes alone")
struct CodesAloneTests {
    private func index(
        _ vectors: [Float], dimensions: Int, metric: Metric, elements: VectorElements = .int8Only, graph: Bool = true
    ) throws -> VectorIndex {
        var index = try VectorIndex(
            dimensions: dimensions, metric: metric, elements: elements, graph: graph ? HNSWParameters() : nil)
        try index.add(vectors, keys: Array(0..<UInt64(vectors.count / dimensions)))
        return index
    }

    @Test
    func `take a quarter of the memory of floats and say that codes are compared`() throws {
        let vectors = Vectors.clustered(2_000, dimensions: 256, seed: 1)
        let codes = try index(vectors, dimensions: 256, metric: .cosine, graph: false)
        let floats = try index(vectors, dimensions: 256, metric: .cosine, elements: .float32, graph: false)
        #expect(Double(codes.byteCount) < 0.3 * Double(floats.byteCount))
        #expect(codes.comparesCodes && codes.codeAgreement == nil && codes.elements == .int8Only)
    }

    @Test(arguments: Metric.allCases, [Float(0), 30])
    func `find nine of ten that floats find, far from the origin too`(metric: Metric, offset: Float) throws {
        let dimensions = 64
        let vectors = Vectors.clustered(6_000, dimensions: dimensions, seed: 2).map { $0 + offset }
        let queries = rows(
            Vectors.clustered(100, dimensions: dimensions, seed: 3).map { $0 + offset }, dimensions: dimensions)
        let truth = try index(vectors, dimensions: dimensions, metric: metric, elements: .float32, graph: false)
        let codes = try index(vectors, dimensions: dimensions, metric: metric)
        #expect(try recall(of: codes, against: truth, queries: queries, ef: 100) >= 0.9)
        var oneByOne = try VectorIndex(dimensions: dimensions, metric: metric, elements: .int8Only)
        for (key, vector) in rows(vectors, dimensions: dimensions).enumerated() {
            try oneByOne.add(vector, key: UInt64(key))
        }
        #expect(oneByOne.checkInvariants() == nil)
        #expect(try recall(of: oneByOne, against: truth, queries: queries, ef: 100) >= 0.9)
    }

    @Test
    func `hold each component to a 200th of the largest difference from the center`() throws {
        let vectors = Vectors.clustered(1_000, dimensions: 24, seed: 4).map { $0 + 100 }
        let codes = try index(vectors, dimensions: 24, metric: .squaredEuclidean)
        for (key, vector) in rows(vectors, dimensions: 24).enumerated() {
            let decoded = try #require(codes.vector(for: UInt64(key)))
            #expect(zip(vector, decoded).allSatisfy { abs($0 - $1) <= 8.0 / 200 })
            #expect(try #require(try codes.distance(from: vector, to: UInt64(key))) >= 0)
        }
    }

    @Test
    func `vectors that come one by one are compared by codes like those that come together`() throws {
        let vectors = Vectors.clustered(2_000, dimensions: 64, seed: 8)
        let together = try index(vectors, dimensions: 64, metric: .squaredEuclidean, elements: .int8)
        var oneByOne = try VectorIndex(dimensions: 64, metric: .squaredEuclidean, elements: .int8)
        for (key, vector) in rows(vectors, dimensions: 64).enumerated() { try oneByOne.add(vector, key: UInt64(key)) }
        #expect(together.comparesCodes && oneByOne.comparesCodes)
        #expect(oneByOne.checkInvariants() == nil)
    }

    /// The first vectors make the center. Others come from elsewhere, and make another.
    @Test
    func `take another center when vectors come from elsewhere`() throws {
        let near = Vectors.clustered(1_000, dimensions: 16, seed: 5)
        let far = Vectors.clustered(5_000, dimensions: 16, seed: 6).map { $0 + 1_000 }
        var codes = try index(near, dimensions: 16, metric: .squaredEuclidean)
        for (key, vector) in rows(far, dimensions: 16).enumerated() { try codes.add(vector, key: UInt64(1_000 + key)) }
        try codes.compact()
        #expect(codes.checkInvariants() == nil)
        let last = (5_500..<6_000).map { key in
            zip(Vectors.row(key - 1_000, of: far, dimensions: 16), codes.vector(for: UInt64(key)) ?? [])
                .reduce(0) { max($0, abs($1.0 - $1.1)) }
        }
        #expect(last.max() ?? 1 < 0.1)
    }

    @Test
    func `may all be removed, and others come`() throws {
        var codes = try index(Vectors.clustered(300, dimensions: 8, seed: 9), dimensions: 8, metric: .cosine)
        try codes.remove(Array(0..<300))
        try codes.compact()
        #expect(codes.isEmpty && codes.checkInvariants() == nil)
        try codes.add(Vectors.clustered(300, dimensions: 8, seed: 10), keys: Array(0..<300))
        #expect(codes.count == 300 && codes.checkInvariants() == nil)
    }

    @Test(arguments: Metric.allCases)
    func `are the same after removing, compacting and saving`(metric: Metric) throws {
        let vectors = Vectors.clustered(1_500, dimensions: 20, seed: 7)
        var codes = try index(vectors, dimensions: 20, metric: metric)
        let kept = codes.vector(for: 1_499)
        try codes.remove(Array(0..<1_200))
        try codes.compact()
        #expect(codes.count == 300 && codes.vector(for: 1_499) == kept && codes.checkInvariants() == nil)
        try TemporaryFolder.with { folder in
            try codes.save(to: folder + "/codes")
            let opened = try VectorIndex(mapping: folder + "/codes")
            for query in rows(vectors, dimensions: 20).prefix(50) {
                #expect(try opened.search(for: query, k: 10) == codes.search(for: query, k: 10))
            }
        }
    }
}
