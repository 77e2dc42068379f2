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
    package static let exactLimit = 192

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
