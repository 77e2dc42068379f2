/// A dense matrix of `Float`, row-major.
///
///     let matrix = try DenseMatrix(rowCount: 2, columnCount: 3, values: [1, 2, 3, 4, 5, 6])
///     matrix[1, 0]     // 4
///
/// Either count may be 0. Every value is finite. Initializers and assignment refuse NaN and infinity.
public struct DenseMatrix: Sendable, Hashable {
    /// The number of rows.
    public let rowCount: Int

    /// The number of columns.
    public let columnCount: Int

    /// The values, row after row: the value in row *i* and column *j* stands at `i * columnCount + j`.
    public private(set) var values: [Float]

    /// Creates a matrix of the given values.
    ///
    /// - Parameters:
    ///   - rowCount: The number of rows, at least 0.
    ///   - columnCount: The number of columns, at least 0.
    ///   - values: `rowCount * columnCount` finite numbers, row after row.
    /// - Throws: ``LinearAlgebraError`` with the code `shapeMismatch` or `notFinite`.
    /// - Complexity: O(*values*).
    public init(rowCount: Int, columnCount: Int, values: [Float]) throws(LinearAlgebraError) {
        guard rowCount >= 0, columnCount >= 0, isProduct(values.count, rowCount, columnCount) else {
            throw LinearAlgebraError(
                .shapeMismatch,
                "Cannot make a dense matrix of \(rowCount) x \(columnCount) from \(values.count) values: "
                    + "give rowCount * columnCount of them."
            )
        }
        if let place = firstNonFinite(in: values) {
            throw LinearAlgebraError(
                .notFinite,
                "Cannot make a dense matrix of \(rowCount) x \(columnCount): the value in row \(place / columnCount), "
                    + "column \(place % columnCount) is \(values[place]). Replace or drop it."
            )
        }
        self.init(rowCount: rowCount, columnCount: columnCount, unchecked: values)
    }

    /// Creates a matrix of zeros.
    ///
    /// - Precondition: Both counts are at least 0.
    public init(rowCount: Int, columnCount: Int) {
        precondition(rowCount >= 0 && columnCount >= 0, "no matrix has \(rowCount) x \(columnCount) values")
        self.init(
            rowCount: rowCount, columnCount: columnCount, unchecked: Array(repeating: 0, count: rowCount * columnCount)
        )
    }

    /// Creates a matrix of values that are known to be finite and of the right number.
    package init(rowCount: Int, columnCount: Int, unchecked values: [Float]) {
        precondition(values.count == rowCount * columnCount, "\(values.count) values for \(rowCount) x \(columnCount)")
        self.rowCount = rowCount
        self.columnCount = columnCount
        self.values = values
    }
}

// MARK: - Reading

extension DenseMatrix {
    /// The value in a row and a column, both counted from 0.
    ///
    /// - Precondition: The row and the column exist; a value assigned is finite.
    public subscript(row: Int, column: Int) -> Float {
        get {
            values[index(row, column)]
        }
        set {
            precondition(newValue.isFinite, "a matrix holds finite values, not \(newValue)")
            values[index(row, column)] = newValue
        }
    }

    /// The values of one row.
    ///
    /// - Precondition: The row exists.
    public func row(_ row: Int) -> ArraySlice<Float> {
        precondition(row >= 0 && row < rowCount, "row \(row) of \(rowCount)")
        return values[row * columnCount..<(row + 1) * columnCount]
    }

    private func index(_ row: Int, _ column: Int) -> Int {
        precondition(
            row >= 0 && row < rowCount && column >= 0 && column < columnCount,
            "place (\(row), \(column)) of a \(rowCount) x \(columnCount) matrix"
        )
        return row * columnCount + column
    }
}

// MARK: - Multiplying

extension DenseMatrix {
    /// The product of this matrix and another.
    ///
    /// - Parameters:
    ///   - other: A matrix with as many rows as this has columns.
    ///   - threads: The number of threads, at least 1; every core when nil.
    /// - Returns: A matrix of this one's rows and the other's columns.
    /// - Throws: ``LinearAlgebraError`` with the code `shapeMismatch`, `invalidParameter` or `notFinite`.
    /// - Complexity: O(*rows* · *columns* · *columns of the other*).
    public func multiplied(by other: DenseMatrix, threads: Int? = nil) throws(LinearAlgebraError) -> DenseMatrix {
        let threads = try checkedThreads(threads)
        guard other.rowCount == columnCount else {
            throw LinearAlgebraError(
                .shapeMismatch,
                "Cannot multiply a \(rowCount) x \(columnCount) matrix with one of \(other.rowCount) x "
                    + "\(other.columnCount): the second factor needs \(columnCount) rows."
            )
        }
        let left = Panel(rowCount: rowCount, columnCount: columnCount)
        left.all.set(values)
        let right = Panel(rowCount: other.rowCount, columnCount: other.columnCount)
        right.all.set(other.values)
        let product = Panel(rowCount: rowCount, columnCount: other.columnCount)
        forEachChunk(ofRows: rowCount, threads: threads) { rows in
            multiply(left.rows(rows), right.all, into: product.rows(rows))
        }
        return try finite(product.all.matrix(), "A * X")
    }
}

// MARK: - Converting

extension DenseMatrix {
    /// The matrix with rows and columns exchanged.
    ///
    /// - Complexity: O(*values*).
    public func transposed() -> DenseMatrix {
        // Square blocks keep both sides in the cache.
        let block = 32
        var result = [Float](repeating: 0, count: values.count)
        for firstRow in stride(from: 0, to: rowCount, by: block) {
            for firstColumn in stride(from: 0, to: columnCount, by: block) {
                for row in firstRow..<min(firstRow + block, rowCount) {
                    for column in firstColumn..<min(firstColumn + block, columnCount) {
                        result[column * rowCount + row] = values[row * columnCount + column]
                    }
                }
            }
        }
        return DenseMatrix(rowCount: columnCount, columnCount: rowCount, unchecked: result)
    }

    /// The values of the first columns, row after row.
    func leadingColumns(_ count: Int) -> [Float] {
        precondition(count >= 0 && count <= columnCount, "\(count) of \(columnCount) columns")
        var result: [Float] = []
        result.reserveCapacity(rowCount * count)
        for row in 0..<rowCount { result += values[row * columnCount..<row * columnCount + count] }
        return result
    }

    /// Scales every row to length 1 in the Euclidean norm. A row of zeros stays as it is.
    ///
    /// The norm is summed in `Double`, so no row overflows or vanishes.
    ///
    /// - Complexity: O(*values*).
    public mutating func normalizeRows() {
        guard columnCount > 0 else { return }
        for start in stride(from: 0, to: values.count, by: columnCount) {
            var squares = 0.0
            for place in start..<start + columnCount { squares += Double(values[place]) * Double(values[place]) }
            guard squares > 0 else { continue }
            let factor = 1 / squares.squareRoot()
            for place in start..<start + columnCount { values[place] = Float(Double(values[place]) * factor) }
        }
    }
}

// MARK: - Describing

extension DenseMatrix: CustomStringConvertible {
    /// The shape, such as `DenseMatrix(3 x 2)`.
    public var description: String { "DenseMatrix(\(rowCount) x \(columnCount))" }
}
