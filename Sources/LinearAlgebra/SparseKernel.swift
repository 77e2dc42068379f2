package import CVectorKernels

/// A kernel that multiplies sparse rows with a dense panel, written for one instruction set.
@safe package struct SparseKernel: @unchecked Sendable {
    /// The instruction set, such as `AVX-512`.
    package let name: String

    // SAFETY: one of the functions of CVectorKernels, which keep no state, and read and write only what their arguments
    // name.
    private let gatherRows:
        @convention(c) (
            UnsafePointer<akin_sparse_rows>?, UnsafePointer<Float>?, Int, UnsafeMutablePointer<Float>?, Int, Int, Bool
        ) -> Void

    /// The kernels that this processor can run, the best first and the scalar one last.
    package static let available: [SparseKernel] = {
        let limit = Int(akin_sparse_kernel_limit)
        let kernels = unsafe [akin_sparse_kernel](unsafeUninitializedCapacity: limit) { buffer, count in
            // SAFETY: the function writes at most `akin_sparse_kernel_limit` elements and returns their number.
            count = unsafe akin_sparse_kernels(buffer.baseAddress)
        }
        return unsafe kernels.map { unsafe SparseKernel(name: String(cString: $0.name), gatherRows: $0.gather_rows) }
    }()

    /// The best kernel of this processor.
    package static let best = available[0]

    /// Writes the product of each sparse row and the panel: the sum of its values times the rows that its indices name.
    ///
    /// - Parameters:
    ///   - rows: The sparse rows: entries `starts[r]..<starts[r + 1]` for the output row `targets[r]` (or `r`).
    ///   - panel: The dense rows, read only.
    ///   - panelStride: The distance between the panel's rows, in floats.
    ///   - output: Where the results go.
    ///   - outputStride: The distance between the output's rows, in floats.
    ///   - width: The number of columns of both.
    ///   - accumulate: Whether results are added to what is there.
    @unsafe package func gather(
        _ rows: akin_sparse_rows, panel: UnsafePointer<Float>, panelStride: Int, output: UnsafeMutablePointer<Float>,
        outputStride: Int, width: Int, accumulate: Bool
    ) {
        var rows = unsafe rows
        unsafe gatherRows(&rows, panel, panelStride, output, outputStride, width, accumulate)
    }
}
