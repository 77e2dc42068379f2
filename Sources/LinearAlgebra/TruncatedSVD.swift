/// The leading singular values of a matrix and their vectors.
public struct TruncatedSVD: Sendable, Hashable {
    /// The singular values, descending and positive.
    ///
    /// There are fewer than asked for if the matrix has no more. Those in the range of rounding errors are left out.
    public let singularValues: [Float]

    /// The left singular vectors, as columns, if they were asked for: *rows* x ``rank``.
    public let leftVectors: DenseMatrix?

    /// The right singular vectors, as columns: *columns* x ``rank``.
    ///
    /// In each vector the entry of the largest magnitude is positive, or the first of several such entries.
    public let rightVectors: DenseMatrix

    /// The number of singular values found.
    public var rank: Int { singularValues.count }
}

/// Computes the leading singular values and vectors of a sparse matrix.
///
///     let svd = try truncatedSVD(of: matrix, rank: 256)
///     let embedded = try matrix.multiplied(by: svd.rightVectors)     // rows x rank
///
/// It builds a block Krylov space from a random start and decomposes the matrix within it. <doc:TruncatedSVDCosts> has
/// the steps and their costs. If the shorter side of the matrix is at most 192, or at most the dimension of that space,
/// LAPACK decomposes the matrix exactly instead.
///
/// The result depends on the matrix, the parameters and the processor's instruction set. It does not depend on the
/// number of threads, as long as OpenBLAS runs on one (``useOneBLASThread()``). Singular values approach the true ones
/// from below. If the spectrum decays, those of the leading half have a relative error of at most 1e-3. The last few of
/// a slowly decaying spectrum can be several per cent too low. Rounding of `Float` hides values below about 1e-4 of the
/// largest.
///
/// An empty matrix, or one of zeros, has a decomposition of rank 0.
///
/// - Parameters:
///   - matrix: A matrix of any shape.
///   - rank: How many singular values and vectors to compute, at least 0. The number of rows and of columns caps it.
///   - oversampling: How many dimensions the Krylov space has beyond the rank, rounded up to whole blocks of 64. The
///     default is 3/4 of the rank, and at least 96. Sensible values are 1/2 to 2 times the rank. More oversampling
///     captures more of the matrix. It costs time, in proportion for products with the matrix, and with the square of
///     the dimension for keeping the space orthogonal. It costs `columns` floats of memory for each dimension.
///   - powerIterations: How many times the random start is multiplied with *A*ᵀ*A*. The default is 5, sensible values
///     are 0 to 8. Each costs as much as the products for 64 dimensions, but neither memory nor orthogonalization. 5
///     capture 99.6 % of the best possible energy of abstracts (`Benchmarks/Results/2026-11-25-truncated-svd.md`).
///   - seed: The seed of the random start. Other seeds give the same result up to the accuracy of the method.
///   - threads: The number of threads, at least 1; every core when nil.
///   - includesLeftVectors: Whether to compute the left vectors too. They cost one product of the matrix with the right
///     vectors, and memory for `rows * rank` floats.
///   - progress: Called between the steps with the share of them that is done, on the calling thread. It returns
///     whether to go on.
/// - Returns: The singular values, descending, and their vectors.
/// - Throws: ``LinearAlgebraError`` with the code `invalidParameter`; `factorizationFailed` if LAPACK fails;
///   `notFinite` if a singular value overflows `Float`; or `cancelled` if the closure or the surrounding task says so.
/// - Complexity: O((*nnz* + (*rows* + *columns*) · *d*) · *d*) for a space of *d* = *rank* + *oversampling* dimensions.
///   Memory: the entries once more, with a copy of their column indices if the caller keeps the matrix; dense panels of
///   *columns* x *d*, of *columns* x *rank* twice, and of (*rows* + *columns*) x 128. A matrix of more than twice as
///   many columns as rows is transposed first.
public func truncatedSVD(
    of matrix: consuming CSRMatrix, rank: Int, oversampling: Int? = nil, powerIterations: Int = 5, seed: UInt64 = 42,
    threads: Int? = nil, includesLeftVectors: Bool = false, progress: ((Double) -> Bool)? = nil
) throws(LinearAlgebraError) -> TruncatedSVD {
    let threads = try checkedThreads(threads)
    guard rank >= 0, oversampling ?? 0 >= 0, powerIterations >= 0 else {
        throw LinearAlgebraError(
            .invalidParameter,
            "Cannot compute \(rank) singular values with an oversampling of \(oversampling ?? 0) and "
                + "\(powerIterations) power iterations: give at least 0 of each."
        )
    }
    let plan = TruncatedSVDPlan(
        copy matrix, rank: rank, oversampling: oversampling, powerIterations: powerIterations)
    return try truncatedSVD(
        of: consume matrix, plan: plan, seed: seed, threads: threads, includesLeftVectors: includesLeftVectors,
        progress: progress)
}

/// Computes the leading singular values and vectors of a sparse matrix by a given plan.
package func truncatedSVD(
    of original: consuming CSRMatrix, plan: TruncatedSVDPlan, seed: UInt64 = 42, threads: Int,
    includesLeftVectors: Bool = false, progress: ((Double) -> Bool)? = nil
) throws(LinearAlgebraError) -> TruncatedSVD {
    let (rowCount, columnCount) = (original.rowCount, original.columnCount)
    guard plan.rank > 0, let (scaled, exponent) = original.scaledToUnitNorm() else {
        return TruncatedSVD(
            singularValues: [],
            leftVectors: includesLeftVectors ? DenseMatrix(rowCount: rowCount, columnCount: 0) : nil,
            rightVectors: DenseMatrix(rowCount: columnCount, columnCount: 0))
    }
    let (singularValues, right, left) = try leadingVectors(
        of: consume scaled, plan: plan, seed: seed, threads: threads, includesLeftVectors: includesLeftVectors,
        progress: progress)
    let signs = canonicalSigns(of: right, threads: threads)
    return TruncatedSVD(
        singularValues: try singularValues.scaled(byTwoTo: exponent),
        leftVectors: left?.matrix(scalingColumnsBy: signs, threads: threads),
        rightVectors: right.matrix(scalingColumnsBy: signs, threads: threads))
}

/// The leading singular values of a matrix, its right singular vectors, and the left ones if they are asked for.
private func leadingVectors(
    of matrix: consuming CSRMatrix, plan: TruncatedSVDPlan, seed: UInt64, threads: Int, includesLeftVectors: Bool,
    progress: ((Double) -> Bool)?
) throws(LinearAlgebraError) -> (singularValues: [Float], right: Panel, left: Panel?) {
    guard plan.isTransposed || includesLeftVectors else {
        let (singularValues, right) = try leadingRightVectors(
            of: consume matrix, plan: plan, seed: seed, threads: threads, progress: progress)
        return (singularValues, right, nil)
    }
    if plan.isTransposed { matrix = matrix.transposed() }
    let (singularValues, vectors) = try leadingRightVectors(
        of: copy matrix, plan: plan, seed: seed, threads: threads, progress: progress)
    let opposite = try oppositeVectors(of: matrix, vectors, singularValues, threads: threads)
    guard plan.isTransposed else { return (singularValues, vectors, opposite) }
    return (singularValues, opposite, includesLeftVectors ? vectors : nil)
}
