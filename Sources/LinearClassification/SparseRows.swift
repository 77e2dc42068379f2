import ArraySpans

/// Examples as the rows of a sparse matrix (CSR): of each row the columns that are not 0, and their values.
///
/// ```
/// rowPointers    0     2        5            row 0 has the entries 0..<2, row 1 the entries 2..<5
/// columnIndices  3  8  0  3  9
/// values         ½  ½  1  ½  2
/// ```
package struct SparseRows: Sendable {
    /// Where the entries of each row start, and where those of the last one end.
    package private(set) var rowPointers: [Int] = [0]
    /// The column of each entry.
    package private(set) var columnIndices: [UInt32] = []
    /// The value of each entry.
    package private(set) var values: [Float] = []
    /// The number of columns.
    package let columnCount: Int

    /// Creates a matrix without rows.
    package init(columnCount: Int) {
        precondition(columnCount >= 0, "There are no \(columnCount) columns")
        self.columnCount = columnCount
    }

    /// The number of rows.
    package var rowCount: Int { rowPointers.count - 1 }

    /// Adds an entry to the row that ``endRow()`` ends.
    ///
    /// A column may come twice in a row; its values then add up.
    ///
    /// - Precondition: `column` is below ``columnCount``.
    package mutating func append(_ column: Int, _ value: Float) {
        precondition((0..<columnCount).contains(column), "No column \(column) among \(columnCount)")
        columnIndices.append(UInt32(truncatingIfNeeded: column))
        values.append(value)
    }

    /// Ends a row. Further entries belong to the next one.
    package mutating func endRow() { rowPointers.append(values.count) }

    /// The product of a row with a vector of ``columnCount`` components.
    package func product(_ row: Int, _ vector: Span<Float>) -> Float {
        let (columns, values) = (columnIndices.span, values.span)
        var sum: Float = 0
        for entry in rowPointers[row]..<rowPointers[row + 1] { sum += values[entry] * vector[Int(columns[entry])] }
        return sum
    }

    /// Adds a row, times a factor, to a vector of ``columnCount`` components.
    func add(_ row: Int, times factor: Float, to vector: inout MutableSpan<Float>) {
        let (columns, values) = (columnIndices.span, values.span)
        for entry in rowPointers[row]..<rowPointers[row + 1] {
            vector[Int(columns[entry])] += factor * values[entry]
        }
    }
}
