import CVectorKernels
import LinearAlgebra
import TestSupport
import Testing

@Suite("Sparse kernels")
struct SparseKernelTests {
    @Test(arguments: SparseKernel.available.map(\.name))
    func `sparse kernels equal the definition over awkward widths`(name: String) throws {
        let kernel = try #require(SparseKernel.available.first { $0.name == name })
        for width in awkwardSizes + [4, 15, 16, 17, 32, 33, 48, 63, 64, 65, 96, 100, 128] {
            try compare(kernel, rowCount: 13, panelRows: 31, width: width, density: 0.4)
        }
    }

    @Test(arguments: SparseKernel.available.map(\.name))
    func `sparse kernels equal the definition over awkward numbers of rows and entries`(name: String) throws {
        let kernel = try #require(SparseKernel.available.first { $0.name == name })
        for rowCount in awkwardSizes {
            for panelRows in awkwardSizes {
                try compare(kernel, rowCount: rowCount, panelRows: panelRows, width: 32, density: 0.05)
            }
        }
    }

    @Test
    func `the last of the sparse kernels is the scalar one`() {
        #expect(SparseKernel.available.last?.name == "scalar")
        #expect(SparseKernel.best.name == SparseKernel.available.first?.name)
    }

    /// Runs a kernel with and without targets and accumulation, on rows with gaps between them.
    private func compare(
        _ kernel: SparseKernel, rowCount: Int, panelRows: Int, width: Int, density: Double
    ) throws {
        let seed = UInt64(rowCount * 7919 + panelRows * 31 + width)
        var generator = SeededGenerator(seed: seed)
        let matrix = try CSRMatrix.random(rowCount, panelRows, density: density, using: &generator)
        let panel = try DenseMatrix.random(panelRows, width, using: &generator)
        let expected = matrix.dense().naiveProduct(panel)
        let panelStride = width + 3
        let outputStride = width + 5
        var padded = [Float](repeating: .nan, count: max(1, panelRows * panelStride))
        for row in 0..<panelRows {
            for column in 0..<width { padded[row * panelStride + column] = panel[row, column] }
        }
        for accumulates in [false, true] {
            for isReversed in [false, true] {
                let before: Float = 0.5
                var output = [Float](repeating: before, count: rowCount * outputStride + 1)
                var targets = (0..<rowCount).map { UInt32(isReversed ? rowCount - 1 - $0 : $0) }
                let entries = matrix.columnIndices + [0]
                let values = matrix.values + [0]
                unsafe targets.withUnsafeMutableBufferPointer { targets in
                    unsafe matrix.rowPointers.withUnsafeBufferPointer { starts in
                        unsafe entries.withUnsafeBufferPointer { indices in
                            unsafe values.withUnsafeBufferPointer { values in
                                let rows = unsafe akin_sparse_rows(
                                    count: rowCount, targets: isReversed ? UnsafePointer(targets.baseAddress) : nil,
                                    starts: starts.baseAddress, indices: indices.baseAddress, values: values.baseAddress
                                )
                                unsafe kernel.gather(
                                    rows, panel: padded, panelStride: panelStride, output: &output,
                                    outputStride: outputStride, width: width, accumulate: accumulates)
                            }
                        }
                    }
                }
                var error = 0.0
                var strayWrites = 0
                for row in 0..<rowCount {
                    let place = (isReversed ? rowCount - 1 - row : row) * outputStride
                    for column in 0..<outputStride {
                        guard column < width else {
                            if output[place + column] != before { strayWrites += 1 }
                            continue
                        }
                        let sum = expected[row * width + column] + (accumulates ? Double(before) : 0)
                        error = max(error, abs(Double(output[place + column]) - sum))
                    }
                }
                #expect(error < 1e-4, "\(kernel.name), \(rowCount) x \(panelRows) x \(width), seed \(seed)")
                #expect(strayWrites == 0, "\(kernel.name), \(rowCount) x \(panelRows) x \(width), seed \(seed)")
            }
        }
    }
}
