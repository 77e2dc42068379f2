import HNSW
import Testing
import VectorKernels

@Suite("Building an index of pieces")
struct VectorIndexBuilderTests {
    private static let dimensions = 24
    private static let rows = Vectors.clustered(2_000, dimensions: dimensions, seed: 11)
    private static let keys = (0..<2_000).map { UInt64($0 * 7 % 2_003) }

    /// An index of the vectors, `size` of which arrive at a time.
    private func built(
        _ size: Int, _ metric: Metric, _ elements: VectorElements, graph: HNSWParameters?
    ) throws -> VectorIndex {
        var builder = try VectorIndexBuilder(
            dimensions: Self.dimensions, metric: metric, elements: elements, graph: graph, threads: 2)
        for start in stride(from: 0, to: Self.keys.count, by: size) {
            let part = start..<min(start + size, Self.keys.count)
            let rows = Array(Self.rows[part.lowerBound * Self.dimensions..<part.upperBound * Self.dimensions])
            try builder.append(rows, keys: Array(Self.keys[part]))
        }
        return try builder.finish()
    }

    @Test(arguments: [Metric.innerProduct, .cosine, .squaredEuclidean])
    func `vectors that arrive in pieces make the index of one addition`(metric: Metric) throws {
        for elements in [VectorElements.float32, .float16, .int8, .int8Only] {
            for graph in [HNSWParameters(), nil] {
                var whole = try VectorIndex(
                    dimensions: Self.dimensions, metric: metric, elements: elements, graph: graph)
                try whole.add(Self.rows, keys: Self.keys, threads: 2)
                for size in [1, 207, 2_000] {
                    let isSame = try built(size, metric, elements, graph: graph).savedBytes() == whole.savedBytes()
                    #expect(isSame, "\(elements), \(size) at a time")
                }
            }
        }
    }

    @Test
    func `a key that an earlier piece has is refused, and an index of no pieces is empty`() throws {
        var builder = try VectorIndexBuilder(dimensions: 1, metric: .innerProduct)
        try builder.append([1, 2], keys: [5, 6])
        do throws(HNSWError) {
            try builder.append([3], keys: [6])
            Issue.record("a second vector under a key was taken")
        } catch {
            #expect(error.code == .duplicateKey)
        }
        #expect(try builder.finish().keys == [5, 6])
        let empty = try VectorIndexBuilder(dimensions: 1, metric: .innerProduct)
        #expect(try empty.finish().isEmpty)
    }

    @Test
    func `building ends when the progress closure says so`() throws {
        var builder = try VectorIndexBuilder(dimensions: Self.dimensions, metric: .cosine)
        try builder.append(Self.rows, keys: Self.keys)
        do throws(HNSWError) {
            _ = try builder.finish { _ in false }
            Issue.record("the closure was not asked")
        } catch {
            #expect(error.code == .cancelled)
        }
    }
}
