package import LatentSemantics
package import Ranking
package import TextAnalysis

/// When the vector space of a library starts from the released model.
///
/// The fewer papers a library has, the farther they may be from those of the model: how far they are, is what the model loses
/// of them beyond what it would lose of papers like its own (`ModelDrift.loss`). `Models/README.md` has the measurement.
package enum StartingModel {
    /// Whether a library is so small and so near to what a model was fitted on that it is better served with it than without.
    package static func serves(
        _ counts: TermCounts, _ model: LatentSemanticModel, threads: Int, _ policy: RankingPolicy = .standard
    ) throws -> Bool {
        guard counts.documentCount <= policy.startPaperLimit, !counts.termIDs.isEmpty,
            let expected = model.expectedCoverage
        else {
            return false
        }
        let coverage = try model.coverage(of: counts, threads: threads)
        let tolerated =
            counts.documentCount <= policy.neighborStartPaperLimit
            ? policy.neighborStartDriftLimit : policy.startDriftLimit
        return ModelDrift(expected: expected, folded: coverage).loss <= tolerated
    }
}
