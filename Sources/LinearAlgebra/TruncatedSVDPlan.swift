/// How a truncated SVD is to be computed.
package struct TruncatedSVDPlan: Hashable, Sendable {
    /// The number of singular values.
    package var rank: Int

    /// Whether the transposed matrix is decomposed, so that the vectors that are kept orthogonal are the short ones.
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
    /// Without power iterations narrower blocks capture more for the same dimension: at rank 256, in 512 dimensions, 16
    /// columns capture 98.9 % of the best possible energy, 32 98.6 % and 64 97.8 %. Power iterations make up for that
    /// and are cheap, and with 64 columns the kernels are a fifth faster than with 32, so that 7 blocks of 64 after 5
    /// power iterations were the quickest way to a given energy; 14 to 18 blocks of 32, 4 to 5 blocks of 96 and 3 to 4
    /// blocks of 128 were slower.
    package static let blockSize = 64

    /// The power iterations by default; see the measurements at ``blockSize``.
    package static let powerIterations = 5

    /// Up to this many rows or columns a matrix is decomposed exactly, whatever the rank. With 5,000 rows and 200
    /// columns that takes 1.5 times as long as a Krylov space of 128 dimensions, with 300 columns 3 times.
    package static let exactLimit = 192

    /// A matrix with more than this many times as many columns as rows is transposed: keeping the short vectors
    /// orthogonal then saves more than it costs to compute the long ones from them in the end.
    package static let wideRatio = 2

    /// A plan of one's own, for comparisons.
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
