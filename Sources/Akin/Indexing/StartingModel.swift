package import LatentSemantics
package import TextAnalysis

/// When the vector space of a library starts from the released model.
///
/// The fewer papers a library has, the farther they may be from those of the model: how far they are, is what the model loses
/// of them beyond what it would lose of papers like its own (`ModelDrift.drift`). `Models/README.md` has the measurement.
package enum StartingModel {
    /// The most papers of a library that starts from it.
    package static let paperLimit = 2_000
    /// The largest loss of the library's papers, 0 to .06 where they are of the model's field.
    static let toleratedLoss = 0.2
    /// The most papers of a library that starts from it also where it is of a neighbouring field.
    package static let neighborPaperLimit = 200
    /// The largest loss there: that of papers on computing in general is .43 to .50, of those on aircraft .84.
    static let toleratedNeighborLoss = 0.6

    /// The weight of meaning in a library whose space started from a model.
    ///
    /// Such a space deserves more than one of its papers alone: in libraries of 50 to 2,000 papers on language and learning
    /// questions are best served by .5 to .7, where weights chosen by the papers' own questions end at .5.
    static let alpha = 0.6

    /// Whether a library is so small and so near to what a model was fitted on that it is better served with it than without.
    package static func serves(_ counts: TermCounts, _ model: LatentSemanticModel, threads: Int) throws -> Bool {
        guard counts.documentCount <= paperLimit, !counts.termIDs.isEmpty, let expected = model.expectedRetention else {
            return false
        }
        let retention = try model.retention(of: counts, threads: threads)
        let tolerated = counts.documentCount <= neighborPaperLimit ? toleratedNeighborLoss : toleratedLoss
        return ModelDrift(expected: expected, folded: retention).drift <= tolerated
    }
}
