import HNSW
import TestSupport
import Testing

/// Codes are measured over the whole index. In a small part of it they may be blind all the same: a check of 64 queries
/// sees one or none of that part, and recall there was .02 to .5.
@Suite("Parts of the vectors that codes cannot tell apart")
struct BlindCodesTests {
    struct Part: CustomTestStringConvertible {
        let testDescription: String
        let metric: Metric
        let count: Int
        let dimensions: Int
        /// The number of vectors of the part, how far it lies from the others, and its width.
        let size: Int
        let offset: Float
        let width: Float
    }

    private static let parts = [
        Part(
            testDescription: "one in a hundred far away", metric: .squaredEuclidean, count: 12_000, dimensions: 24,
            size: 120, offset: 1_000, width: 1),
        Part(
            testDescription: "two in a hundred very far away", metric: .squaredEuclidean, count: 12_000, dimensions: 16,
            size: 240, offset: 10_000, width: 1),
        Part(
            testDescription: "two in a hundred close together", metric: .squaredEuclidean, count: 12_000,
            dimensions: 24, size: 240, offset: 0, width: 1e-3),
        Part(
            testDescription: "four in a hundred close together, by cosine", metric: .cosine, count: 12_000,
            dimensions: 32, size: 480, offset: 0, width: 1e-3),
        Part(
            testDescription: "two in a hundred narrow", metric: .squaredEuclidean, count: 12_000, dimensions: 24,
            size: 240, offset: 3, width: 0.05),
    ]

    private func vectors(_ count: Int, around center: [Float], width: Float, seed: UInt64) -> [[Float]] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in center.map { $0 + width * Float(generator.nextGaussian()) } }
    }

    private func center(of part: Part) -> [Float] {
        var generator = SeededGenerator(seed: 31)
        return (0..<part.dimensions).map { _ in part.offset + Float(generator.nextGaussian()) }
    }

    @Test(arguments: parts, [true, false])
    func `are found, whether they come with the others or later`(part: Part, isLate: Bool) throws {
        let origin = [Float](repeating: 0, count: part.dimensions)
        let common = vectors(part.count - part.size, around: origin, width: 1, seed: 32)
        let rare = vectors(part.size, around: center(of: part), width: part.width, seed: 33)
        var index = try VectorIndex(dimensions: part.dimensions, metric: part.metric)
        if isLate {
            try index.add(common.flatMap { $0 }, keys: (0..<UInt64(common.count)).map { $0 })
            for (i, vector) in rare.enumerated() { try index.add(vector, key: UInt64(common.count + i)) }
        } else {
            var generator = SeededGenerator(seed: 34)
            let all = (common + rare).shuffled(using: &generator)
            try index.add(all.flatMap { $0 }, keys: (0..<UInt64(all.count)).map { $0 })
        }
        let queries = vectors(60, around: center(of: part), width: part.width, seed: 35)
        let half = { (key: UInt64) in key % 2 == 0 }
        let exact = index.withoutGraph
        for predicate in [nil, half] {
            let found = try recall(of: index, against: exact, queries: queries, ef: index.usualEF, where: predicate)
            // A filtered walk has room for more candidates than such a part has vectors, and does not notice that it
            // missed some.
            #expect(found >= (predicate == nil ? 0.98 : 0.85), "\(found), filtered: \(predicate != nil)")
        }
        let lists = try index.search(forEach: queries.flatMap { $0 }, k: 10)
        for (query, list) in zip(queries, lists) {
            let single = try index.search(for: query, k: 10)
            #expect(Array(list) == single)
        }
    }
}
