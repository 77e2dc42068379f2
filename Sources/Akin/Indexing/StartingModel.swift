package import LatentSemantics
package import TextAnalysis

/// When the vector space of a library starts from the released model.
///
/// The fewer papers a library has, the farther its field may be from the model's. The distance is the drift of the
/// library's papers from papers like those that the model was fitted on. `Models/README.md` and
/// `Benchmarks/Results/2026-11-25-model.txt` have the measurements of all numbers here.
package enum StartingModel {
    /// The most papers of a library that starts from the model. At 5,000 papers nothing is gained.
    package static let paperLimit = 2_000
    /// The largest drift of the library's papers. Papers of the model's field have 0 to .06.
    static let toleratedDrift = 0.2
    /// The most papers of a library that starts from the model even if its field is only a neighbour of the model's.
    package static let neighborPaperLimit = 200
    /// The largest drift there. Papers on computing have .43 to .50, papers on aircraft .84.
    static let toleratedNeighborDrift = 0.6

    /// The semantic weight in a library whose space started from a model.
    ///
    /// In libraries of 50 to 2,000 papers on language and learning, .5 to .7 serves questions best. The weights that
    /// papers choose by their own questions end at .5.
    static let alpha = 0.6

    /// Whether a library is small enough, and near enough to what a model was fitted on, to start from the model.
    ///
    /// - Parameters:
    ///   - counts: The terms of the library's papers.
    ///   - model: The model.
    ///   - threads: The most threads to use.
    /// - Returns: Whether it starts from the model.
    /// - Throws: `LatentSemanticsError` if the model's vectors are damaged.
    package static func serves(_ counts: TermCounts, _ model: LatentSemanticModel, threads: Int) throws -> Bool {
        guard counts.documentCount <= paperLimit, !counts.termIDs.isEmpty, let expected = model.expectedCoverage else {
            return false
        }
        let coverage = try model.coverage(of: counts, threads: threads)
        let tolerated = counts.documentCount <= neighborPaperLimit ? toleratedNeighborDrift : toleratedDrift
        return ModelDrift(expected: expected, folded: coverage).loss <= tolerated
    }
}
