/// A sparse matrix of `Float` in compressed rows.
///
/// Row *i* holds the entries `rowPointers[i]..<rowPointers[i + 1]` of ``columnIndices`` and ``values``, its columns
/// ascending:
///
///     // 1 0 2
///     // 0 0 0
///     // 0 3 0
///     let matrix = try CSRMatrix(
///         rowCount: 3, columnCount: 3, rowPointers: [0, 2, 2, 3], columnIndices: [0, 2, 1], values: [1, 2, 3])
///
/// Every value is finite and every index in bounds. The initializer refuses anything else, so the kernels need no
/// checks. A stored value may be 0.
public struct CSRMatrix: Sendable, Hashable {
    /// The number of rows.
    public let rowCount: Int

    /// The number of columns, at most 2^32.
    public let columnCount: Int

    /// Where each row begins and, at the next place, ends: `rowCount + 1` numbers, the first of them 0.
    public let rowPointers: [Int]

    /// The column of every entry, ascending within a row.
    public internal(set) var columnIndices: [UInt32]

    /// The value of every entry.
    public let values: [Float]

    /// The number of stored entries.
    public var nnz: Int { values.count }

    /// Creates a matrix from its three arrays.
    ///
    /// - Parameters:
    ///   - rowCount: The number of rows, at least 0.
    ///   - columnCount: The number of columns, at least 0 and at most 2^32.
    ///   - rowPointers: `rowCount + 1` numbers that never descend, from 0 to the number of entries.
    ///   - columnIndices: The column of every entry, strictly ascending within a row.
    ///   - values: The finite value of every entry.
    /// - Throws: ``LinearAlgebraError`` with the code `shapeMismatch`, `invalidStructure` or `notFinite`. The message
    ///   names the row.
    /// - Complexity: O(*rows* + *nnz*).
    public init(
        rowCount: Int, columnCount: Int, rowPointers: [Int], columnIndices: [UInt32], values: [Float]
    ) throws(LinearAlgebraError) {
        try Self.checkStructure(
            rowCount: rowCount, columnCount: columnCount, rowPointers: rowPointers, columnIndices: columnIndices,
            valueCount: values.count
        )
        if let entry = firstNonFinite(in: values) {
            let row = (rowPointers.firstIndex { $0 > entry } ?? 1) - 1
            throw LinearAlgebraError(
                .notFinite,
                "Cannot make a sparse matrix: row \(row), column \(columnIndices[entry]) is \(values[entry]). "
                    + "Replace or drop it."
            )
        }
        self.init(
            rowCount: rowCount, columnCount: columnCount, uncheckedRowPointers: rowPointers,
            columnIndices: columnIndices, values: values
        )
    }

    /// Creates a matrix from arrays that are known to be valid.
    init(
        rowCount: Int, columnCount: Int, uncheckedRowPointers rowPointers: [Int], columnIndices: [UInt32],
        values: [Float]
    ) {
        self.rowCount = rowCount
        self.columnCount = columnCount
        self.rowPointers = rowPointers
        self.columnIndices = columnIndices
        self.values = values
    }

    private static func checkStructure(
        rowCount: Int, columnCount: Int, rowPointers: [Int], columnIndices: [UInt32], valueCount: Int
    ) throws(LinearAlgebraError) {
        let limit = Int(UInt32.max) + 1
        guard rowCount >= 0, rowCount <= limit, columnCount >= 0, columnCount <= limit else {
            throw LinearAlgebraError(
                .shapeMismatch,
                "Cannot make a sparse matrix of \(rowCount) x \(columnCount): each count must lie in 0...\(limit)."
            )
        }
        guard rowPointers.count == rowCount + 1, columnIndices.count == valueCount else {
            throw LinearAlgebraError(
                .shapeMismatch,
                "Cannot make a sparse matrix of \(rowCount) rows from \(rowPointers.count) row pointers, "
                    + "\(columnIndices.count) column indices and \(valueCount) values: give rowCount + 1 pointers and "
                    + "as many indices as values."
            )
        }
        guard rowPointers[0] == 0, rowPointers[rowCount] == valueCount else {
            throw LinearAlgebraError(
                .invalidStructure,
                "Cannot make a sparse matrix: its row pointers run from \(rowPointers[0]) to \(rowPointers[rowCount]), "
                    + "not from 0 to the number of entries, \(valueCount)."
            )
        }
        for row in 0..<rowCount {
            let (start, end) = (rowPointers[row], rowPointers[row + 1])
            guard start <= end, end <= valueCount else {
                throw LinearAlgebraError(
                    .invalidStructure,
                    "Cannot make a sparse matrix: row \(row) runs from entry \(start) to \(end), of \(valueCount)."
                )
            }
            var previous = -1
            for column in columnIndices[start..<end] {
                guard Int(column) > previous, Int(column) < columnCount else {
                    throw LinearAlgebraError(
                        .invalidStructure,
                        "Cannot make a sparse matrix: in row \(row), column \(column) follows column \(previous) of "
                            + "\(columnCount). Sort each row's columns and merge duplicates."
                    )
                }
                previous = Int(column)
            }
        }
    }
}

// MARK: - Converting

extension CSRMatrix {
    /// Creates the sparse form of a dense matrix, without its zeros.
    ///
    /// - Complexity: O(*values*).
    public init(_ dense: DenseMatrix) {
        var rowPointers = [0]
        var columnIndices: [UInt32] = []
        var values: [Float] = []
        rowPointers.reserveCapacity(dense.rowCount + 1)
        for row in 0..<dense.rowCount {
            for (column, value) in dense.row(row).enumerated() where value != 0 {
                columnIndices.append(UInt32(column))
                values.append(value)
            }
            rowPointers.append(values.count)
        }
        self.init(
            rowCount: dense.rowCount, columnCount: dense.columnCount, uncheckedRowPointers: rowPointers,
            columnIndices: columnIndices, values: values
        )
    }

    /// The dense form of the matrix, with its zeros.
    ///
    /// - Complexity: O(*rows* · *columns*) time and memory.
    public func dense() -> DenseMatrix {
        var values = [Float](repeating: 0, count: rowCount * columnCount)
        for row in 0..<rowCount {
            for entry in rowPointers[row]..<rowPointers[row + 1] {
                values[row * columnCount + Int(columnIndices[entry])] = self.values[entry]
            }
        }
        return DenseMatrix(rowCount: rowCount, columnCount: columnCount, unchecked: values)
    }

    /// The matrix with rows and columns exchanged.
    ///
    /// - Complexity: O(*rows* + *columns* + *nnz*).
    public func transposed() -> CSRMatrix {
        var pointers = [Int](repeating: 0, count: columnCount + 1)
        for column in columnIndices { pointers[Int(column) + 1] += 1 }
        for column in 0..<columnCount { pointers[column + 1] += pointers[column] }
        var next = pointers
        var indices = [UInt32](repeating: 0, count: nnz)
        var transposedValues = [Float](repeating: 0, count: nnz)
        for row in 0..<rowCount {
            for entry in rowPointers[row]..<rowPointers[row + 1] {
                let column = Int(columnIndices[entry])
                indices[next[column]] = UInt32(row)
                transposedValues[next[column]] = values[entry]
                next[column] += 1
            }
        }
        return CSRMatrix(
            rowCount: columnCount, columnCount: rowCount, uncheckedRowPointers: pointers, columnIndices: indices,
            values: transposedValues
        )
    }

    /// The matrix without the columns that have no entry.
    ///
    /// - Returns: The matrix, and the old number of each of its columns, ascending.
    /// - Complexity: O(*nnz* + *columns*).
    public func withoutEmptyColumns() -> (matrix: CSRMatrix, columns: [UInt32]) {
        var places = [UInt32](repeating: .max, count: columnCount)
        for column in columnIndices { places[Int(column)] = 0 }
        var columns: [UInt32] = []
        for column in 0..<columnCount where places[column] == 0 {
            places[column] = UInt32(columns.count)
            columns.append(UInt32(column))
        }
        let matrix = CSRMatrix(
            rowCount: rowCount, columnCount: columns.count, uncheckedRowPointers: rowPointers,
            columnIndices: columnIndices.map { places[Int($0)] }, values: values
        )
        return (matrix, columns)
    }

    /// The square root of the sum of all squared values, summed in `Double`.
    ///
    /// Its square is the sum of all squared singular values. So the energy that a truncated SVD captures is the sum of
    /// its squared singular values over the square of this.
    public var frobeniusNorm: Double {
        var squares = 0.0
        for value in values { squares += Double(value) * Double(value) }
        return squares.squareRoot()
    }
}

// MARK: - Describing

extension CSRMatrix: CustomStringConvertible {
    /// The shape and the number of entries, such as `CSRMatrix(3 x 2, nnz 4)`.
    public var description: String { "CSRMatrix(\(rowCount) x \(columnCount), nnz \(nnz))" }
}
