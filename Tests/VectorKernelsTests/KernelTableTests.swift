import CVectorKernels
import TestSupport
import Testing
import VectorKernels

@Suite("Kernel tables")
struct KernelTableTests {
    private static let sizes = [0, 1, 7, 8, 13, 15, 16, 17, 31, 32, 33, 63, 64, 65, 207, 1025]

    @Test
    func `begin with the scalar one and end with the best`() {
        #expect(KernelTable.available.first?.name == "scalar")
        #expect(KernelTable.available.last?.name == KernelTable.best.name)
        #expect(Set(KernelTable.available.map(\.name)).count == KernelTable.available.count)
    }

    @Test(arguments: KernelTable.available.indices, sizes)
    func `equal the scalar one on floats`(table: Int, size: Int) {
        var generator = SeededGenerator(seed: UInt64(size))
        let a = (0..<size).map { _ in Float.random(in: -1...1, using: &generator) }
        let b = (0..<size).map { _ in Float.random(in: -1...1, using: &generator) }
        let kernels = KernelTable.available[table]
        let dot = zip(a, b).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
        let squared = zip(a, b).reduce(0.0) { $0 + (Double($1.0) - Double($1.1)) * (Double($1.0) - Double($1.1)) }
        #expect(abs(Double(kernels.dot(a.span, b.span)) - dot) <= 1e-7 * Double(size))
        #expect(abs(Double(kernels.squaredEuclideanDistance(a.span, b.span)) - squared) <= 4e-7 * Double(size))
    }

    @Test(arguments: KernelTable.available.indices, sizes)
    func `equal the scalar one on codes to the last bit`(table: Int, size: Int) {
        var generator = SeededGenerator(seed: UInt64(size) + 1)
        let ends: [Int8] = [.min, .max, -127, 0, 1]
        for pattern in 0..<4 {
            let query = (0..<size).map { _ in
                pattern == 0
                    ? Int8.random(in: .min ... .max, using: &generator) : ends.randomElement(using: &generator) ?? 0
            }
            let row = (0..<size).map { _ in
                pattern < 2 ? UInt8.random(in: .min ... .max, using: &generator) : pattern == 2 ? 0 : 255
            }
            let expected = zip(query, row).reduce(0) { $0 + Int($1.0) * (Int($1.1) - 128) }
            let kernels = unsafe akin_dense_kernels_at(table)
            let found = unsafe kernels?.pointee.code_dot(query, row, size)
            #expect(found.map(Int.init) == expected)
        }
    }

    @Test(arguments: KernelTable.available.indices, [1, 2, 7, 8, 63, 64, 65, 200, 1025])
    func `keep the smallest candidates in a queue`(table: Int, capacity: Int) throws {
        let kernels = unsafe try #require(akin_dense_kernels_at(table))
        var generator = SeededGenerator(seed: UInt64(capacity))
        var queue = [UInt64](repeating: 0, count: capacity)
        var count = 0
        var expected: [UInt64] = []
        for size in [1, 0, 7, 32, 64, 3, 64, 64] {
            let candidates = (0..<size).map { _ in UInt64.random(in: 0...UInt64.max, using: &generator) }
            let before = expected
            expected = Array((expected + candidates).sorted().prefix(capacity))
            let lowest = unsafe kernels.pointee.merge(&queue, &count, capacity, candidates, size)
            #expect(Array(queue.prefix(count)) == expected)
            let firstChange = expected.indices.first { $0 >= before.count || expected[$0] != before[$0] }
            #expect(lowest == firstChange ?? capacity)
        }
    }

    @Test(arguments: KernelTable.available.indices, [0, 1, 7, 15, 16, 17, 31, 207, 512])
    func `keep the rows that may be near`(table: Int, size: Int) throws {
        let kernels = unsafe try #require(akin_dense_kernels_at(table))
        var generator = SeededGenerator(seed: UInt64(size))
        func random(_ range: ClosedRange<Float>) -> [Float] {
            (0..<size).map { _ in Float.random(in: range, using: &generator) }
        }
        let bound = akin_bound(per_residual: 0.3, per_norm: 0.01, per_squared_norm: 0.001, constant: 0.002)
        // From where nearly none is near to where all are.
        for limit: Float in [-1.2, -0.9, 0, 1] {
            let (distances, residuals, norms) = (random(-1...1), random(0...1), random(0...2))
            var least = [Float](repeating: .nan, count: size)
            var kept = [UInt32](repeating: .max, count: size)
            let count = unsafe kernels.pointee.keep_near(
                distances, residuals, norms, size, bound, limit, &least, &kept)
            for i in 0..<size {
                let error = 0.3 * residuals[i] + 0.01 * norms[i] + 0.001 * norms[i] * norms[i] + 0.002
                #expect(abs(least[i] - (distances[i] - error)) <= 1e-6)
            }
            #expect(kept.prefix(count).map(Int.init) == (0..<size).filter { least[$0] <= limit })
        }
    }

    @Test(arguments: KernelTable.available.indices, sizes)
    func `make signed codes of unsigned ones`(table: Int, size: Int) throws {
        let kernels = unsafe try #require(akin_dense_kernels_at(table))
        let row = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 37) }
        var codes = [Int8](repeating: 1, count: size)
        let sum = unsafe kernels.pointee.query_from_row(row, size, &codes)
        #expect(codes == row.map { Int8(Int($0) - 128) })
        #expect(Int(sum) == codes.reduce(0) { $0 + Int($1) })
    }

    @Test(arguments: KernelTable.available.indices)
    func `hold the largest sums of codes`(table: Int) {
        let size = 65_535
        let kernels = unsafe akin_dense_kernels_at(table)
        for (query, row) in [(Int8.min, UInt8.min), (.min, .max), (.max, .min), (.max, .max)] {
            let found = unsafe kernels?.pointee.code_dot(
                [Int8](repeating: query, count: size), [UInt8](repeating: row, count: size), size
            )
            #expect(found.map(Int.init) == size * Int(query) * (Int(row) - 128))
        }
    }
}
