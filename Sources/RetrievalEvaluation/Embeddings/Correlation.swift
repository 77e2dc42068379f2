/// Pearson's correlation of two lists of numbers, as `scipy.stats.pearsonr` has it.
///
/// - Parameters:
///   - first: Numbers.
///   - second: As many numbers, in the same order.
/// - Returns: The correlation, from −1 to 1.
/// - Throws: ``EmbeddingEvaluationError``: `countMismatch`, `tooFewExamples` for fewer than two pairs, `notFinite`, or
///   `constant` if all numbers of a list are equal, which have no correlation.
/// - Complexity: O(*n*).
public func pearsonCorrelation(_ first: [Double], _ second: [Double]) throws(EmbeddingEvaluationError) -> Double {
    try checkCounts(first.count, second.count, atLeast: 2, of: "pairs")
    let (left, right) = (try unitDeviations(first), try unitDeviations(second))
    return min(1, max(-1, zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }))
}

/// Spearman's rank correlation of two lists of numbers, as `scipy.stats.spearmanr` has it: Pearson's correlation of
/// their ranks, in which equal numbers have the mean of their ranks.
///
/// C. Spearman, *The Proof and Measurement of Association between Two Things*, 1904,
/// <https://doi.org/10.2307/1412159>.
///
/// - Parameters:
///   - first: Numbers.
///   - second: As many numbers, in the same order.
/// - Returns: The correlation, from −1 to 1.
/// - Throws: ``EmbeddingEvaluationError``, as ``pearsonCorrelation(_:_:)``.
/// - Complexity: O(*n* log *n*).
public func spearmanCorrelation(_ first: [Double], _ second: [Double]) throws(EmbeddingEvaluationError) -> Double {
    try checkCounts(first.count, second.count, atLeast: 2, of: "pairs")
    try checkFinite(first, "first list")
    try checkFinite(second, "second list")
    return try pearsonCorrelation(meanRanks(first), meanRanks(second))
}

/// The ranks of numbers from 1, the smallest first. Equal numbers have the mean of the ranks that they take.
func meanRanks(_ numbers: [Double]) -> [Double] {
    let order = numbers.indices.sorted { numbers[$0] < numbers[$1] }
    var ranks = [Double](repeating: 0, count: numbers.count)
    var start = 0
    while start < order.count {
        var end = start + 1
        while end < order.count, numbers[order[end]] == numbers[order[start]] { end += 1 }
        for place in start..<end { ranks[order[place]] = Double(start + end + 1) / 2 }
        start = end
    }
    return ranks
}

/// The deviations of numbers from their mean, scaled to the Euclidean length 1.
private func unitDeviations(_ numbers: [Double]) throws(EmbeddingEvaluationError) -> [Double] {
    try checkFinite(numbers, "list")
    // Divided by the largest, so that no sum or square is too large for a number.
    let largest = numbers.reduce(0) { max($0, abs($1)) }
    let scaled = largest > 0 ? numbers.map { $0 / largest } : numbers
    let mean = scaled.reduce(0, +) / Double(scaled.count)
    let deviations = scaled.map { $0 - mean }
    let length = deviations.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard length > 0, numbers.contains(where: { $0 != numbers[0] }) else {
        throw EmbeddingEvaluationError(
            .constant, "All \(numbers.count) numbers are \(numbers[0]), and equal numbers have no correlation.")
    }
    return deviations.map { $0 / length }
}
