import COpenBLAS

/// How a block of columns was made orthonormal: the block was Q · `r`, and the panel now holds Q.
struct OrthonormalizedBlock {
    /// The factor; upper triangular unless the columns had to be pivoted.
    var r: SquareBlock

    /// The columns of Q that are 0. Their rows of `r` are 0 too.
    var emptyColumns: [Int]

    /// Whether the columns were nearly dependent, so that Q loses accuracy where `r` is small.
    var isIllConditioned: Bool

    /// Whether Q is a full set of accurate orthonormal columns.
    var isComplete: Bool { emptyColumns.isEmpty && !isIllConditioned }
}

/// The condition of a block's columns, as pivots of its scaled Gram matrix, at which each method stops being accurate.
private enum PivotLimit {
    /// One pass leaves columns orthogonal to about the rounding error of `Float` over the smallest pivot.
    static let onePass = 0.1

    /// Two passes are as good as exact while the rounding of the Gram matrix itself, some 1e-6, is far below the
    /// pivots.
    static let twoPasses = 1e-4
}

/// Replaces a panel's columns with orthonormal ones that span the same space.
///
/// 1. Negligible columns become 0. In directions in which an iteration has converged, only rounding errors are left.
/// 2. Cholesky: the Gram matrix, summed in `Double`, is factored as R^T R, and the columns are multiplied with R^-1.
///    This is done twice if they were far from orthogonal (CholeskyQR2; Yamamoto, Nakatsukasa, Yanagisawa & Fukaya,
///    "Roundoff error analysis of the CholeskyQR2 algorithm", 2015). It runs in parallel, at the speed of matrix
///    products.
/// 3. If columns are nearly dependent, LAPACK's Householder reflections with column pivoting replace step 2. They are
///    slow but never fail. Columns beyond the numerical rank become 0.
///
/// - Parameters:
///   - panel: The columns, replaced in place.
///   - gram: Their Gram matrix.
///   - negligible: The length below which a column counts as rounding error.
///   - threads: The number of threads.
/// - Returns: The factor by which the new columns give the old ones, and which columns are 0.
/// - Throws: ``LinearAlgebraError`` if LAPACK fails.
func orthonormalize(
    _ panel: Panel, gram: SquareBlock, negligible: Double, threads: Int
) throws(LinearAlgebraError) -> OrthonormalizedBlock {
    let emptyColumns = (0..<gram.size).filter { gram[$0, $0].squareRoot() <= negligible }
    // A column of zeros that counts as a unit vector passes through the factorization unchanged.
    var completed = gram
    for column in emptyColumns {
        panel.columns(column..<column + 1).clear()
        completed.setUnitVector(column)
    }
    guard var r = orthonormalizeByCholesky(panel, gram: completed, threads: threads, unitVectors: emptyColumns) else {
        return try orthonormalizeByReflections(panel, negligible: negligible)
    }
    for column in emptyColumns { r[column, column] = 0 }
    return OrthonormalizedBlock(r: r, emptyColumns: emptyColumns, isIllConditioned: false)
}

/// Orthonormalizes the columns of a panel in their order, in one or two passes of Cholesky factorization.
///
/// - Parameters:
///   - panel: The columns, replaced in place.
///   - gram: Their Gram matrix.
///   - threads: The number of threads.
///   - unitVectors: Columns that are 0 and stand for unit vectors orthogonal to all others, in `gram` too.
/// - Returns: The upper triangle that turns the orthonormal columns into the old ones. If the columns are too close to
///   dependent, it is nil and the panel unchanged.
func orthonormalizeByCholesky(
    _ panel: Panel, gram: SquareBlock, threads: Int, unitVectors: [Int] = []
) -> SquareBlock? {
    guard let first = gram.choleskyFactor(pivotsAbove: PivotLimit.twoPasses) else { return nil }
    applyInverse(of: first.r, to: panel, threads: threads)
    guard first.smallestPivot < PivotLimit.onePass else { return first.r }
    // The columns are now orthogonal to 1e-6 over the pivots, at most a few hundredths: the second factor exists.
    var again = LinearAlgebra.gram(of: panel, threads: threads)
    for column in unitVectors { again.setUnitVector(column) }
    guard let second = again.choleskyFactor(pivotsAbove: PivotLimit.twoPasses) else { return first.r }
    applyInverse(of: second.r, to: panel, threads: threads)
    return second.r.times(first.r)
}

private func applyInverse(of triangle: SquareBlock, to panel: Panel, threads: Int) {
    let inverse = triangle.invertedTriangle().panel
    forEachChunk(ofRows: panel.rowCount, threads: threads) { rows in
        multiplyInPlace(panel.rows(rows), byUpper: inverse.all)
    }
}

/// Orthonormalizes by Householder reflections with column pivoting, on one thread.
private func orthonormalizeByReflections(
    _ panel: Panel, negligible: Double
) throws(LinearAlgebraError) -> OrthonormalizedBlock {
    let (rows, columns) = (panel.rowCount, panel.columnCount)
    precondition(rows >= columns, "a block of \(columns) columns has only \(rows) rows")
    var packed = panel.all.values()
    var order = [akin_lapack_int](repeating: 0, count: columns)
    var reflectors = [Float](repeating: 0, count: columns)
    // SAFETY: `packed` holds rows * columns values, `order` and `reflectors` as many as there are columns.
    try check(
        unsafe LAPACKE_sgeqp3(
            LAPACK_ROW_MAJOR, akin_lapack_int(rows), akin_lapack_int(columns), &packed, akin_lapack_int(columns),
            &order, &reflectors),
        "sgeqp3", rowCount: rows, columnCount: columns)
    var r = SquareBlock(zeros: columns)
    var emptyColumns: [Int] = []
    for row in 0..<columns {
        guard Double(packed[row * columns + row].magnitude) > negligible else {
            emptyColumns.append(row)
            continue
        }
        for column in row..<columns { r[row, Int(order[column]) - 1] = Double(packed[row * columns + column]) }
    }
    try check(
        unsafe LAPACKE_sorgqr(
            LAPACK_ROW_MAJOR, akin_lapack_int(rows), akin_lapack_int(columns), akin_lapack_int(columns), &packed,
            akin_lapack_int(columns), reflectors),
        "sorgqr", rowCount: rows, columnCount: columns)
    panel.all.set(packed)
    for column in emptyColumns { panel.columns(column..<column + 1).clear() }
    return OrthonormalizedBlock(r: r, emptyColumns: emptyColumns, isIllConditioned: true)
}
