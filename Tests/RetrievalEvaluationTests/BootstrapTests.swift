import Foundation
import RetrievalEvaluation
import TestSupport
import Testing

@Suite("Bootstrap intervals")
struct BootstrapTests {
    @Test func `Of two values, the mean of a sample is one of three, and the quantiles are known`() throws {
        // Means 0, ½ and 1 with probabilities ¼, ½ and ¼; neither bias nor acceleration.
        let wide = try #require(bootstrapInterval(ofMean: [0, 1], Resampling(count: 1_000)))
        #expect(wide == ConfidenceInterval(lower: 0, upper: 1, level: 0.95))
        let narrow = try #require(bootstrapInterval(ofMean: [0, 1], Resampling(count: 1_000, level: 0.4)))
        #expect(narrow == ConfidenceInterval(lower: 0.5, upper: 0.5, level: 0.4))
    }

    @Test func `Equal values have an interval without width, and fewer than two have none`() {
        #expect(
            bootstrapInterval(ofMean: [0.3, 0.3, 0.3])?.lower == bootstrapInterval(ofMean: [0.3, 0.3, 0.3])?.upper)
        #expect(bootstrapInterval(ofMean: [0.3]) == nil)
        #expect(bootstrapInterval(ofMean: []) == nil)
        #expect(bootstrapInterval(ofMeanOverGroups: []) == nil)
        #expect(bootstrapInterval(ofMeanOverGroups: [[0, 1], [1]]) == nil)
    }

    @Test func `The bootstrap interval equals the slow one, over random values and sizes`() throws {
        for seed in UInt64(0)..<20 {
            var generator = SeededGenerator(seed: seed)
            let values = (0..<Int.random(in: 2...60, using: &generator)).map { _ in
                pow(Double.random(in: 0...1, using: &generator), 3)
            }
            let resampling = Resampling(count: 500, seed: seed, level: 0.9)
            let interval = try #require(bootstrapInterval(ofMean: values, resampling))
            let slow = slowInterval(ofMean: values, resampling)
            #expect(abs(interval.lower - slow.lower) < 1e-9, "seed \(seed)")
            #expect(abs(interval.upper - slow.upper) < 1e-9, "seed \(seed)")
        }
    }

    @Test(arguments: ["uniform", "exponential", "binary"])
    func `About 95 of 100 bootstrap intervals hold the mean`(distribution: String) throws {
        let (mean, trials) = (distribution == "exponential" ? 1.0 : 0.5, 600)
        var covered = 0
        for seed in UInt64(0)..<UInt64(trials) {
            var generator = SeededGenerator(seed: 1_000 + seed)
            let values = (0..<60).map { _ in
                let number = Double.random(in: Double.leastNonzeroMagnitude...1, using: &generator)
                switch distribution {
                case "uniform": return number
                case "exponential": return -log(number)
                default: return number < 0.5 ? 0 : 1
                }
            }
            let interval = try #require(bootstrapInterval(ofMean: values, Resampling(count: 600, seed: seed)))
            if interval.contains(mean) { covered += 1 }
        }
        // The standard error of the share is .009.
        #expect((0.915...0.975).contains(Double(covered) / Double(trials)), "\(covered) of \(trials)")
    }

    @Test func `A group of equal values beside another halves the width and takes part in the mean`() throws {
        var generator = SeededGenerator(seed: 9)
        let values = (0..<50).map { _ in Double.random(in: 0...1, using: &generator) }
        let alone = try #require(bootstrapInterval(ofMean: values))
        let both = try #require(bootstrapInterval(ofMeanOverGroups: [values, [0.25, 0.25, 0.25]]))
        #expect(abs(both.lower - (alone.lower + 0.25) / 2) < 0.003)
        #expect(abs(both.upper - (alone.upper + 0.25) / 2) < 0.003)
    }

    @Test func `A bootstrap interval depends on the seed alone`() {
        let values = (0..<40).map { Double($0 * $0 % 17) }
        let first = bootstrapInterval(ofMean: values, Resampling(count: 200, seed: 1))
        #expect(first == bootstrapInterval(ofMean: values, Resampling(count: 200, seed: 1)))
        #expect(first != bootstrapInterval(ofMean: values, Resampling(count: 200, seed: 2)))
    }
}

/// The interval as its steps are written in the literature, with the acceleration of the jackknife.
private func slowInterval(ofMean values: [Double], _ resampling: Resampling) -> (lower: Double, upper: Double) {
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    var generator = SeededGenerator(seed: resampling.seed)
    let means = (0..<resampling.count).map { _ in
        mean(values.map { _ in values[Int(generator.next().multipliedFullWidth(by: UInt64(values.count)).high)] })
    }.sorted()
    let center = mean(values)
    let jackknife = values.indices.map { left in mean(values.indices.filter { $0 != left }.map { values[$0] }) }
    let deviations = jackknife.map { mean(jackknife) - $0 }
    let acceleration =
        deviations.reduce(0) { $0 + pow($1, 3) } / (6 * pow(deviations.reduce(0) { $0 + pow($1, 2) }, 1.5))
    let below = Double(means.count { $0 < center - 1e-12 }) + Double(means.count { abs($0 - center) <= 1e-12 }) / 2
    let bias = slowNormalQuantile(below / Double(means.count))
    func bound(_ level: Double) -> Double {
        let z = bias + slowNormalQuantile(level)
        let place = slowNormal(bias + z / (1 - acceleration * z)) * Double(means.count + 1)
        let index = min(max(Int(place), 1), means.count - 1)
        let share = min(max(place - Double(index), 0), 1)
        return means[index - 1] * (1 - share) + means[index] * share
    }
    return (bound((1 - resampling.level) / 2), bound((1 + resampling.level) / 2))
}

private func slowNormal(_ value: Double) -> Double { 0.5 * (1 + erf(value / 2.0.squareRoot())) }

private func slowNormalQuantile(_ probability: Double) -> Double {
    var (low, high) = (-10.0, 10.0)
    for _ in 0..<100 {
        let middle = (low + high) / 2
        if slowNormal(middle) < probability { low = middle } else { high = middle }
    }
    return low
}
