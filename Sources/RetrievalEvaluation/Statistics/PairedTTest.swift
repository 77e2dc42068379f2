import Foundation

/// Student's paired t-test of the hypothesis that two systems do equally well on the mean, two-sided.
///
/// It takes the differences for draws from a normal distribution, which those of retrieval are not; over some fifty
/// queries or more it agrees with the ``RandomizationTest`` all the same (Smucker, Allan & Carterette, 2007).
public struct PairedTTest: Hashable, Sendable {
    /// The statistic: the mean difference divided by its standard error.
    public let t: Double

    /// The degrees of freedom: one fewer than there are queries.
    public let degreesOfFreedom: Int

    /// How probable a statistic at least as far from 0 is if the hypothesis holds.
    public let pValue: Double

    /// Tests differences; `nil` for fewer than two, or if all are equal, where the statistic has no value.
    ///
    /// - Parameter differences: For each query, the value of one system less that of the other.
    /// - Complexity: O(*n*).
    public init?(_ differences: [Double]) {
        guard let first = differences.first, differences.contains(where: { $0 != first }) else { return nil }
        let count = Double(differences.count)
        let mean = differences.reduce(0, +) / count
        let variance = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
        guard variance > 0 else { return nil }
        t = mean / (variance / count).squareRoot()
        degreesOfFreedom = differences.count - 1
        pValue = studentTail(t, degreesOfFreedom: Double(degreesOfFreedom))
    }
}

/// The probability that a variable of Student's distribution lies at least as far from 0 as `t`:
/// *I*(*ν* / (*ν* + *t*²); *ν* / 2, ½).
package func studentTail(_ t: Double, degreesOfFreedom: Double) -> Double {
    incompleteBeta(degreesOfFreedom / (degreesOfFreedom + t * t), degreesOfFreedom / 2, 0.5)
}

/// The regularised incomplete beta function *I*(*x*; *a*, *b*), by the continued fraction 8.17.22 of the NIST Digital
/// Library of Mathematical Functions (<https://dlmf.nist.gov/8.17.E22>), evaluated by the modified method of Lentz
/// (Thompson & Barnett, 1986, <https://doi.org/10.1016/0021-9991(86)90046-X>).
private func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x < 1 else { return 1 }
    // The fraction converges fast below this point, and above it for the other tail.
    guard x <= (a + 1) / (a + b + 2) else { return 1 - incompleteBeta(1 - x, b, a) }
    let logBeta: Double = lgamma(a) + lgamma(b) - lgamma(a + b)
    let logPowers: Double = a * log(x) + b * log(1 - x)
    let front = exp(logPowers - logBeta) / a
    let tiny = 1e-300
    var (value, c, d) = (1.0, 1.0, 0.0)
    // Some √max(a, b) steps are enough; the loop ends earlier.
    for step in 0..<10_000 {
        let m = Double(step / 2)
        let numerator: Double
        if step == 0 {
            numerator = 1
        } else if step % 2 == 0 {
            let divisor: Double = (a + 2 * m - 1) * (a + 2 * m)
            numerator = m * (b - m) * x / divisor
        } else {
            let divisor: Double = (a + 2 * m) * (a + 2 * m + 1)
            numerator = -(a + m) * (a + b + m) * x / divisor
        }
        d = 1 + numerator * d
        d = 1 / (abs(d) < tiny ? tiny : d)
        c = 1 + numerator / c
        if abs(c) < tiny { c = tiny }
        value *= c * d
        if abs(c * d - 1) < 1e-15 { break }
    }
    return front * (value - 1)
}
