/// How much chance goes into bootstrap intervals and randomization tests: everything of it that a result depends on.
public struct Resampling: Hashable, Sendable {
    /// How many samples a bootstrap draws and how many permutations a randomization test tries; at least 1.
    ///
    /// Default 10,000. The standard error of a p-value near .05 is then .002, and that of a bound of an interval about a
    /// sixtieth of the interval's width. A hundred times as many make that ten times as small, and take a hundred times as
    /// long.
    public let count: Int

    /// Where the random numbers start. Default 42. The same seed gives the same result.
    public let seed: UInt64

    /// The level of confidence of intervals, above 0 and below 1. Default 0.95.
    public let level: Double

    /// Creates the settings; the defaults serve most evaluations.
    public init(count: Int = 10_000, seed: UInt64 = 42, level: Double = 0.95) {
        precondition(count >= 1, "Resampling takes 1 sample or more, not \(count).")
        precondition(level > 0 && level < 1, "A level of confidence lies between 0 and 1, not at \(level).")
        self.count = count
        self.seed = seed
        self.level = level
    }
}

/// Random numbers that depend on a seed alone (SplitMix64; Steele, Lea & Flood, *Fast splittable pseudorandom number
/// generators*, 2014, <https://doi.org/10.1145/2660193.2660195>).
struct SplitMix64 {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// The next 64 bits.
    @inline(__always)
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    /// A number from 0 up to `bound`, each as likely as the other but for `bound` in 2⁶⁴.
    @inline(__always)
    mutating func next(below bound: Int) -> Int {
        Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(bound)).high)
    }
}
