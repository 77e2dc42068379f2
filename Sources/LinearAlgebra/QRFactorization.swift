import COpenBLAS

/// A thin QR factorization: a matrix as the product of one with orthonormal columns and an upper triangular one.
public struct QRFactorization: Sendable, Hashable {
    /// The orthonormal factor: *rows* x min(*rows*, *columns*).
    public let q: DenseMatrix

    /// The upper triangular factor: min(*rows*, *columns*) x *columns*. No value on its diagonal is negative.
    public let r: DenseMatrix
}

/// Factors a matrix into orthonormal columns and an upper triangle, by LAPACK's Householder reflections.
///
/// `q` is orthonormal to rounding, even if the columns of the matrix depend on each other. The diagonal of `r` then has
/// values that are 0 to rounding. An empty matrix has empty factors.
///
/// - Parameter matrix: Any matrix.
/// - Returns: The factors, unique up to rounding if the matrix has full column rank.
/// - Throws: ``LinearAlgebraError`` with the code `factorizationFailed` if memory runs out, or `notFinite` if the
///   values are so large that the factors overflow.
/// - Complexity: O(*rows* · *columns* · min(*rows*, *columns*)), on one thread.
public func thinQR(of matrix: DenseMatrix) throws(LinearAlgebraError) -> QRFactorization {
    let (rows, columns) = (matrix.rowCount, matrix.columnCount)
    let inner = min(rows, columns)
    guard inner > 0 else {
        return QRFactorization(
            q: DenseMatrix(rowCount: rows, columnCount: inner), r: DenseMatrix(rowCount: inner, columnCount: columns))
    }
    var packed = matrix.values
    var reflectors = [Float](repeating: 0, count: inner)
    // SAFETY: `packed` holds rows * columns values and `reflectors` min(rows, columns), as the routine asks.
    try check(
        unsafe LAPACKE_sgeqrf(
            LAPACK_ROW_MAJOR, akin_lapack_int(rows), akin_lapack_int(columns), &packed, akin_lapack_int(columns),
            &reflectors),
        "sgeqrf", rowCount: rows, columnCount: columns)

    var r = [Float](repeating: 0, count: inner * columns)
    for row in 0..<inner {
        for column in row..<columns { r[row * columns + column] = packed[row * columns + column] }
    }
    var q = [Float](repeating: 0, count: rows * inner)
    for row in 0..<rows {
        for column in 0..<inner { q[row * inner + column] = packed[row * columns + column] }
    }
    // SAFETY: `q` holds rows * inner values with inner <= rows, and `reflectors` inner.
    try check(
        unsafe LAPACKE_sorgqr(
            LAPACK_ROW_MAJOR, akin_lapack_int(rows), akin_lapack_int(inner), akin_lapack_int(inner), &q,
            akin_lapack_int(inner), reflectors
        ),
        "sorgqr", rowCount: rows, columnCount: columns)

    for place in 0..<inner where r[place * columns + place] < 0 {
        for column in place..<columns { r[place * columns + column].negate() }
        for row in 0..<rows { q[row * inner + place].negate() }
    }
    return QRFactorization(
        q: try finite(DenseMatrix(rowCount: rows, columnCount: inner, unchecked: q), "Q * R"),
        r: try finite(DenseMatrix(rowCount: inner, columnCount: columns, unchecked: r), "Q * R"))
}

/// Turns LAPACK's code into an error unless it is 0.
func check(
    _ info: akin_lapack_int, _ routine: String, rowCount: Int, columnCount: Int
) throws(LinearAlgebraError) {
    guard info != 0 else { return }
    let reason =
        switch info {
        case -1011 ... -1010: "memory ran out. Factor a smaller matrix"
        case ..<0: "an argument was refused. Check that the values are finite"
        default: "the iteration did not converge. Check the scale of the values"
        }
    throw LinearAlgebraError(
        .factorizationFailed, "Cannot factor a \(rowCount) x \(columnCount) matrix: \(reason).",
        cause: LAPACKFailure(routine: routine, info: Int(info)))
}
