import Foundation
import RetrievalEvaluation
import TestSupport
import Testing

@Suite("Significance")
struct SignificanceTests {
    @Test(
        arguments: [
            ([1, 2, 3], 0.25), ([3, 1, -2], 0.75), ([0, 0, 5], 1), ([1, 1, 1, 1, 1], 0.0625), ([], 1), ([0, 0], 1),
            ([0.1, 0.2, -0.3], 1),
        ] as [([Double], Double)])
    func `The exact test counts the signs as a person does`(differences: [Double], expected: Double) {
        let test = RandomizationTest(differences)
        #expect(test.pValue == expected)
        #expect(test.isExact)
    }

    @Test func `The smallest p-value is that of the strongest differences`() {
        let exact = RandomizationTest((1...10).map(Double.init), Resampling(count: 1_024))
        #expect(exact.isExact)
        #expect(exact.floor == 2.0 / 1_024)
        #expect(exact.pValue == exact.floor)
        let drawn = RandomizationTest((1...40).map(Double.init), Resampling(count: 999))
        #expect(!drawn.isExact)
        #expect(drawn.floor == 0.001)
        #expect(drawn.pValue == drawn.floor)
        #expect(RandomizationTest([]).floor == 1)
    }

    @Test func `Every way to give signs is counted as the slow count does, sizes around the groups of eight`() {
        for (seed, size) in [1, 2, 7, 8, 9, 13].enumerated() {
            var generator = SeededGenerator(seed: UInt64(seed))
            let differences = (0..<size).map { _ in Double.random(in: -0.5...1, using: &generator) }
            let observed = abs(differences.reduce(0, +))
            var count = 0
            for signs in 0..<(1 << size) {
                let sum = differences.enumerated().reduce(0) {
                    $0 + (signs >> $1.offset & 1 == 0 ? 1 : -1) * $1.element
                }
                if abs(sum) >= observed - 1e-12 { count += 1 }
            }
            #expect(RandomizationTest(differences).pValue == Double(count) / Double(1 << size), "size \(size)")
        }
    }

    @Test func `Drawn permutations equal those of the slow count`() {
        for (seed, size) in [31, 64, 65, 207].enumerated() {
            var generator = SeededGenerator(seed: UInt64(seed))
            let differences = (0..<size).map { _ in Double.random(in: -1...1.2, using: &generator) }
            let observed = abs(differences.reduce(0, +))
            var signs = SeededGenerator(seed: 7)
            var count = 1
            for _ in 0..<500 {
                let words = (0..<(size + 63) / 64).map { _ in signs.next() }
                let sum = differences.enumerated().reduce(0) {
                    $0 + (words[$1.offset / 64] >> ($1.offset % 64) & 1 == 0 ? 1 : -1) * $1.element
                }
                if abs(sum) >= observed - 1e-9 { count += 1 }
            }
            let test = RandomizationTest(differences, Resampling(count: 500, seed: 7))
            #expect(test.pValue == Double(count) / 501, "size \(size)")
        }
    }

    @Test func `Drawn permutations come close to the exact test`() {
        for seed in UInt64(0)..<10 {
            var generator = SeededGenerator(seed: seed)
            let differences = (0..<12).map { _ in Double.random(in: -0.7...1, using: &generator) }
            let exact = RandomizationTest(differences, Resampling(count: 4_096))
            let drawn = RandomizationTest(differences, Resampling(count: 4_095, seed: seed))
            #expect(exact.isExact && !drawn.isExact)
            #expect(abs(exact.pValue - drawn.pValue) < 0.035, "seed \(seed)")
        }
    }

    @Test func `Without a difference between the systems, 5 in 100 tests find one at the level of .05`() {
        var (randomization, student) = (0, 0)
        for seed in UInt64(0)..<1_000 {
            var generator = SeededGenerator(seed: seed)
            let differences = (0..<30).map { _ in generator.nextGaussian() }
            if RandomizationTest(differences, Resampling(count: 400, seed: seed)).pValue <= 0.05 { randomization += 1 }
            if (PairedTTest(differences)?.pValue ?? 1) <= 0.05 { student += 1 }
        }
        // The standard error of the count is 7.
        #expect((25...75).contains(randomization), "\(randomization) of 1,000")
        #expect((25...75).contains(student), "\(student) of 1,000")
    }

    @Test func `The t-test of one, two and three has the statistic of a textbook`() throws {
        let test = try #require(PairedTTest([1, 2, 3]))
        #expect(abs(test.t - 12.0.squareRoot()) < 1e-12)
        #expect(test.degreesOfFreedom == 2)
        #expect(abs(test.pValue - (1 - (12.0 / 14).squareRoot())) < 1e-12)
    }

    @Test func `Student's tails are those of the closed forms and the tables`() throws {
        // Two differences have one degree of freedom, the distribution of Cauchy; three have two.
        for other in [-0.9, -0.5, 0, 0.3, 0.99] {
            let one = try #require(PairedTTest([1, other]))
            #expect(abs(one.pValue - (1 - 2 / .pi * atan(abs(one.t)))) < 1e-12)
            let two = try #require(PairedTTest([1, other, 0.2]))
            #expect(abs(two.pValue - (1 - abs(two.t) / (2 + two.t * two.t).squareRoot())) < 1e-12)
        }
        // The five per cent points of printed tables, for 4, 9, 29, 99 degrees of freedom.
        for (freedom, t) in [(4, 2.776445), (9, 2.262157), (29, 2.045230), (99, 1.984217)] {
            #expect(abs(studentTail(t, degreesOfFreedom: Double(freedom)) - 0.05) < 1e-7)
        }
        #expect(studentTail(0, degreesOfFreedom: 7) == 1)
        #expect(abs(studentTail(1.959963985, degreesOfFreedom: 1e7) - 0.05) < 1e-6)
    }

    @Test func `Equal differences, or fewer than two, have no statistic`() {
        #expect(PairedTTest([]) == nil)
        #expect(PairedTTest([1]) == nil)
        #expect(PairedTTest([0.1, 0.1, 0.1]) == nil)
    }

    @Test func `Φ and its inverse are those of the tables`() {
        #expect(abs(normalDistribution(1) - 0.8413447460685429) < 1e-15)
        #expect(normalDistribution(0) == 0.5)
        #expect(abs(normalQuantile(0.975) - 1.959963984540054) < 1e-13)
        #expect(abs(normalQuantile(1e-10) + 6.361340902404056) < 1e-12)
        for probability in [1e-300, 1e-9, 0.1, 0.5, 0.7, 0.9999] {
            #expect(abs(normalDistribution(normalQuantile(probability)) / probability - 1) < 1e-12)
        }
    }
}
