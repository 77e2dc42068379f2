/// The leading singular values of a matrix and its right singular vectors.
///
/// A matrix that the caller does not keep is changed in place, which saves a copy of its column indices.
func leadingRightVectors(
    of matrix: consuming CSRMatrix, plan: TruncatedSVDPlan, seed: UInt64, threads: Int, progress: ((Double) -> Bool)?
) throws(LinearAlgebraError) -> (singularValues: [Float], vectors: Panel) {
    switch plan.method {
    case .exact:
        return try exactRightVectors(of: matrix, rank: plan.rank, threads: threads)
    case .krylov(let blockSize, let steps, let powerIterations):
        return try krylovRightVectors(
            of: consume matrix, rank: plan.rank, blockSize: blockSize, steps: steps, powerIterations: powerIterations,
            seed: seed, threads: threads, progress: progress)
    }
}

private func exactRightVectors(
    of matrix: CSRMatrix, rank: Int, threads: Int
) throws(LinearAlgebraError) -> (singularValues: [Float], vectors: Panel) {
    let svd = try singularValueDecomposition(of: TallMatrix(matrix).triangle(threads: threads))
    let longSide = max(matrix.rowCount, matrix.columnCount)
    let rank = numericalRank(svd.singularValues, longSide: longSide, limit: rank)
    let vectors = Panel(rowCount: matrix.columnCount, columnCount: rank)
    vectors.all.set(svd.rightVectors.leadingColumns(rank))
    return (Array(svd.singularValues[..<rank]), vectors)
}

private func krylovRightVectors(
    of original: consuming CSRMatrix, rank: Int, blockSize: Int, steps: Int, powerIterations: Int, seed: UInt64,
    threads: Int, progress: ((Double) -> Bool)?
) throws(LinearAlgebraError) -> (singularValues: [Float], vectors: Panel) {
    let longSide = max(original.rowCount, original.columnCount)
    let (matrix, order) = original.withFrequentColumnsFirst(threads: threads)
    let lanczos = BlockLanczos(
        matrix: consume matrix, blockSize: blockSize, steps: steps, powerIterations: powerIterations, seed: seed,
        threads: threads)
    let (basis, svd) = try krylovDecomposition(by: consume lanczos, rank: rank, threads: threads, progress: progress)
    let rank = numericalRank(svd.singularValues, longSide: longSide, limit: rank)
    let weights = Panel(rowCount: basis.columnCount, columnCount: rank)
    weights.all.set(svd.rightVectors.leadingColumns(rank))
    let vectors = Panel(rowCount: basis.rowCount, columnCount: rank)
    forEachChunk(ofRows: basis.rowCount, threads: threads) { rows in
        let chunk = Panel(rowCount: rows.count, columnCount: rank)
        multiply(basis.rows(rows), weights.all, into: chunk.all)
        for row in rows {
            let (place, source) = (Int(order[row]), row - rows.lowerBound)
            vectors.rows(place..<place + 1).copy(chunk.rows(source..<source + 1))
        }
    }
    return (Array(svd.singularValues[..<rank]), vectors)
}

/// A basis of a Krylov space, and the decomposition of the matrix within it. The matrix itself is given back.
private func krylovDecomposition(
    by lanczos: consuming BlockLanczos, rank: Int, threads: Int, progress: ((Double) -> Bool)?
) throws(LinearAlgebraError) -> (basis: Panel, svd: SingularValueDecomposition) {
    let krylov = try lanczos.run(progress)
    let svd = try singularValueDecomposition(of: krylov.projection)
    guard !krylov.isReliable || svd.isDelicate(rank: rank) else { return (krylov.basis, svd) }
    let product = TallMatrix(lanczos.matrix, times: krylov.basis)
    return (krylov.basis, try singularValueDecomposition(of: product.triangle(threads: threads)))
}

extension SingularValueDecomposition {
    /// The share of the largest singular value below which rounding in the recurrence could matter. It moves singular
    /// values by some 1e-6 of the largest: 1e-4 of one that is a hundredth of the largest, and a tenth of the error
    /// allowed.
    private static let delicateRatio: Float = 0.01

    /// Whether the last of the leading singular values is so small that the rounding of the recurrence could matter.
    fileprivate func isDelicate(rank: Int) -> Bool {
        singularValues[rank - 1] < Self.delicateRatio * singularValues[0]
    }
}

/// How many of the singular values exceed rounding error.
///
/// The bound is 4 roundings of `Float` times the square root of the longer side times the largest singular value. It
/// lies several times above what rounding makes of exact zeros in rank-deficient matrices, and far below the smallest
/// singular value of interest.
private func numericalRank(_ singularValues: [Float], longSide: Int, limit: Int) -> Int {
    let bound = 4 * Float.ulpOfOne * Float(longSide).squareRoot() * (singularValues.first ?? 0)
    return min(limit, singularValues.firstIndex { $0 <= bound } ?? singularValues.count)
}

/// The singular vectors on the other side: the columns of A · V, orthonormal.
func oppositeVectors(
    of matrix: CSRMatrix, _ vectors: Panel, _ singularValues: [Float], threads: Int
) throws(LinearAlgebraError) -> Panel {
    let rank = singularValues.count
    let result = Panel(rowCount: matrix.rowCount, columnCount: rank)
    let factors = singularValues.map { 1 / $0 }
    forEachChunk(ofRows: matrix.rowCount, threads: threads) { rows in
        multiplyRows(of: matrix, rows, with: vectors, into: result.rows(rows))
        result.rows(rows).scaleColumns(by: factors)
    }
    // The columns are orthonormal apart from rounding, which is large for small singular values. They are made
    // orthonormal in descending order of the singular values, so the accurate ones stay as they are.
    if orthonormalizeByCholesky(result, gram: gram(of: result, threads: threads), threads: threads) == nil {
        result.all.set(try thinQR(of: result.all.matrix()).q.values)
    }
    return result
}
