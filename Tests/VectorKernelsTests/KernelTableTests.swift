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
