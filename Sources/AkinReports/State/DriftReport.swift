package import Akin

/// How badly the vector space represents the papers that were folded into it.
package struct DriftReport: Codable, Hashable, Sendable {
    /// A figure of the papers that were folded in, beside the value for papers like those of the fit.
    package struct Part: Codable, Hashable, Sendable {
        package var folded: Double
        package var expected: Double
    }

    /// The papers that were folded in.
    package var papers: Int
    /// The drift of these papers.
    package var drift: Double
    /// The part of a paper's known words that lies outside the space.
    package var residual: Part
    /// The out-of-vocabulary share.
    package var unknown: Part
    /// The drift, averaged over all papers of the library.
    package var libraryDrift: Double
    /// The value of ``libraryDrift`` at which adding papers refits the space.
    package var refitsAt: Double

    /// Reports the drift of a library.
    package init(_ drift: LibraryDrift) {
        papers = drift.foldedPaperCount
        self.drift = drift.drift
        residual = Part(folded: drift.folded.residual, expected: drift.expected.residual)
        unknown = Part(folded: drift.folded.outOfVocabulary, expected: drift.expected.outOfVocabulary)
        libraryDrift = drift.libraryDrift
        refitsAt = LibraryDrift.toleratedDrift
    }
}
