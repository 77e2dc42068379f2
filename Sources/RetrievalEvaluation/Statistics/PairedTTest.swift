import Foundation

/// Student's paired t-test of the hypothesis that two systems have the same mean, two-sided.
///
/// It assumes that the differences are normally distributed. Those of retrieval are not, but over fifty or more queries
/// it agrees with the ``RandomizationTest`` (Smucker, Allan & Carterette, 2007).
public struct PairedTTest: Hashable, Sendable {
    /// The statistic: the mean difference divided by its standard error.
    public let t: Double

    /// The degrees of freedom: the number of queries less one.
    public let degreesOfFreedom: Int

    /// The p-value: the probability of a statistic at least as far from 0 if the hypothesis holds.
    public let pValue: Double

    /// Tests differences. Returns `nil` for fewer than two, or if all are equal: the statistic then has no value.
    ///
    /// - Parameter differences: For each query, the value of the first system minus that of the second.
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
    // Below this point the fraction converges fast. Above it, that for the other tail does.
    guard x <= (a + 1) / (a + b + 2) else { return 1 - incompleteBeta(1 - x, b, a) }
    let logBeta: Double = lgamma(a) + lgamma(b) - lgamma(a + b)
    let logPowers: Double = a * log(x) + b * log(1 - x)
    let front = exp(logPowers - logBeta) / a
    let tiny = 1e-300
    var (value, c, d) = (1.0, 1.0, 0.0)
    // About √max(a, b) steps are enough, so the loop ends earlier.
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
