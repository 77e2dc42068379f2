/// The result of block Lanczos bidiagonalization: *A* · `basis` = *U* · `projection` for some *U* with orthonormal
/// columns.
struct KrylovBasis {
    /// Orthonormal vectors in the space of the columns of *A*: *columns* x *dimension*.
    let basis: Panel

    /// The block upper bidiagonal matrix, *dimension* x *dimension*.
    let projection: DenseMatrix

    /// Whether *U* is orthonormal to rounding, so that the singular values of `projection` are those of *A* · `basis`.
    let isReliable: Bool
}

/// Block Golub–Kahan–Lanczos bidiagonalization with full reorthogonalization on one side.
///
/// With a block *V*₁ of *b* orthonormal columns, *U*₀ = 0 and *S*₀ = 0, for *j* = 1, 2 … *steps*:
///
/// 1. *U*ⱼ *R*ⱼ = *A* *V*ⱼ − *U*ⱼ₋₁ *S*ⱼ₋₁ᵀ
/// 2. *V*ⱼ₊₁ *S*ⱼ = *A*ᵀ *U*ⱼ − *V*ⱼ *R*ⱼᵀ, reorthogonalized against all of *V*₁ … *V*ⱼ
///
/// Each left-hand side is a factorization into orthonormal columns and a *b* x *b* factor. Then
/// *A* [*V*₁ … *V*ₖ] = [*U*₁ … *U*ₖ] *B* with *R*ⱼ on the diagonal of *B* and *S*ⱼᵀ right of it. The singular values of
/// *B* approach those of *A* from below, the large ones first. The *V* span a Krylov space, so they capture more than
/// subspace iteration with as many products with *A*.
///
/// Sources: G. H. Golub, F. T. Luk & M. L. Overton, "A block Lanczos method for computing the singular values and
/// corresponding singular vectors of a matrix", 1981. H. D. Simon & H. Zha, "Low-rank matrix approximation using the
/// Lanczos bidiagonalization process with applications", 2000: reorthogonalizing the *V* alone keeps the *U* orthogonal
/// as well, as long as *B* is not too ill-conditioned. C. Musco & C. Musco, "Randomized block Krylov methods for
/// stronger and faster approximate singular value decomposition", 2015: a random start suffices, with guarantees.
///
/// We deviate in three ways:
///
/// - *V*₁ is not random but the result of a few power iterations. These capture almost as much as steps do, and cost
///   less because nothing is kept orthogonal to them.
/// - Columns of *U* that vanish become 0, and random columns replace columns of *V* that vanish. So multiple singular
///   values beyond the block size are found.
/// - The result says whether a factorization was ill-conditioned. The caller then computes the projection again from
///   *A* · `basis`.
struct BlockLanczos {
    let matrix: CSRMatrix
    let tiles: TransposedTiles
    let blockSize: Int
    let steps: Int
    let powerIterations: Int
    let seed: UInt64
    let threads: Int

    private let rowCount: Int
    private let columnCount: Int
    private let basis: Panel

    /// The largest length of a column so far: an estimate of the largest singular value from below.
    private var scale = 0.0
    private var isReliable = true

    /// The number of the next stream of random numbers.
    private var stream: UInt64 = 0

    /// A column shorter than this, relative to the largest singular value, counts as rounding error. The entries of a
    /// product with *A* have errors of about 1e-7 times that value.
    private static let negligible = 1e-5

    /// Below this length, relative to the largest singular value, the columns of *U* lose their orthogonality.
    private static let delicate = 1e-3

    /// Prepares an iteration.
    ///
    /// - Precondition: `blockSize * steps` is at most the matrix's number of rows and of columns.
    init(
        matrix: CSRMatrix, blockSize: Int, steps: Int, powerIterations: Int, seed: UInt64, threads: Int
    ) {
        precondition(
            blockSize > 0 && steps > 0 && blockSize * steps <= min(matrix.rowCount, matrix.columnCount),
            "\(steps) blocks of \(blockSize) in a \(matrix.rowCount) x \(matrix.columnCount) matrix"
        )
        self.matrix = matrix
        self.blockSize = blockSize
        self.steps = steps
        self.powerIterations = powerIterations
        self.seed = seed
        self.threads = threads
        tiles = TransposedTiles(matrix, threads: threads)
        rowCount = matrix.rowCount
        columnCount = matrix.columnCount
        basis = Panel(rowCount: matrix.columnCount, columnCount: blockSize * steps)
    }

    /// Runs all steps, or as many as the matrix has room for.
    ///
    /// - Parameter progress: Called between the steps with the share that is done. It returns whether to go on.
    /// - Returns: The result of the bidiagonalization.
    /// - Throws: ``LinearAlgebraError`` with the code `factorizationFailed` if LAPACK fails, or `cancelled`.
    mutating func run(_ progress: ((Double) -> Bool)? = nil) throws(LinearAlgebraError) -> KrylovBasis {
        var projection = DenseMatrix(rowCount: blockSize * steps, columnCount: blockSize * steps)
        var (left, previousLeft) = (
            Panel(rowCount: rowCount, columnCount: blockSize), Panel(rowCount: rowCount, columnCount: blockSize)
        )
        var (right, nextRight) = (
            Panel(rowCount: columnCount, columnCount: blockSize), Panel(rowCount: columnCount, columnCount: blockSize)
        )
        try start(right, from: left, progress)
        var s: SquareBlock?
        for step in 0..<steps {
            try tell(powerIterations + 1 + step, progress)
            swap(&left, &previousLeft)
            let r = try expandLeft(left, from: right, previousLeft, s)
            projection.setBlock(row: step, column: step, r)
            if let s { projection.setBlock(row: step - 1, column: step, s.transposed) }
            guard step + 1 < steps else { break }
            s = try expandRight(nextRight, from: left, right, r, step: step)
            swap(&right, &nextRight)
        }
        try tell(powerIterations + 1 + steps, progress)
        return KrylovBasis(basis: basis, projection: projection, isReliable: isReliable)
    }
}

// MARK: - The steps

extension BlockLanczos {
    /// Tells how many of the power iterations and steps are done, and ends the work if the closure or the surrounding
    /// task says so.
    private func tell(_ done: Int, _ progress: ((Double) -> Bool)?) throws(LinearAlgebraError) {
        let share = Double(done) / Double(powerIterations + 1 + steps)
        guard !Task.isCancelled, progress?(share) ?? true else {
            throw LinearAlgebraError(.cancelled, "Stopped a decomposition before its end, as was asked.")
        }
    }

    /// Sets the first block to an orthonormal basis of (*A*ᵀ*A*)ᵖ *A*ᵀ Ω for a random Ω and *p* power iterations.
    private mutating func start(
        _ right: Panel, from left: Panel, _ progress: ((Double) -> Bool)?
    ) throws(LinearAlgebraError) {
        let matrix = matrix
        fillWithRandomNumbers(left.all, seed: seed, stream: nextStream(), threads: threads)
        var isSteep = false
        for iteration in 0...powerIterations {
            try tell(iteration, progress)
            if iteration > 0 {
                forEachChunk(ofRows: rowCount, threads: threads) { rows in
                    multiplyRows(of: matrix, rows, with: right, into: left.rows(rows))
                }
                // A product with both A and A^T squares the ratios of the singular values. If these are so large that
                // rounding would remove the small ones, the columns are made orthonormal between the products too.
                if isSteep { _ = try orthonormalize(left) }
            }
            multiplyTransposed(left, into: right)
            let block = try orthonormalize(right)
            if !block.isComplete {
                isSteep = true
                _ = try repair(right, block, step: 0)
            }
        }
        store(right, step: 0)
    }

    /// Makes the columns of a panel orthonormal; those that are negligible beside the longest become 0.
    private func orthonormalize(_ panel: Panel) throws(LinearAlgebraError) -> OrthonormalizedBlock {
        let gram = gram(of: panel, threads: threads)
        return try LinearAlgebra.orthonormalize(
            panel, gram: gram, negligible: gram.longestColumn * Self.negligible, threads: threads)
    }

    /// Step 1: sets `left` to *U*ⱼ and returns *R*ⱼ.
    private mutating func expandLeft(
        _ left: Panel, from right: Panel, _ previousLeft: Panel, _ s: SquareBlock?
    ) throws(LinearAlgebraError) -> SquareBlock {
        let coefficients = s?.transposed.panel
        let (matrix, size) = (matrix, blockSize)
        let sums = sumOverChunks(ofRows: rowCount, height: size, width: size, threads: threads) { rows, partial in
            let slice = left.rows(rows)
            multiplyRows(of: matrix, rows, with: right, into: slice)
            if let coefficients {
                multiply(previousLeft.rows(rows), coefficients.all, into: slice, scale: -1, keep: 1)
            }
            multiply(transposed: slice, slice, into: partial)
        }
        let gram = SquareBlock(size: size, values: sums)
        scale = max(scale, gram.longestColumn)
        if gram.shortestColumn < Self.delicate * scale { isReliable = false }
        let block = try LinearAlgebra.orthonormalize(
            left, gram: gram, negligible: Self.negligible * scale, threads: threads)
        if !block.isComplete { isReliable = false }
        return block.r
    }

    /// Step 2: sets `nextRight` to *V*ⱼ₊₁, also in the basis, and returns *S*ⱼ.
    private mutating func expandRight(
        _ nextRight: Panel, from left: Panel, _ right: Panel, _ r: SquareBlock, step: Int
    ) throws(LinearAlgebraError) -> SquareBlock {
        multiplyTransposed(left, into: nextRight)
        let coefficients = r.transposed.panel
        forEachChunk(ofRows: columnCount, threads: threads) { rows in
            multiply(right.rows(rows), coefficients.all, into: nextRight.rows(rows), scale: -1, keep: 1)
        }
        var gram = reorthogonalize(nextRight, against: step + 1)
        if gram.lostLength { gram = reorthogonalize(nextRight, against: step + 1) }
        scale = max(scale, gram.remaining.longestColumn)
        var block = try LinearAlgebra.orthonormalize(
            nextRight, gram: gram.remaining, negligible: Self.negligible * scale, threads: threads)
        if !block.isComplete { block.r = try repair(nextRight, block, step: step + 1).times(block.r) }
        store(nextRight, step: step + 1)
        return block.r
    }

    /// Fills the empty columns of a block with random ones and makes all of it orthonormal, to itself and to the basis.
    ///
    /// - Returns: The factor by which the block changed. The old columns are the new ones times this, apart from their
    ///   part in the basis.
    private mutating func repair(
        _ right: Panel, _ block: OrthonormalizedBlock, step: Int
    ) throws(LinearAlgebraError) -> SquareBlock {
        let length = Float(1 / Double(columnCount).squareRoot())
        for column in block.emptyColumns {
            let slice = right.columns(column..<column + 1)
            fillWithRandomNumbers(slice, seed: seed, stream: nextStream(), threads: threads)
            slice.scale(by: length)
        }
        // Twice is enough (Kahan, in Parlett, "The Symmetric Eigenvalue Problem", 1980). The first pass leaves rounding
        // errors of lengths that may have shrunk. The second removes them.
        var change = SquareBlock(identity: blockSize)
        for _ in 0..<2 {
            let gram = reorthogonalize(right, against: step).remaining
            let pass = try LinearAlgebra.orthonormalize(right, gram: gram, negligible: 1e-6, threads: threads)
            change = pass.r.times(change)
        }
        return change
    }

    /// Projects the first blocks of the basis out of a panel, once.
    ///
    /// - Returns: The Gram matrix of what remains, and whether a column lost more than half of its length. Then the
    ///   projection should be repeated.
    private func reorthogonalize(_ panel: Panel, against blocks: Int) -> (remaining: SquareBlock, lostLength: Bool) {
        let (basis, size, width) = (basis, blockSize, blocks * blockSize)
        let sums = sumOverChunks(ofRows: columnCount, height: width, width: size, threads: threads) { rows, partial in
            multiply(
                transposed: PanelSlice(panel: basis, rows: rows, columns: 0..<width), panel.rows(rows), into: partial)
        }
        let coefficients = Panel(rowCount: width, columnCount: size)
        coefficients.all.set(sums.map { Float($0) })
        let grams = sumOverChunks(ofRows: columnCount, height: size, width: size, threads: threads) { rows, partial in
            multiply(
                PanelSlice(panel: basis, rows: rows, columns: 0..<width), coefficients.all, into: panel.rows(rows),
                scale: -1, keep: 1)
            multiply(transposed: panel.rows(rows), panel.rows(rows), into: partial)
        }
        let remaining = SquareBlock(size: size, values: grams)
        let lostLength = (0..<size).contains { column in
            let lost = stride(from: column, to: sums.count, by: size).reduce(0) { $0 + sums[$1] * sums[$1] }
            return lost > remaining[column, column]
        }
        return (remaining, lostLength)
    }

    private func multiplyTransposed(_ left: Panel, into right: Panel) {
        right.all.clear()
        // SAFETY: the panels have one row for each row and each column of the matrix.
        unsafe tiles.multiply(
            left.all.base, panelStride: left.stride, right.all.base, outputStride: right.stride, width: blockSize,
            threads: threads)
    }

    private func store(_ right: Panel, step: Int) {
        let columns = step * blockSize..<(step + 1) * blockSize
        forEachChunk(ofRows: columnCount, threads: threads) { [basis] rows in
            PanelSlice(panel: basis, rows: rows, columns: columns).copy(right.rows(rows))
        }
    }

    private mutating func nextStream() -> UInt64 {
        defer { stream += 1 }
        return stream
    }
}

/// Sets a slice to some rows of the product of a matrix and a panel.
func multiplyRows(of matrix: CSRMatrix, _ rows: Range<Int>, with panel: Panel, into slice: PanelSlice) {
    precondition(
        panel.rowCount == matrix.columnCount && slice.rowCount == rows.count
            && slice.columnCount == panel.columnCount,
        "rows \(rows) of \(matrix) times \(panel.rowCount) x \(panel.columnCount)"
    )
    // SAFETY: the panel has a row for each column of the matrix, and the slice one for each of the rows.
    unsafe matrix.multiplyRows(
        rows, panel.all.base, panelStride: panel.stride, slice.base, outputStride: slice.stride,
        width: panel.columnCount)
}

extension DenseMatrix {
    /// Sets one block of a matrix that is cut into square blocks.
    fileprivate mutating func setBlock(row: Int, column: Int, _ block: SquareBlock) {
        for blockRow in 0..<block.size {
            for blockColumn in 0..<block.size {
                self[row * block.size + blockRow, column * block.size + blockColumn] =
                    Float(block[blockRow, blockColumn])
            }
        }
    }
}
