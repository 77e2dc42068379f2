/// How a truncated SVD is computed.
package struct TruncatedSVDPlan: Hashable, Sendable {
    /// The number of singular values.
    package var rank: Int

    /// Whether the transposed matrix is decomposed. The vectors that are kept orthogonal are then the shorter ones.
    package var isTransposed: Bool

    /// How the leading vectors are found.
    package var method: Method

    /// The ways to find the leading vectors.
    package enum Method: Hashable, Sendable {
        /// A QR factorization of the whole matrix and LAPACK's SVD of the triangle.
        case exact

        /// Block Lanczos bidiagonalization.
        case krylov(blockSize: Int, steps: Int, powerIterations: Int)
    }

    /// The columns of a block.
    ///
    /// 7 blocks of 64 after 5 power iterations were the quickest way to a given energy at rank 256
    /// (`Benchmarks/Results/2026-11-25-truncated-svd.md`).
    package static let blockSize = 64

    /// The power iterations by default; see the measurements at ``blockSize``.
    package static let powerIterations = 5

    /// A matrix of at most this many rows or columns is decomposed exactly, whatever the rank. With 200 columns that
    /// takes 1.5 times as long as a Krylov space of 128 dimensions (`Benchmarks/Results/2026-11-25-truncated-svd.md`).
    package static let exactLimit = 192

    /// A matrix with more than this many times as many columns as rows is transposed. Keeping the shorter vectors
    /// orthogonal saves more than it costs to compute the longer ones from them.
    package static let wideRatio = 2

    /// Creates a plan of any kind, for comparisons.
    package init(rank: Int, isTransposed: Bool, method: Method) {
        self.rank = rank
        self.isTransposed = isTransposed
        self.method = method
    }

    /// The plan for a matrix.
    package init(
        _ matrix: CSRMatrix, rank: Int, oversampling: Int? = nil, powerIterations: Int = Self.powerIterations
    ) {
        let short = min(matrix.rowCount, matrix.columnCount)
        self.rank = min(rank, short)
        let dimension = self.rank + min(short, oversampling ?? max(96, self.rank * 3 / 4))
        let steps = (dimension + Self.blockSize - 1) / Self.blockSize
        if short <= max(Self.exactLimit, steps * Self.blockSize) {
            method = .exact
            isTransposed = matrix.columnCount > matrix.rowCount
        } else {
            method = .krylov(blockSize: Self.blockSize, steps: steps, powerIterations: powerIterations)
            isTransposed = matrix.columnCount > matrix.rowCount * Self.wideRatio
        }
    }
}
