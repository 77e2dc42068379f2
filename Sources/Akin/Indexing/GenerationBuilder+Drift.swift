import LatentSemantics
import Papers
import TextAnalysis

// MARK: - How much of new papers the space retains

extension GenerationBuilder {
    /// The most new papers that are measured. They are evenly spread over all of them, so that a big `add` which is
    /// folded in analyzes few papers twice.
    private static let measuredPapers = 2_000

    /// Plans the generation. The plan depends on how much of the new papers the space in force retains.
    ///
    /// - Parameters:
    ///   - change: What is new and what is gone.
    ///   - kept: The segments in force, with the removals of the change entered.
    ///   - count: Counts the terms of papers, given their keys in ascending order.
    /// - Returns: The plan, and how much the space holds of all papers that were folded in since its fit.
    /// - Throws: The error of the part that failed.
    /// - Complexity: Where the plan depends on the drift, the analysis of at most ``measuredPapers`` papers.
    func plan(
        _ change: LibraryChange, kept: [Manifest.Segment], count: ([PaperKey]) throws -> TermCounts
    ) throws -> (plan: IndexingPlan, folded: Retention?) {
        if !change.changesPapers, current != nil { return (.keeping, current?.manifest.folded) }
        let fitted = current?.manifest.fittedPaperCount ?? 0
        let newKeys = change.newKeys.sortedKeys
        func plan(libraryDrift: Double) -> IndexingPlan {
            IndexingPlan(
                segments: kept, fittedPaperCount: fitted, newPaperCount: newKeys.count, libraryDrift: libraryDrift,
                isRefitWanted: change.isRefitWanted
            )
        }
        let planned = plan(libraryDrift: 0)
        let folded = current?.manifest.folded
        guard !planned.refits, !newKeys.isEmpty, let model = current?.model else { return (planned, folded) }
        let sum = try (folded ?? Retention()) + retention(of: newKeys, in: model, count: count)
        guard let expected = model.expectedRetention else { return (planned, sum) }
        let live = kept.reduce(newKeys.count) { $0 + $1.livePaperCount }
        let drift = LibraryDrift(ModelDrift(expected: expected, folded: sum), paperCount: live)
        return (plan(libraryDrift: drift.libraryDrift), sum)
    }

    /// How much the space holds of papers, estimated by a sample of them.
    private func retention(
        of keys: [PaperKey], in model: LatentSemanticModel, count: ([PaperKey]) throws -> TermCounts
    ) throws -> Retention {
        let sampleCount = min(keys.count, Self.measuredPapers)
        let sample = (0..<sampleCount).map { keys[$0 * keys.count / sampleCount] }
        return try model.retention(of: count(sample), threads: threads).scaled(to: keys.count, from: sampleCount)
    }
}
