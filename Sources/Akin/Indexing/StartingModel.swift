package import LatentSemantics
package import TextAnalysis

/// When the vector space of a library starts from the released model.
package enum StartingModel {
    /// The most papers that a library has that starts from it.
    package static let paperLimit = 5_000
    /// The largest part of what its space should hold of a paper that it may lose of the library's (``ModelDrift/loss``).
    static let toleratedLoss = 0.2

    /// The weight of meaning in a library whose space started from a model.
    ///
    /// The space is better than what the library's papers would ask of it: weights chosen by their questions to themselves lie
    /// between .3 and .5, and .6 gives .005 nDCG@10 more in the mean of libraries of 50 to 5,000 papers.
    static let alpha = 0.6

    /// Whether a library is so small and so near to what a model was fitted on that it is better served with it than without.
    package static func serves(_ counts: TermCounts, _ model: LatentSemanticModel, threads: Int) throws -> Bool {
        guard counts.documentCount <= paperLimit, !counts.termIDs.isEmpty, let expected = model.expectedCoverage else {
            return false
        }
        let coverage = try model.coverage(of: counts, threads: threads)
        return ModelDrift(expected: expected, folded: coverage).loss <= toleratedLoss
    }
}
