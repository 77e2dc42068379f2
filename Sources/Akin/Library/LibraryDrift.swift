import LatentSemantics

/// How badly the vector space of a library represents the papers that were added since it was fitted.
///
/// Papers that come after a fit are *folded in*: they get vectors in a space that was made for other papers. Two parts
/// of such a paper are missing from its vector: the words that the space does not know (``Shares/outOfVocabulary``),
/// and the part of the known words that lies outside the space (``Shares/residual``). Both parts are missing from
/// every paper. The drift compares the folded-in papers with papers like those of the fit, each measured as if the fit
/// had left it out.
///
/// A ``drift`` below .1 leaves nothing to gain. Above a third, `refit(model:rank:threads:progress:)` improves
/// the answers about the folded-in papers. It indexes the whole library again.
public struct LibraryDrift: Sendable, Hashable {
    /// The shares of a paper that are missing from its vector, as means over papers.
    public struct Shares: Sendable, Hashable {
        /// The share of a paper's known words that lies outside the space, from 0 to 1: 1 − |*x* V|² for the weighted
        /// words *x*, scaled to length 1.
        public var residual: Double
        /// The share of a paper's squared weights that belongs to words which the space does not know, from 0 to 1.
        public var outOfVocabulary: Double
    }

    /// The number of papers that were folded in. Papers without a word do not count.
    public var foldedPaperCount: Int
    /// The shares of the folded-in papers; zeros where there are none.
    public var folded: Shares
    /// The shares of papers of the kind that the space was fitted on.
    public var expected: Shares
    /// The drift of the folded-in papers, from 0 to 1.
    ///
    /// The space retains (1 − *u*)(1 − *r*) of a paper, for an out-of-vocabulary share *u* and a residual *r*. The
    /// drift is 1 minus the ratio of the folded-in papers' value to the expected value, and at least 0.
    public var drift: Double
    /// The drift averaged over all papers of the library, from 0 to 1: ``drift`` times the share of folded-in papers.
    public var libraryDrift: Double

    /// Adding papers refits the space once ``libraryDrift`` reaches this value.
    public static let toleratedDrift = IndexingPlan.toleratedDrift

    init(_ drift: ModelDrift, paperCount: Int) {
        foldedPaperCount = drift.folded.documentCount
        folded = Shares(drift.folded)
        expected = Shares(drift.expected)
        self.drift = drift.drift
        libraryDrift = paperCount == 0 ? 0 : drift.drift * min(1, Double(foldedPaperCount) / Double(paperCount))
    }

    /// The drift of a generation; `nil` without a model, or where the model lacks the expected shares.
    init?(_ manifest: Manifest, _ model: LatentSemanticModel?) {
        guard let expected = model?.expectedRetention else { return nil }
        self.init(
            ModelDrift(expected: expected, folded: manifest.folded ?? Retention()), paperCount: manifest.livePaperCount
        )
    }
}

extension LibraryDrift.Shares {
    fileprivate init(_ retention: Retention) {
        self.init(residual: retention.residual, outOfVocabulary: retention.outOfVocabularyShare)
    }
}
