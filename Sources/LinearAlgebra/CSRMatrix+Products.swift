import ArraySpans
import CVectorKernels
import ParallelLoops

extension CSRMatrix {
    /// The product of this matrix and a dense one.
    ///
    /// - Parameters:
    ///   - other: A matrix with as many rows as this has columns.
    ///   - threads: The number of threads, at least 1; every core when nil. The result does not depend on it.
    /// - Returns: A matrix of this one's rows and the other's columns.
    /// - Throws: ``LinearAlgebraError`` with the code `shapeMismatch`, `invalidParameter` or `notFinite`.
    /// - Complexity: O(*nnz* · *columns of the other*).
    public func multiplied(
        by other: DenseMatrix, threads: Int? = nil
    ) throws(LinearAlgebraError) -> DenseMatrix {
        try multiplied(by: other.values.span, columnCount: other.columnCount, threads: threads)
    }

    /// The product of this matrix and dense rows in any memory, such as a mapped file.
    ///
    /// - Parameters:
    ///   - other: The rows, one for each column of this matrix, each of `width` finite values.
    ///   - width: The number of columns of the other matrix.
    ///   - threads: The number of threads, at least 1; every core when nil. The result does not depend on it.
    /// - Returns: A matrix of this one's rows and `width` columns.
    /// - Throws: ``LinearAlgebraError`` with the code `shapeMismatch`, `invalidParameter` or `notFinite`.
    /// - Complexity: O(*nnz* · *width*).
    public func multiplied(
        by other: Span<Float>, columnCount width: Int, threads: Int? = nil
    ) throws(LinearAlgebraError) -> DenseMatrix {
        let threads = try checkedThreads(threads)
        guard width >= 0, isProduct(other.count, columnCount, width) else {
            throw LinearAlgebraError(
                .shapeMismatch,
                "Cannot multiply a \(rowCount) x \(columnCount) matrix with \(other.count) values in \(width) columns: "
                    + "the second factor needs \(columnCount) rows."
            )
        }
        // SAFETY: the panel holds one row of `width` floats for each column of this matrix, and the output one for each
        // of its rows; the initializer proved every index in bounds. All of the output is written.
        let values = unsafe [Float](unsafeUninitializedCapacity: rowCount * width) { output, count in
            count = rowCount * width
            unsafe other.withUnsafeBufferPointer { panel in
                guard let panel = panel.baseAddress, let output = output.baseAddress, count > 0 else {
                    unsafe output.initialize(repeating: 0)
                    return
                }
                unsafe multiply(panel, panelStride: width, output, outputStride: width, width: width, threads: threads)
            }
        }
        return try finite(DenseMatrix(rowCount: rowCount, columnCount: width, unchecked: values), "A * X")
    }

    /// The product of this matrix, transposed, and a dense one.
    ///
    /// Each call arranges the entries again, by columns within tiles of rows. That costs about as much as a product of
    /// 16 columns.
    ///
    /// - Parameters:
    ///   - other: A matrix with as many rows as this one.
    ///   - threads: The number of threads, at least 1; every core when nil. The result does not depend on it.
    /// - Returns: A matrix of as many rows as this has columns, and the other's columns.
    /// - Throws: ``LinearAlgebraError`` with the code `shapeMismatch`, `invalidParameter` or `notFinite`.
    /// - Complexity: O(*nnz* · *columns of the other*).
    public func transposedMultiplied(
        by other: DenseMatrix, threads: Int? = nil
    ) throws(LinearAlgebraError) -> DenseMatrix {
        let threads = try checkedThreads(threads)
        guard other.rowCount == rowCount else {
            throw LinearAlgebraError(
                .shapeMismatch,
                "Cannot multiply a transposed \(rowCount) x \(columnCount) matrix with one of "
                    + "\(other.rowCount) x \(other.columnCount): the second factor needs \(rowCount) rows."
            )
        }
        let width = other.columnCount
        let tiles = TransposedTiles(self, threads: threads)
        // SAFETY: the panel holds one row of `width` floats for each row of this matrix, and the output, which is
        // zeroed first, one for each of its columns.
        var values = [Float](repeating: 0, count: columnCount * width)
        unsafe values.withUnsafeMutableBufferPointer { output in
            unsafe other.values.withUnsafeBufferPointer { panel in
                guard let panel = panel.baseAddress, let output = output.baseAddress else { return }
                unsafe tiles.multiply(
                    panel, panelStride: width, output, outputStride: width, width: width, threads: threads)
            }
        }
        return try finite(DenseMatrix(rowCount: columnCount, columnCount: width, unchecked: values), "A^T * X")
    }
}

// MARK: - The kernels over chunks of rows

extension CSRMatrix {
    /// The number of rows that a worker takes at once: enough to pay for taking them, and few enough to divide them
    /// evenly.
    static let rowsPerChunk = 512

    /// Sets `output = A * panel` in parallel.
    @unsafe func multiply(
        _ panel: UnsafePointer<Float>, panelStride: Int, _ output: UnsafeMutablePointer<Float>, outputStride: Int,
        width: Int, threads: Int, kernel: SparseKernel = .best
    ) {
        let (panel, output) = unsafe (Shared(panel), Shared(output))
        concurrentChunks(of: rowCount, threads: threads, chunk: Self.rowsPerChunk) { _, rows in
            unsafe multiplyRows(
                rows, panel.pointer, panelStride: panelStride, output.pointer + rows.lowerBound * outputStride,
                outputStride: outputStride, width: width, kernel: kernel)
        }
    }

    /// Sets the rows of `output`, the first of them first, to the given rows of `A * panel`.
    @unsafe func multiplyRows(
        _ rows: Range<Int>, _ panel: UnsafePointer<Float>, panelStride: Int, _ output: UnsafeMutablePointer<Float>,
        outputStride: Int, width: Int, kernel: SparseKernel = .best
    ) {
        precondition(rows.lowerBound >= 0 && rows.upperBound <= rowCount, "rows \(rows) of \(rowCount)")
        // SAFETY: `rowPointers` holds one number more than there are rows, its numbers are bounds of the entries, and
        // every index is a column, so a row of the panel. The initializer proved it.
        unsafe rowPointers.withUnsafeBufferPointer { starts in
            unsafe columnIndices.withUnsafeBufferPointer { indices in
                unsafe values.withUnsafeBufferPointer { values in
                    guard let starts = starts.baseAddress else { return }
                    let sparse = unsafe akin_sparse_rows(
                        count: rows.count, targets: nil, starts: starts + rows.lowerBound,
                        indices: indices.baseAddress, values: values.baseAddress)
                    unsafe kernel.gather(
                        sparse, panel: panel, panelStride: panelStride, output: output, outputStride: outputStride,
                        width: width, accumulate: false)
                }
            }
        }
    }
}

/// A pointer that a parallel loop carries to its workers.
// SAFETY: the workers read shared memory, or write disjoint parts of it.
@unsafe struct Shared<Pointer>: @unchecked Sendable {
    let pointer: Pointer

    init(_ pointer: Pointer) {
        unsafe self.pointer = pointer
    }
}

/// The number of threads to use, or an error if it is not one.
func checkedThreads(_ threads: Int?) throws(LinearAlgebraError) -> Int {
    guard let threads else { return availableCores }
    guard threads > 0 else {
        throw LinearAlgebraError(.invalidParameter, "Cannot compute on \(threads) threads: give at least 1.")
    }
    return threads
}

/// The matrix, or an error if the computation that made it overflowed.
func finite(_ matrix: DenseMatrix, _ product: String) throws(LinearAlgebraError) -> DenseMatrix {
    guard firstNonFinite(in: matrix.values) == nil else {
        throw LinearAlgebraError(
            .notFinite, "The product \(product) overflows Float. Scale the factors down before multiplying.")
    }
    return matrix
}
