/// Corrects the p-values of several tests for their number, so that they can be read as if each were the only one.
///
/// If *m* hypotheses hold, the probability that a corrected value lies at or below a level is at most that level for
/// any of them together (the family-wise error rate). The smallest p-value is multiplied by *m*, the next by *m* − 1
/// and so on; no corrected value is below one before it (Holm, *A simple sequentially rejective multiple test
/// procedure*, 1979, <https://www.jstor.org/stable/4615733>). The tests need not be independent.
///
///     holmCorrected([0.01, 0.04, 0.03])    // 0.03, 0.06, 0.06
///
/// - Parameter pValues: The p-values of the tests, each from 0 to 1.
/// - Returns: The corrected values in the same order, each from 0 to 1 and not below the one it corrects.
/// - Complexity: O(*m* log *m*) for *m* tests.
public func holmCorrected(_ pValues: [Double]) -> [Double] {
    let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
    var corrected = pValues
    var largest = 0.0
    for (step, index) in order.enumerated() {
        largest = max(largest, min(1, pValues[index] * Double(pValues.count - step)))
        corrected[index] = largest
    }
    return corrected
}
