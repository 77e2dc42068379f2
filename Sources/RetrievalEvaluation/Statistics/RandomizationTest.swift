import SeededRandom

/// Fisher's paired randomization test of the hypothesis that two systems are the same, two-sided.
///
/// If they are the same, the two values of each query can be swapped, which changes the sign of their difference. The
/// p-value is the share of all choices of signs whose mean is at least as far from 0 as the observed mean. M. D.
/// Smucker, J. Allan and B. Carterette, *A comparison of statistical significance tests for information retrieval
/// evaluation*, 2007, <https://doi.org/10.1145/1321440.1321528>, recommend this test.
///
/// If the *n* signs can be chosen in no more ways than permutations are asked for, all are tried and the p-value is
/// exact. Its floor is 2 / 2ⁿ for *n* differences that are not 0. Otherwise permutations are drawn, and the observed
/// one is counted among them. So the floor is 1 / (*permutations* + 1), and the test is never too optimiztic (Phipson &
/// Smyth, *Permutation p-values should never be zero*, 2010, <https://doi.org/10.2202/1544-6115.1585>).
public struct RandomizationTest: Hashable, Sendable {
    /// The p-value: the probability of a mean difference at least as far from 0 if the hypothesis holds. It is 1 for
    /// identical values.
    public let pValue: Double

    /// Whether every choice of signs was tried.
    public let isExact: Bool

    /// The smallest p-value that these differences could have.
    public let floor: Double

    /// Tests differences.
    ///
    /// - Parameters:
    ///   - differences: For each query, the value of the first system minus that of the second.
    ///   - resampling: The most permutations, and their seed.
    /// - Complexity: O(*r* · *n* / 8) for *r* permutations of *n* differences.
    public init(_ differences: [Double], _ resampling: Resampling = Resampling()) {
        let differences = differences.filter { $0 != 0 }
        let sums = SignedSums(differences)
        let observed = abs(sums.sum(flipping: repeatElement(0, count: sums.wordCount)))
        // Sums that differ only by rounding count as equal.
        let threshold = observed - 1e-12 * differences.reduce(0) { $0 + abs($1) }
        if differences.count < 63, 1 << differences.count <= resampling.count {
            let ways = UInt64(1) << differences.count
            var count = 0
            for signs in 0..<ways where abs(sums.sum(flipping: CollectionOfOne(signs))) >= threshold { count += 1 }
            pValue = Double(count) / Double(ways)
            isExact = true
            floor = min(1, 2 / Double(ways))
        } else {
            var random = SplitMix64(seed: resampling.seed)
            var signs = [UInt64](repeating: 0, count: sums.wordCount)
            var count = 1
            for _ in 0..<resampling.count {
                for word in signs.indices { signs[word] = random.next() }
                if abs(sums.sum(flipping: signs)) >= threshold { count += 1 }
            }
            pValue = Double(count) / Double(resampling.count + 1)
            isExact = false
            floor = 1 / Double(resampling.count + 1)
        }
    }
}

/// Sums of numbers with any signs. A table for every eight numbers holds their 256 sums.
private struct SignedSums {
    private let tables: [Double]
    private let groupCount: Int

    /// The number of words of 64 signs.
    var wordCount: Int { (groupCount + 7) / 8 }

    init(_ numbers: [Double]) {
        groupCount = (numbers.count + 7) / 8
        var tables: [Double] = []
        tables.reserveCapacity(groupCount * 256)
        for group in 0..<groupCount {
            let members = numbers[group * 8..<min(group * 8 + 8, numbers.count)]
            for signs in 0..<256 {
                tables.append(
                    members.enumerated().reduce(0) { sum, member in
                        signs >> member.offset & 1 == 0 ? sum + member.element : sum - member.element
                    }
                )
            }
        }
        self.tables = tables
    }

    /// The sum. The sign of number *i* changes if bit *i* of the words is set.
    @inline(__always)
    func sum(flipping words: some Collection<UInt64>) -> Double {
        var sum = 0.0
        var group = 0
        for word in words {
            var word = word
            for _ in 0..<min(8, groupCount - group) {
                sum += tables[group << 8 | Int(word & 255)]
                word >>= 8
                group += 1
            }
        }
        return sum
    }
}
