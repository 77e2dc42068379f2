import CVectorKernels

/// A bound on the error of a distance that was computed from codes.
///
/// Let *x̂* and *q̂* be the decoded codes of a row *x* and a query *q*, and let *r* = |*x* − *x̂*| and *s* = |*q* −
/// *q̂*|. Cauchy and Schwarz give
///
///     |q·x − q̂·x̂| ≤ |q|·r + s·|x̂| ≤ |q|·r + s·(|x| + r)
///
/// The squared Euclidean distance |q|² + |x|² − 2·q·x has twice that bound. The bound also covers the rounding of float
/// sums on both sides.
package struct CodeErrorBound: Sendable {
    private let bound: akin_bound
    private let kernels: KernelTable

    /// Creates the bound for an encoded query.
    package init(query: EncodedQuery, comparison: RowComparison, dimensions: Int, kernels: KernelTable) {
        self.kernels = kernels
        // A sum of n products of floats, in any order, is off by at most n · 2⁻²⁴ of the product of the lengths.
        let rounding = Float(dimensions + 8) * 0x1p-23
        let factor: Float
        let perSquaredNorm: Float
        let squaredScale: Float
        switch comparison {
        case .innerProduct: (factor, perSquaredNorm, squaredScale) = (1, 0, 1)
        case .squaredEuclidean: (factor, perSquaredNorm, squaredScale) = (2, rounding, query.norm * query.norm)
        }
        bound = akin_bound(
            per_residual: factor * (query.norm + query.residual),
            per_norm: factor * (query.residual + rounding * query.norm),
            per_squared_norm: perSquaredNorm,
            constant: .leastNormalMagnitude + rounding * squaredScale
        )
    }

    /// Writes a lower bound for each of `count` distances, and the indices of the bounds that do not exceed `limit`.
    /// Returns the number of indices.
    ///
    /// SAFETY: there must be `count` elements in each input array and room for `count` in each output array.
    @unsafe
    package func keepNear(
        _ distances: UnsafePointer<Float>,
        residuals: UnsafePointer<Float>,
        norms: UnsafePointer<Float>,
        count: Int,
        limit: Float,
        least: UnsafeMutablePointer<Float>,
        kept: UnsafeMutablePointer<UInt32>
    ) -> Int {
        unsafe kernels.kernels.pointee.keep_near(distances, residuals, norms, count, bound, limit, least, kept)
    }
}
