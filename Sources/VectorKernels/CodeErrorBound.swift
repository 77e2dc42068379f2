import CVectorKernels

/// By how much the distance that codes give may differ from the one that floats give.
///
/// With *x̂* what a row's codes stand for, *q̂* the query's, *r* = |*x* − *x̂*| and *s* = |*q* − *q̂*|, Cauchy and Schwarz give
///
///     |q·x − q̂·x̂| ≤ |q|·r + s·|x̂| ≤ |q|·r + s·(|x| + r)
///
/// and twice that for the squared Euclidean distance |q|² + |x|² − 2·q·x. The bound includes the rounding of the sums of
/// floats on both sides.
package struct CodeErrorBound: Sendable {
    private let bound: akin_bound
    private let kernels: KernelTable

    /// The bound for an encoded query.
    package init(query: EncodedQuery, metric: Metric, dimensions: Int, kernels: KernelTable) {
        self.kernels = kernels
        // A sum of n products of floats, in any order, is off by at most n · 2⁻²⁴ of the product of the lengths.
        let rounding = Float(dimensions + 8) * 0x1p-23
        let isSquared = metric == .squaredEuclidean
        let factor: Float = isSquared ? 2 : 1
        bound = akin_bound(
            per_residual: factor * (query.norm + query.residual),
            per_norm: factor * (query.residual + rounding * query.norm),
            per_squared_norm: isSquared ? rounding : 0,
            constant: .leastNormalMagnitude + rounding * (isSquared ? query.norm * query.norm : 1)
        )
    }

    /// Writes the least that each of `count` distances may be, and the places of those that are not above `limit`.
    /// Returns how many there are.
    ///
    /// SAFETY: there must be `count` elements in each array, and room for as many.
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
