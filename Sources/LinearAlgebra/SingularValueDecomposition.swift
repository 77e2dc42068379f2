import COpenBLAS

/// A singular value decomposition: a matrix as left vectors times singular values times right vectors.
///
/// Signs are canonical: in each right vector the entry of the largest magnitude is positive, or the first of several
/// such entries. So a decomposition is unique as long as no two singular values are equal.
public struct SingularValueDecomposition: Sendable, Hashable {
    /// The singular values, descending, none negative; min(*rows*, *columns*) of them.
    public let singularValues: [Float]

    /// The left singular vectors, as columns: *rows* x min(*rows*, *columns*).
    public let leftVectors: DenseMatrix

    /// The right singular vectors, as columns: *columns* x min(*rows*, *columns*).
    public let rightVectors: DenseMatrix
}

/// Decomposes a dense matrix completely, by LAPACK's divide and conquer (`sgesdd`).
///
/// - Parameter matrix: Any matrix; an empty one has no singular values.
/// - Returns: All min(*rows*, *columns*) singular values, each within a few roundings of the largest, and their
///   vectors.
/// - Throws: ``LinearAlgebraError`` with the code `factorizationFailed` if LAPACK does not converge or memory runs out,
///   or `notFinite` if the values are so large that the result overflows.
/// - Complexity: O(*rows* · *columns* · min(*rows*, *columns*)), on one thread.
public func singularValueDecomposition(
    of matrix: DenseMatrix
) throws(LinearAlgebraError) -> SingularValueDecomposition {
    let (rows, columns) = (matrix.rowCount, matrix.columnCount)
    let inner = min(rows, columns)
    guard inner > 0 else {
        return SingularValueDecomposition(
            singularValues: [], leftVectors: DenseMatrix(rowCount: rows, columnCount: 0),
            rightVectors: DenseMatrix(rowCount: columns, columnCount: 0))
    }
    var work = matrix.values
    var singularValues = [Float](repeating: 0, count: inner)
    var left = [Float](repeating: 0, count: rows * inner)
    var rightRows = [Float](repeating: 0, count: inner * columns)
    // SAFETY: the arrays have the sizes that `sgesdd` asks of its job "S": rows * columns, inner, rows * inner and
    // inner * columns.
    try check(
        unsafe LAPACKE_sgesdd(
            LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "S")), akin_lapack_int(rows), akin_lapack_int(columns), &work,
            akin_lapack_int(columns), &singularValues, &left, akin_lapack_int(inner), &rightRows,
            akin_lapack_int(columns)),
        "sgesdd", rowCount: rows, columnCount: columns)

    for vector in 0..<inner where hasNegativeSign(rightRows[vector * columns..<(vector + 1) * columns]) {
        for place in vector * columns..<(vector + 1) * columns { rightRows[place].negate() }
        for row in 0..<rows { left[row * inner + vector].negate() }
    }
    guard firstNonFinite(in: singularValues) == nil else {
        throw LinearAlgebraError(
            .notFinite,
            "The singular values of a \(rows) x \(columns) matrix overflow Float. Scale its values down.")
    }
    return SingularValueDecomposition(
        singularValues: singularValues.map { max(0, $0) },
        leftVectors: DenseMatrix(rowCount: rows, columnCount: inner, unchecked: left),
        rightVectors: DenseMatrix(rowCount: inner, columnCount: columns, unchecked: rightRows).transposed())
}

/// Whether the entry of the largest magnitude, or the first of several, is negative.
func hasNegativeSign(_ vector: some Sequence<Float>) -> Bool {
    var largest: Float = 0
    for value in vector where value.magnitude > largest.magnitude { largest = value }
    return largest < 0
}
