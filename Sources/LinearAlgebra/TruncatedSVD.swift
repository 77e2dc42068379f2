import ParallelLoops

/// The leading singular values of a matrix and their vectors.
public struct TruncatedSVD: Sendable, Hashable {
    /// The singular values, descending and positive.
    ///
    /// Fewer than were asked for where the matrix has no more: those that cannot be told from rounding error are left
    /// out.
    public let singularValues: [Float]

    /// The left singular vectors, as columns, if they were asked for: *rows* x ``rank``.
    public let leftVectors: DenseMatrix?

    /// The right singular vectors, as columns: *columns* x ``rank``.
    ///
    /// Of each vector the entry of the largest magnitude is positive, the one of the smaller index where several are
    /// equal.
    public let rightVectors: DenseMatrix

    /// The number of singular values found.
    public var rank: Int { singularValues.count }
}

/// Computes the leading singular values and vectors of a sparse matrix.
///
///     let svd = try truncatedSVD(of: matrix, rank: 256)
///     let embedded = try matrix.multiplied(by: svd.rightVectors)     // rows x rank
///
/// A block Krylov space is built from a random start, and the matrix decomposed within it (see <doc:TruncatedSVDCosts>
/// for the steps, their costs and what was measured). If the shorter side of the matrix is no longer than the dimension
/// of that space, or no more than 128, LAPACK decomposes the matrix exactly instead.
///
/// The result depends on the matrix, the parameters and the processor's instruction set, and not on the number of
/// threads, as long as OpenBLAS runs on one (``useOneBLASThread()``). Singular values approach the true ones from below.
/// Those of the leading half are within 1e-3 of them, relatively, on spectra that decay; the last few of a slowly
/// decaying spectrum can be a few per cent low, and more `oversampling` helps.
///
/// An empty matrix, or one of zeros, has a decomposition of rank 0.
///
/// - Parameters:
///   - matrix: A matrix of any shape.
///   - rank: How many singular values and vectors to compute, at least 0. Capped by the number of rows and of columns.
///   - oversampling: How many dimensions the Krylov space has beyond the rank, rounded up to whole blocks; by default
///     5/4 of the rank, and at least 96. Sensible are 1/2 of the rank to 2 times the rank. More of it captures
///     more of the matrix: at rank 256, an oversampling of 256 falls short of the best possible energy by 1.0 %, 320 by
///     0.5 % and 448 by 0.15 %. It costs time in proportion for products with the matrix, and with the square of the
///     dimension for keeping the space orthogonal, and `columns * (rank + oversampling)` floats of memory.
///   - seed: The seed of the random start. Other seeds give the same result up to the accuracy of the method.
///   - threads: The number of threads, at least 1; every core when nil.
///   - includesLeftVectors: Whether to compute the left vectors too, at the cost of one product of the matrix with the
///     right vectors, and the memory for `rows * rank` floats.
/// - Returns: The singular values, descending, and their vectors.
/// - Throws: ``LinearAlgebraError`` with the code `invalidParameter`; `factorizationFailed` if LAPACK fails or memory
///   runs out; or `notFinite` if a singular value overflows `Float`.
/// - Complexity: O((*nnz* + (*rows* + *columns*) · *d*) · *d*) for a space of *d* = *rank* + *oversampling* dimensions.
///   Memory: the entries once more, and dense panels of *shorter side* x *d*, *columns* x *rank* and 4 blocks.
public func truncatedSVD(
    of matrix: CSRMatrix, rank: Int, oversampling: Int? = nil, powerIterations: Int = 5, seed: UInt64 = 42,
    threads: Int? = nil, includesLeftVectors: Bool = false
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
        matrix, rank: rank, oversampling: oversampling, powerIterations: powerIterations)
    return try truncatedSVD(
        of: matrix, plan: plan, seed: seed, threads: threads, includesLeftVectors: includesLeftVectors)
}

/// How a truncated SVD is to be computed.
package struct TruncatedSVDPlan: Hashable, Sendable {
    /// The number of singular values.
    package var rank: Int

    /// Whether the transposed matrix is decomposed, so that the vectors that are kept orthogonal are the short ones.
    package var isTransposed: Bool

    package var method: Method

    package enum Method: Hashable, Sendable {
        /// A QR factorization of the whole matrix and LAPACK's SVD of the triangle.
        case exact

        /// Block Lanczos bidiagonalization.
        case krylov(blockSize: Int, steps: Int, powerIterations: Int)
    }

    /// The columns of a block. Narrower blocks capture more for the same dimension (of a Krylov space of 512 dimensions
    /// at rank 256: 16 columns, 98.98 % of the best possible; 32, 98.66 %; 64, 97.83 %), but sparse products run a
    /// quarter slower with 16 columns than with 32, and dense ones too.
    package static let blockSize = 64

    /// Up to this many rows or columns a matrix is decomposed exactly, whatever the rank.
    package static let exactLimit = 128

    package init(rank: Int, isTransposed: Bool, method: Method) {
        self.rank = rank
        self.isTransposed = isTransposed
        self.method = method
    }

    /// The plan for a matrix.
    package init(_ matrix: CSRMatrix, rank: Int, oversampling: Int? = nil, powerIterations: Int = 5) {
        let short = min(matrix.rowCount, matrix.columnCount)
        self.rank = min(rank, short)
        let dimension = self.rank + (oversampling ?? max(96, self.rank * 3 / 4))
        let steps = (dimension + Self.blockSize - 1) / Self.blockSize
        if short <= max(Self.exactLimit, steps * Self.blockSize) {
            method = .exact
            isTransposed = matrix.columnCount > matrix.rowCount
        } else {
            method = .krylov(blockSize: Self.blockSize, steps: steps, powerIterations: powerIterations)
            isTransposed = matrix.columnCount > matrix.rowCount * 2
        }
    }
}

/// Computes the leading singular values and vectors of a sparse matrix by a given plan.
package func truncatedSVD(
    of original: CSRMatrix, plan: TruncatedSVDPlan, seed: UInt64 = 42, threads: Int, includesLeftVectors: Bool = false
) throws(LinearAlgebraError) -> TruncatedSVD {
    let (scaled, exponent) = original.scaledToUnitNorm()
    guard plan.rank > 0, let scaled else {
        return TruncatedSVD(
            singularValues: [],
            leftVectors: includesLeftVectors ? DenseMatrix(rowCount: original.rowCount, columnCount: 0) : nil,
            rightVectors: DenseMatrix(rowCount: original.columnCount, columnCount: 0))
    }
    let matrix = plan.isTransposed ? scaled.transposed() : scaled
    let leading = try leadingRightVectors(of: matrix, plan: plan, seed: seed, threads: threads)
    var opposite: Panel?
    if plan.isTransposed || includesLeftVectors {
        opposite = try oppositeVectors(of: matrix, leading.vectors, leading.singularValues, threads: threads)
    }
    let right: Panel
    let left: Panel?
    if plan.isTransposed, let vectors = opposite {
        (right, left) = (vectors, leading.vectors)
    } else {
        (right, left) = (leading.vectors, opposite)
    }
    let signs = canonicalSigns(of: right, threads: threads)
    return TruncatedSVD(
        singularValues: try leading.singularValues.scaled(byTwoTo: exponent),
        leftVectors: includesLeftVectors ? left?.matrix(columnSigns: signs, threads: threads) : nil,
        rightVectors: right.matrix(columnSigns: signs, threads: threads))
}

/// The leading singular values of a matrix and its right singular vectors.
private func leadingRightVectors(
    of matrix: CSRMatrix, plan: TruncatedSVDPlan, seed: UInt64, threads: Int
) throws(LinearAlgebraError) -> (singularValues: [Float], vectors: Panel) {
    switch plan.method {
    case .exact:
        let triangle = try TallMatrix(matrix).triangle(threads: threads)
        let svd = try singularValueDecomposition(of: triangle)
        let rank = numericalRank(svd.singularValues, of: matrix, limit: plan.rank)
        let vectors = Panel(rowCount: matrix.columnCount, columnCount: rank)
        vectors.all.set(svd.rightVectors.leadingColumns(rank))
        return (Array(svd.singularValues[..<rank]), vectors)
    case .krylov(let blockSize, let steps, let powerIterations):
        var lanczos = BlockLanczos(
            matrix: matrix, blockSize: blockSize, steps: steps, powerIterations: powerIterations, seed: seed,
            threads: threads)
        let krylov = try lanczos.run()
        var svd = try singularValueDecomposition(of: krylov.projection)
        if !krylov.isReliable || svd.isDelicate(rank: plan.rank) {
            svd = try singularValueDecomposition(
                of: TallMatrix(matrix, times: krylov.basis).triangle(threads: threads))
        }
        let rank = numericalRank(svd.singularValues, of: matrix, limit: plan.rank)
        let weights = Panel(rowCount: blockSize * steps, columnCount: rank)
        weights.all.set(svd.rightVectors.leadingColumns(rank))
        let vectors = Panel(rowCount: matrix.columnCount, columnCount: rank)
        forEachChunk(ofRows: matrix.columnCount, threads: threads) { rows in
            multiply(krylov.basis.rows(rows), weights.all, into: vectors.rows(rows))
        }
        return (Array(svd.singularValues[..<rank]), vectors)
    }
}

extension SingularValueDecomposition {
    /// Whether the last of the leading singular values is so small that the rounding of a recurrence could matter.
    fileprivate func isDelicate(rank: Int) -> Bool {
        singularValues[rank - 1] < 0.01 * singularValues[0]
    }
}

/// How many of the singular values stand out from rounding error.
///
/// The bound, 4 roundings of `Float` times the square root of the longer side times the largest singular value, lies
/// several times above what is left for exact zeros in rank-deficient matrices, and far below the smallest singular value
/// of interest.
private func numericalRank(_ singularValues: [Float], of matrix: CSRMatrix, limit: Int) -> Int {
    let longSide = Float(max(matrix.rowCount, matrix.columnCount))
    let bound = 4 * Float.ulpOfOne * longSide.squareRoot() * (singularValues.first ?? 0)
    return min(limit, singularValues.firstIndex { $0 <= bound } ?? singularValues.count)
}

/// The singular vectors on the other side: the columns of A · V, orthonormal.
private func oppositeVectors(
    of matrix: CSRMatrix, _ vectors: Panel, _ singularValues: [Float], threads: Int
) throws(LinearAlgebraError) -> Panel {
    let rank = singularValues.count
    let result = Panel(rowCount: matrix.rowCount, columnCount: rank)
    let factors = singularValues.map { 1 / $0 }
    forEachChunk(ofRows: matrix.rowCount, threads: threads) { rows in
        multiplyRows(of: matrix, rows, with: vectors, into: result.rows(rows))
        result.rows(rows).scaleColumns(by: factors)
    }
    // The columns are orthonormal already but for rounding, which is large where a singular value is small. They are
    // made so in descending order of the singular values, so that the accurate ones stay as they are.
    if orthonormalizeByCholesky(result, gram: gram(of: result, threads: threads), threads: threads) == nil {
        result.all.set(try thinQR(of: result.all.matrix()).q.values)
    }
    return result
}
