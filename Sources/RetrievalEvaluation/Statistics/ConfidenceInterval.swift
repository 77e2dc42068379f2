/// The bounds of a mean over all possible queries, estimated from some of them.
public struct ConfidenceInterval: Hashable, Sendable {
    /// The lower bound.
    public let lower: Double

    /// The upper bound, not below the lower one.
    public let upper: Double

    /// The share of such intervals that hold the mean: 0.95 for 95 of 100.
    public let level: Double

    /// Creates an interval.
    ///
    /// - Precondition: `lower` is not above `upper`; `level` is above 0 and below 1.
    public init(lower: Double, upper: Double, level: Double) {
        precondition(lower <= upper, "The interval from \(lower) to \(upper) has its bounds the wrong way round.")
        precondition(level > 0 && level < 1, "A level of confidence lies between 0 and 1, not at \(level).")
        self.lower = lower
        self.upper = upper
        self.level = level
    }

    /// Whether a value lies between the bounds, or is one of them.
    public func contains(_ value: Double) -> Bool {
        lower <= value && value <= upper
    }
}
