import Foundation
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
    ///   - texts: The texts of papers, in the order of the keys.
    /// - Returns: The plan, and what the space holds of all papers folded into it since its fit.
    /// - Throws: The error of the part that failed.
    func plan(
        _ change: Change, kept: [Manifest.Segment], texts: ([UInt64]) throws -> [[String]]
    ) throws -> (plan: IndexingPlan, folded: Coverage?) {
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
        let sum = try (folded ?? Coverage()) + coverage(of: change.newKeys, in: model, texts: texts)
        guard let expected = model.expectedCoverage else { return (planned, sum) }
        let live = kept.reduce(change.newKeys.count) { $0 + $1.livePaperCount }
        let drift = LibraryDrift(ModelDrift(expected: expected, folded: sum), paperCount: live)
        return (plan(misfit: drift.misfit), sum)
    }

    /// What the space holds of papers, by a sample of them.
    private func coverage(
        of keys: [UInt64], in model: LatentSemanticModel, texts: ([UInt64]) throws -> [[String]]
    ) throws -> Coverage {
        let count = min(keys.count, Self.measuredPapers)
        let sample = (0..<count).map { keys[$0 * keys.count / count] }
        progress(AddProgress(.analysing, papers: count))
        let sampled = try texts(sample)
        let counts = try Analyzer(analyzer).countTerms(documentCount: count, threads: threads) { sampled[$0] }
        return try model.coverage(of: counts, threads: threads).scaled(to: keys.count, from: count)
    }
}
