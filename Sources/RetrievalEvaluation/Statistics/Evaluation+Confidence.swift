// MARK: - Confidence

extension Evaluation {
    /// The confidence interval of a measure's mean, by the bootstrap over queries.
    ///
    /// - Parameters:
    ///   - measure: The measure.
    ///   - resampling: How many samples, from which seed, at which level.
    /// - Returns: The interval, or `nil` for fewer than two judged queries.
    public func interval(of measure: Measure, _ resampling: Resampling = Resampling()) -> ConfidenceInterval? {
        bootstrapInterval(ofMean: values(of: measure), resampling)
    }
}
