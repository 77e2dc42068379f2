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
