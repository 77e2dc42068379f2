import Foundation

/// Φ: the probability that a standard normal variable is at most `value`.
package func normalDistribution(_ value: Double) -> Double {
    erfc(-value / 2.0.squareRoot()) / 2
}

/// Φ⁻¹: the value that a standard normal variable is below with a probability, above 0 and below 1.
///
/// It is found by bisection of ``normalDistribution(_:)``, to its last digits. An interval needs three quantiles, so a
/// faster formula would gain nothing.
package func normalQuantile(_ probability: Double) -> Double {
    precondition(probability > 0 && probability < 1, "There is no normal quantile at \(probability).")
    // Below a half, where Φ is small and keeps its precision.
    guard probability <= 0.5 else { return -normalQuantile(1 - probability) }
    var (low, high) = (-39.0, 0.0)
    while true {
        let middle = low + (high - low) / 2
        guard middle > low, middle < high else { return middle }
        if normalDistribution(middle) < probability { low = middle } else { high = middle }
    }
}
