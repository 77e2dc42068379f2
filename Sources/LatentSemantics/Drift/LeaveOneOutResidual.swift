/// Estimates the residual of a document in the space that is fitted on all other documents.
///
/// 1. Let *c* be the document's coordinates, *x* V, and ρ² = 1 − |*c*|² its residual. Take the axes of the space and
///    the one direction *q* in which the document leaves it as a basis. In it Aᵀ A is a diagonal D: the eigenvalues,
///    which are the squares of the singular values, and a number μ for *q*.
/// 2. Without the document, Aᵀ A is D − *d dᵀ* with *d* = (*c*, ρ). The leading axes of the new space are all but the
///    eigenvector *w* of the smallest eigenvalue λ. So the residual is the square of the cosine of *d* and *w*.
/// 3. As *w* ∝ (D − λ)⁻¹ *d*, λ is the root below all of D of the secular equation Σ dₖ² / (Dₖ − λ) = 1 (G. H. Golub,
///    Some modified matrix eigenvalue problems, SIAM Review 15, 1973, <https://doi.org/10.1137/1015032>). Bisection
///    finds it.
/// 4. The exact μ would take a product with A. It is at most the smallest eigenvalue, because *q* is not in the space.
///    It is at least ρ² / (1 − Σ cₖ² / Dₖ), because the matrix without the document has no negative eigenvalue. We take
///    the middle.
///
/// If the space holds every document completely (ρ = 0), the result is exact. On abstracts the mean is within .007 of
/// the mean over held-out documents (`Benchmarks/Results/2026-11-25-latent-semantics.md`).
///
/// - Parameters:
///   - coordinates: *c*, of length 1 at most.
///   - eigenvalues: The squares of the singular values, above 0, as many.
/// - Returns: A number from 0 to 1.
/// - Complexity: O(*rank*), some forty times.
func leaveOneOutResidual(_ coordinates: [Double], eigenvalues: [Double]) -> Double {
    let squares = coordinates.map { $0 * $0 }
    let captured = squares.reduce(0, +)
    guard captured > 0, let smallest = eigenvalues.min() else { return 1 }
    // Rounding of the axes is of this order. A smaller residual is no direction.
    let residual = max(0, 1 - captured)
    let leaves = residual > 1e-6
    var diagonal = eigenvalues
    var numerators = squares
    if leaves {
        let leverage = zip(squares, eigenvalues).reduce(0) { $0 + $1.0 / $1.1 }
        let least = residual / max(1e-9, 1 - leverage)
        diagonal.append((min(least, smallest) + smallest) / 2)
        numerators.append(residual)
    }
    // At −1 every gap is above 1, so the sum is below |d|² ≤ 1. The sum is greatest just below the smallest entry.
    var low = -1.0
    var high = diagonal.min() ?? smallest
    for _ in 0..<secularSteps {
        let middle = (low + high) / 2
        if secularSums(middle, diagonal, numerators).first > 1 { high = middle } else { low = middle }
    }
    let (sum, norm) = secularSums(low, diagonal, numerators)
    return norm > 0 && norm.isFinite ? min(1, sum * sum / norm) : 0
}

/// The number of bisections. They leave the root of an interval of length 1 to some thousands exact to a billionth.
private let secularSteps = 40

/// Σ nₖ / (Dₖ − root) and Σ nₖ / (Dₖ − root)², for a root below all of D.
private func secularSums(
    _ root: Double, _ diagonal: [Double], _ numerators: [Double]
) -> (first: Double, second: Double) {
    var first = 0.0
    var second = 0.0
    for index in diagonal.indices {
        // Rounding may put the root on the entry itself.
        let inverse = 1 / max(diagonal[index] - root, 1e-12)
        let term = numerators[index] * inverse
        first += term
        second += term * inverse
    }
    return (first, second)
}
