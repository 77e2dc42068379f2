/// How much better one system answers queries than another, and whether that may be chance.
///
///     let comparison = PairedComparison(hybrid, against: lexical, by: .ndcg(at: 10))
///     print(comparison.meanDifference, comparison.randomizationTest.pValue)
///
/// The p-values are those of one comparison. If you make several, correct them by ``holmCorrected(_:)``.
public struct PairedComparison: Sendable {
    /// The mean of the differences; above 0 if the first system does better.
    public let meanDifference: Double

    /// The confidence interval of the mean difference; `nil` if a collection has fewer than two queries.
    public let interval: ConfidenceInterval?

    /// The queries that the first system answers better.
    public let wins: Int

    /// The queries that both answer equally well: their values differ by less than ``tieWidth``.
    public let ties: Int

    /// The queries that the first system answers worse.
    public let losses: Int

    /// The randomization test of the hypothesis that both systems are the same.
    public let randomizationTest: RandomizationTest

    /// Student's test of the same hypothesis; `nil` over several collections, for fewer than two queries, and if all
    /// differences are equal.
    public let tTest: PairedTTest?

    /// Differences below this are rounding.
    public static let tieWidth = 1e-9

    /// Compares the answers of two systems to the queries of one test collection.
    ///
    /// - Parameters:
    ///   - evaluation: The system that may be better.
    ///   - baseline: The system that it is compared with.
    ///   - measure: The measure to compare.
    ///   - resampling: How many samples and permutations, from which seed, at which level.
    /// - Precondition: Both were evaluated against qrels of the same queries.
    public init(
        _ evaluation: Evaluation, against baseline: Evaluation, by measure: Measure,
        _ resampling: Resampling = Resampling()
    ) {
        self.init(overCollections: [(evaluation, baseline)], by: measure, resampling)
    }

    /// Compares the answers of two systems over several test collections with equal weights, whatever their number of
    /// queries.
    ///
    /// - Parameters:
    ///   - pairs: For each collection, the system that may be better and the one that it is compared with.
    ///   - measure: The measure to compare.
    ///   - resampling: How many samples and permutations, from which seed, at which level.
    /// - Precondition: There is a pair. Both systems of a pair were evaluated against qrels of the same queries.
    public init(
        overCollections pairs: [(evaluation: Evaluation, baseline: Evaluation)], by measure: Measure,
        _ resampling: Resampling = Resampling()
    ) {
        let groups = pairs.map { evaluation, baseline in
            precondition(
                evaluation.queryIDs == baseline.queryIDs,
                "Evaluations over \(evaluation.queryIDs.count) and \(baseline.queryIDs.count) queries are not paired."
            )
            return zip(evaluation.values(of: measure), baseline.values(of: measure)).map(-)
        }
        self.init(differences: groups, resampling)
    }

    /// Compares two systems by the differences of each collection's queries.
    init(differences groups: [[Double]], _ resampling: Resampling) {
        precondition(!groups.isEmpty, "A comparison needs a test collection.")
        // A value is multiplied by its share in the mean, so the signed sum of all is the mean difference.
        let shares = groups.flatMap { group in group.map { $0 / Double(group.count * groups.count) } }
        meanDifference = shares.reduce(0, +)
        interval = bootstrapInterval(ofMeanOverGroups: groups, resampling)
        let all = groups.joined()
        wins = all.count { $0 >= Self.tieWidth }
        losses = all.count { $0 <= -Self.tieWidth }
        ties = all.count - wins - losses
        randomizationTest = RandomizationTest(shares, resampling)
        tTest = groups.count == 1 ? PairedTTest(groups[0]) : nil
    }
}
