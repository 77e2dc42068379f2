import SeededRandom

/// The confidence interval of a mean over queries, by the bootstrap.
///
/// - Parameters:
///   - values: The value of each query.
///   - resampling: How many samples, from which seed, at which level.
/// - Returns: The interval, or `nil` for fewer than two values.
/// - Complexity: O(*r* · *n* + *r* log *r*) for *n* values and *r* samples.
public func bootstrapInterval(
    ofMean values: [Double], _ resampling: Resampling = Resampling()
) -> ConfidenceInterval? {
    bootstrapInterval(ofMeanOverGroups: [values], resampling)
}

/// The confidence interval of a mean over test collections with equal weights: the mean of the means over their
/// queries.
///
/// It is the bias-corrected and accelerated interval, BCₐ, of B. Efron, *Better bootstrap confidence intervals*, 1987,
/// <https://doi.org/10.1080/01621459.1987.10478410>. Unlike the percentile interval it is asymmetric for skewed values
/// such as average precision.
///
/// 1. Draw as many values as there are, with replacement, from each group, and take the mean. Repeat this *r* times,
///    and sort the means.
/// 2. *z₀*, the bias: the normal quantile of the share of these means below the true one. Equal ones count half.
/// 3. *a*, the acceleration: a sixth of the skewness of the mean, ⅙ Σ *l*³ / (Σ *l*²)^³⁄², where *l* is the deviation
///    of a value from its group's mean, divided by the group's size. With one group it is the acceleration of the
///    jackknife.
/// 4. Each bound is the quantile of the sorted means at Φ(*z₀* + (*z₀* + *z*) / (1 − *a* (*z₀* + *z*))), where *z* is
///    the normal quantile of (1 − level) / 2 and (1 + level) / 2.
///
/// - Parameters:
///   - groups: The values of each group, the queries of one test collection. Groups may differ in size.
///   - resampling: How many samples, from which seed, at which level.
/// - Returns: The interval, or `nil` if there is no group, or one of fewer than two values.
/// - Complexity: O(*r* · *n* + *r* log *r*) for *n* values in all and *r* samples.
public func bootstrapInterval(
    ofMeanOverGroups groups: [[Double]], _ resampling: Resampling = Resampling()
) -> ConfidenceInterval? {
    guard !groups.isEmpty, groups.allSatisfy({ $0.count >= 2 }) else { return nil }
    let groupMeans = groups.map { $0.reduce(0, +) / Double($0.count) }
    let center = groupMeans.reduce(0, +) / Double(groups.count)
    let means = resampledMeans(of: groups, resampling)
    var squares = 0.0
    var cubes = 0.0
    for (group, mean) in zip(groups, groupMeans) {
        for value in group {
            let deviation = (value - mean) / Double(group.count)
            squares += deviation * deviation
            cubes += deviation * deviation * deviation
        }
    }
    guard squares > 0 else { return ConfidenceInterval(lower: center, upper: center, level: resampling.level) }
    let bias = normalQuantile(shareBelow(center, means))
    let acceleration = cubes / (6 * squares * squares.squareRoot())
    func bound(_ probability: Double) -> Double {
        let shifted = bias + normalQuantile(probability)
        let scale = 1 - acceleration * shifted
        // Beyond the pole of the formula, the bound is the end of the distribution.
        guard scale > 0 else { return shifted < 0 ? means[0] : means[means.count - 1] }
        return quantile(normalDistribution(bias + shifted / scale), of: means)
    }
    let lower = bound((1 - resampling.level) / 2)
    return ConfidenceInterval(
        lower: lower, upper: max(lower, bound((1 + resampling.level) / 2)), level: resampling.level
    )
}

/// The means of all samples, in ascending order.
private func resampledMeans(of groups: [[Double]], _ resampling: Resampling) -> [Double] {
    var random = SplitMix64(seed: resampling.seed)
    var means: [Double] = []
    means.reserveCapacity(resampling.count)
    for _ in 0..<resampling.count {
        var mean = 0.0
        for group in groups {
            var sum = 0.0
            for _ in group.indices { sum += group[random.next(below: group.count)] }
            mean += sum / Double(group.count)
        }
        means.append(mean / Double(groups.count))
    }
    means.sort()
    return means
}

/// The share of sorted means below a value. Those that differ from it only by rounding count half. The share is never 0
/// or 1, whose normal quantiles are infinite.
private func shareBelow(_ value: Double, _ means: [Double]) -> Double {
    let tolerance = 1e-12 * max(1, abs(value))
    let below = means.count { $0 < value - tolerance }
    let equal = means.count { abs($0 - value) <= tolerance }
    let share = (Double(below) + Double(equal) / 2) / Double(means.count)
    let least = 0.5 / Double(means.count)
    return min(max(share, least), 1 - least)
}

/// The quantile of sorted values at a probability, between the (*n* + 1) · probability-th value and its neighbor.
private func quantile(_ probability: Double, of values: [Double]) -> Double {
    let place = min(max(probability * Double(values.count + 1) - 1, 0), Double(values.count - 1))
    let index = Int(place)
    guard index + 1 < values.count else { return values[values.count - 1] }
    return values[index] + (place - Double(index)) * (values[index + 1] - values[index])
}
