/// The settings of bootstrap intervals and randomization tests.
public struct Resampling: Hashable, Sendable {
    /// The number of samples of a bootstrap, and of permutations of a randomization test; at least 1.
    ///
    /// The default is 10,000. A p-value near .05 then has a standard error of .002, and a bound of an interval one of
    /// about a sixtieth of the interval's width. A hundred times as many make these ten times as small, and take a
    /// hundred times as long.
    public let count: Int

    /// The seed of the random numbers. The default is 42. The same seed gives the same result.
    public let seed: UInt64

    /// The level of confidence of intervals, above 0 and below 1. The default is 0.95.
    public let level: Double

    /// Creates settings.
    ///
    /// - Precondition: `count` is at least 1, and `level` is above 0 and below 1.
    public init(count: Int = 10_000, seed: UInt64 = 42, level: Double = 0.95) {
        precondition(count >= 1, "Resampling takes 1 sample or more, not \(count).")
        precondition(level > 0 && level < 1, "A level of confidence lies between 0 and 1, not at \(level).")
        self.count = count
        self.seed = seed
        self.level = level
    }
}
