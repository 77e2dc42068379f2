import LatentSemantics

/// How badly the vector space of a library represents the papers that were folded into it since it was fitted.
///
/// Of a paper, the space loses the words that it does not know (``Losses/outOfVocabulary``) and, of the rest, what lies
/// across it (``Losses/residual``). It loses some of every paper; what counts is how much more it loses of the papers that
/// were folded in than it would of papers like those that it was fitted on, each taken as if it had been left out.
///
/// Where ``drift`` is above a third and many of the papers matter, ``Library/refit(model:rank:threads:progress:)`` mends it, at the cost of indexing the
/// library anew; below a tenth there is nothing to gain.
public struct LibraryDrift: Sendable, Hashable {
    /// What a space loses of papers, on average.
    public struct Losses: Sendable, Hashable {
        /// The part of a paper's known words, weighted and of length 1 together, that lies outside of the space:
        /// 1 − |*x* V|², from 0 to 1.
        public var residual: Double
        /// The part of a paper's squared weights that falls to words which the space does not know, from 0 to 1.
        public var outOfVocabulary: Double
    }

    /// The papers that were folded in; those without a word are not counted.
    public var foldedPaperCount: Int
    /// What the space loses of them; zeros if there are none.
    public var folded: Losses
    /// What it would lose of papers of the kind that it was fitted on.
    public var expected: Losses
    /// The part of what the space should hold of a folded-in paper that it does not, from 0 to 1.
    ///
    /// With *u* the part of unknown words and *r* the residual, the space holds (1 − *u*)(1 − *r*) of a paper; the drift is 1
    /// less that of the folded-in papers divided by that of the expected ones, and not below 0.
    public var drift: Double
    /// The drift times the part of the library that was folded in, from 0 to 1: what an average paper of the library loses.
    public var misfit: Double

    /// The ``misfit`` from which on adding papers fits the space anew.
    public static let toleratedMisfit = IndexingPlan.toleratedMisfit

    init(_ drift: ModelDrift, paperCount: Int) {
        foldedPaperCount = drift.folded.documentCount
        folded = Losses(drift.folded)
        expected = Losses(drift.expected)
        self.drift = drift.drift
        misfit = paperCount == 0 ? 0 : drift.drift * min(1, Double(foldedPaperCount) / Double(paperCount))
    }

    /// The drift of a generation; `nil` if it has no model, or one that does not say what to expect.
    init?(_ manifest: Manifest, _ model: LatentSemanticModel?) {
        guard let expected = model?.expectedRetention else { return nil }
        self.init(
            ModelDrift(expected: expected, folded: manifest.folded ?? Retention()), paperCount: manifest.livePaperCount
        )
    }
}

extension LibraryDrift.Losses {
    fileprivate init(_ retention: Retention) {
        self.init(residual: retention.residual, outOfVocabulary: retention.outOfVocabularyShare)
    }
}
