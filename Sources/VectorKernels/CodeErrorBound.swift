import CVectorKernels

/// A bound on the error of a distance that was computed from codes.
///
/// Let *x̂* and *q̂* be the decoded codes of a row *x* and a query *q*, both without their center, and let *r* = |*x* −
/// *x̂*| and *s* = |*q* − *q̂*|. Cauchy and Schwarz give
///
///     |q·x − q̂·x̂| ≤ |q|·r + s·|x̂| ≤ |q|·r + s·(|x| + r)
///
/// A distance has this bound times the factor of its product, 1 or 2; see ``RowFrame``. The bound also covers the
/// rounding of float sums on both sides.
package struct CodeErrorBound: Sendable {
    private let bound: akin_bound
    private let kernels: KernelTable

    /// Creates the bound for an encoded query.
    package init(query: EncodedQuery, kernels: KernelTable) {
        self.kernels = kernels
        bound = query.bound
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
