import Akin
import Foundation

/// The drift of a library, for people and under `--json`.
struct DriftOutput: Encodable {
    /// A figure of the papers that were folded in, and what it is for papers like those of the fit.
    struct Part: Encodable {
        var folded: Double
        var expected: Double
    }

    var papers: Int
    var drift: Double
    var residual: Part
    var unknown: Part
    var libraryDrift: Double
    var refitsAt: Double

    init(_ drift: LibraryDrift) {
        papers = drift.foldedPaperCount
        self.drift = drift.drift
        residual = Part(folded: drift.folded.residual, expected: drift.expected.residual)
        unknown = Part(folded: drift.folded.outOfVocabulary, expected: drift.expected.outOfVocabulary)
        libraryDrift = drift.libraryDrift
        refitsAt = LibraryDrift.toleratedDrift
    }

    /// What `akin info` says in a line.
    static func sentence(_ drift: LibraryDrift) -> String {
        guard drift.foldedPaperCount > 0 else { return "none, no papers were folded in" }
        func number(_ value: Double) -> String { String(format: "%.3f", value) }
        let papers = drift.foldedPaperCount == 1 ? "1 paper" : "\(drift.foldedPaperCount) papers"
        return "\(number(drift.drift)) for \(papers) folded in (residual \(number(drift.folded.residual)), expected "
            + "\(number(drift.expected.residual)); unknown \(number(drift.folded.outOfVocabulary)), expected "
            + "\(number(drift.expected.outOfVocabulary))); in all \(number(drift.libraryDrift)), refitted at "
            + "\(LibraryDrift.toleratedDrift)"
    }
}
