import COpenBLAS
import ParallelLoops

/// A matrix of many rows and few columns that is computed piece by piece. Only some rows exist at any time.
struct TallMatrix: Sendable {
    let rowCount: Int
    let columnCount: Int

    /// Writes a range of rows into a slice of zeros.
    let fill: @Sendable (_ rows: Range<Int>, _ slice: PanelSlice) -> Void
}

extension TallMatrix {
    /// A sparse matrix, with its zeros.
    init(_ matrix: CSRMatrix) {
        self.init(rowCount: matrix.rowCount, columnCount: matrix.columnCount) { rows, slice in
            for row in rows {
                for entry in matrix.rowPointers[row]..<matrix.rowPointers[row + 1] {
                    slice.panel[slice.rows.lowerBound + row - rows.lowerBound, Int(matrix.columnIndices[entry])] =
                        matrix.values[entry]
                }
            }
        }
    }

    /// The product of a sparse matrix and a panel.
    init(_ matrix: CSRMatrix, times panel: Panel) {
        self.init(rowCount: matrix.rowCount, columnCount: panel.columnCount) { rows, slice in
            multiplyRows(of: matrix, rows, with: panel, into: slice)
        }
    }
}

// MARK: - Factoring

extension TallMatrix {
    /// The number of chunks factored side by side before their triangles are merged. It bounds the memory.
    private static let chunksPerWave = 8

    /// The upper triangle *R* of a QR factorization of the matrix, padded with zero rows to a square.
    ///
    /// Chunks of rows are factored in parallel. Their triangles are stacked below the one so far and factored again
    /// (Demmel, Grigori, Hoemmen & Langou, "Communication-optimal parallel and sequential QR and LU factorizations",
    /// 2012). *R* has the singular values and right singular vectors of the matrix, with the accuracy of Householder
    /// reflections. Only a few chunks of the matrix exist at any time.
    ///
    /// - Throws: ``LinearAlgebraError`` with the code `factorizationFailed` for the first chunk that LAPACK fails on.
    ///
    /// - Complexity: O(*rows* · *columns*²) time; memory for 8 chunks of at least 2,048 rows.
    func triangle(threads: Int) throws(LinearAlgebraError) -> DenseMatrix {
        let chunk = max(panelRowsPerChunk, 2 * columnCount)
        let chunkCount = (rowCount + chunk - 1) / chunk
        let stack = Panel(rowCount: (Self.chunksPerWave + 1) * columnCount, columnCount: columnCount)
        for wave in stride(from: 0, to: chunkCount, by: Self.chunksPerWave) {
            let width = min(Self.chunksPerWave, chunkCount - wave)
            stack.rows(columnCount..<stack.rowCount).clear()
            _ = try concurrentMap(width, threads: threads) { index throws(LinearAlgebraError) in
                let start = (wave + index) * chunk
                let rows = start..<min(start + chunk, rowCount)
                let piece = Panel(rowCount: rows.count, columnCount: columnCount)
                fill(rows, piece.all)
                let place = (index + 1) * columnCount
                try factor(piece.all, into: stack.rows(place..<place + columnCount))
            }
            let merged = Panel(rowCount: stack.rowCount, columnCount: columnCount)
            merged.all.copy(stack.all)
            try factor(merged.all, into: stack.rows(0..<columnCount))
        }
        return stack.rows(0..<columnCount).matrix()
    }
}

/// Overwrites a slice with its QR factorization and writes the triangle, padded with zero rows, into a square.
private func factor(_ slice: PanelSlice, into square: PanelSlice) throws(LinearAlgebraError) {
    let (rows, columns) = (slice.rowCount, slice.columnCount)
    var reflectors = [Float](repeating: 0, count: min(rows, columns))
    // SAFETY: the slice holds `rows` rows of `columns` floats, `stride` apart, and `reflectors` as many as it asks.
    try check(
        unsafe LAPACKE_sgeqrf(
            LAPACK_ROW_MAJOR, akin_lapack_int(rows), akin_lapack_int(columns), slice.base,
            akin_lapack_int(slice.stride), &reflectors),
        "sgeqrf", rowCount: rows, columnCount: columns)
    square.clear()
    for row in 0..<min(rows, columns) {
        square.rows(row..<row + 1).columns(row..<columns).copy(slice.rows(row..<row + 1).columns(row..<columns))
    }
}
