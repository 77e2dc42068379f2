import LatentSemantics
import TextAnalysis

// MARK: - What the space makes of new papers

extension GenerationBuilder {
    /// The new papers that are measured, at most: evenly spread, they stand for all, and a big `add` that is folded in
    /// spends little on analysing papers twice.
    private static let measuredPapers = 2_000

    /// Plans the generation, with regard to how well the space in force serves the new papers.
    ///
    /// - Parameters:
    ///   - change: What is new and what is gone.
    ///   - kept: The segments in force, with the removals of the change entered.
    ///   - count: Counts the terms of papers, given their keys.
    /// - Returns: The plan, and what the space holds of all papers folded into it since its fit.
    /// - Throws: The error of the part that failed.
    func plan(
        _ change: Change, kept: [Manifest.Segment], count: ([UInt64]) throws -> TermCounts
    ) throws -> (plan: IndexingPlan, folded: Retention?) {
        let fitted = current?.manifest.fittedPaperCount ?? 0
        func plan(misfit: Double) -> IndexingPlan {
            IndexingPlan(
                segments: kept, fittedPaperCount: fitted, newPaperCount: change.newKeys.count, misfit: misfit,
                isRefitWanted: change.isRefitWanted
            )
        }
        let planned = plan(misfit: 0)
        let folded = current?.manifest.folded
        guard !planned.refits, !change.newKeys.isEmpty, let model = current?.model else { return (planned, folded) }
        let sum = try (folded ?? Retention()) + retention(of: change.newKeys, in: model, count: count)
        guard let expected = model.expectedRetention else { return (planned, sum) }
        let live = kept.reduce(change.newKeys.count) { $0 + $1.livePaperCount }
        let drift = LibraryDrift(ModelDrift(expected: expected, folded: sum), paperCount: live)
        return (plan(misfit: drift.misfit), sum)
    }

    /// What the space holds of papers, by a sample of them.
    private func retention(
        of keys: [UInt64], in model: LatentSemanticModel, count: ([UInt64]) throws -> TermCounts
    ) throws -> Retention {
        let sampleCount = min(keys.count, Self.measuredPapers)
        let sample = (0..<sampleCount).map { keys[$0 * keys.count / sampleCount] }
        return try model.retention(of: count(sample), threads: threads).scaled(to: keys.count, from: sampleCount)
    }
}
