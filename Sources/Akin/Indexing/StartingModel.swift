package import LatentSemantics
package import Ranking
package import TextAnalysis

/// When the vector space of a library starts from the released model.
///
/// The fewer papers a library has, the farther its field may be from the model's. The distance is the drift of the
/// library's papers from papers like those that the model was fitted on. `Models/README.md` and
/// `Benchmarks/Results/2026-11-25-model.txt` have the measurements of all numbers here.
package enum StartingModel {
    /// Whether a library is small enough, and near enough to what a model was fitted on, to start from the model.
    ///
    /// - Parameters:
    ///   - counts: The terms of the library's papers.
    ///   - model: The model.
    ///   - threads: The most threads to use.
    ///   - policy: The limits.
    /// - Returns: Whether it starts from the model.
    /// - Throws: `LatentSemanticsError` if the model's vectors are damaged.
    package static func serves(
        _ counts: TermCounts, _ model: LatentSemanticModel, threads: Int, _ policy: RankingPolicy = .standard
    ) throws -> Bool {
        guard counts.documentCount <= policy.startPaperLimit, !counts.termIDs.isEmpty,
            let expected = model.expectedRetention
        else { return false }
        let retention = try model.retention(of: counts, threads: threads)
        let tolerated =
            counts.documentCount <= policy.neighborStartPaperLimit
            ? policy.neighborStartDriftLimit : policy.startDriftLimit
        return ModelDrift(expected: expected, folded: retention).drift <= tolerated
    }
}
