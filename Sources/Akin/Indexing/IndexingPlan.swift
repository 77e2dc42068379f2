/// Which part of a library the next generation writes again, and whether its model is refitted.
///
/// The first rule that applies decides:
///
/// 1. **Refit**, and write everything again. This happens
///    - up to ``alwaysRefitCount`` papers, where a fit costs no more than folding papers in;
///    - when the library has grown by a tenth since its model was fitted;
///    - when papers are added and the library's drift reaches ``toleratedDrift``;
///    - when somebody asks for it.
/// 2. **Merge all segments** under the same model, when all segments but the largest together, or the removed papers,
///    exceed a fifth of the library.
/// 3. **Merge the small segments**, all but the largest, when there are more than eight.
/// 4. **Append**: the new papers become a segment of their own, and the others stay.
///
/// Where a library grows paper by paper, all fits together cost at most eleven times the last one: 1 + 1/1.1 + 1/1.1²
/// + …
package struct IndexingPlan: Equatable {
    /// The number of papers up to which every change refits the model. A fit of 1,000 abstracts takes a third of a
    /// second.
    /// second.
    package static let alwaysRefitCount = 1_000
    /// The growth of the library at which the model is refitted. One quarter instead lost .014 nDCG@10 on CACM
    /// (`Benchmarks/Results/2026-11-24-drift.md`).
    package static let refitGrowth = 1.1
    /// The library's drift at which adding papers refits the model.
    ///
    /// Papers of another field reach it at 2 to 4 % of a library, papers of the same kind never
    /// (`Benchmarks/Results/2026-11-24-drift.md`).
    package static let toleratedDrift = 0.02
    /// The share of a library that small segments, or removed papers, may make up before all segments are merged.
    package static let looseFraction = 0.2
    /// The number of small segments that may stand beside the largest.
    package static let smallSegmentLimit = 8

    /// Whether the model is refitted.
    package var refits: Bool
    /// The numbers of the segments whose live papers go into the new segment.
    package var rewrittenSegments: Set<Int>

    /// Nothing is written again.
    static let keeping = Self(refits: false, rewrittenSegments: [])

    private init(refits: Bool, rewrittenSegments: Set<Int>) {
        self.refits = refits
        self.rewrittenSegments = rewrittenSegments
    }

    /// Plans the next generation.
    ///
    /// - Parameters:
    ///   - segments: The segments of the generation in force. They already list the papers that this change removes.
    ///   - fittedPaperCount: The number of papers that the model in force was fitted on; 0 without a model.
    ///   - newPaperCount: The number of papers that this change adds.
    ///   - libraryDrift: The drift averaged over the library after the change.
    ///   - isRefitWanted: Whether somebody asked for a refit.
    package init(
        segments: [Manifest.Segment], fittedPaperCount: Int, newPaperCount: Int, libraryDrift: Double = 0,
        isRefitWanted: Bool = false
    ) {
        let live = segments.reduce(newPaperCount) { $0 + $1.livePaperCount }
        let all = Set(segments.map(\.number))
        let largest = segments.max { $0.livePaperCount < $1.livePaperCount }
        let small = segments.filter { $0.number != largest?.number }
        let loose = small.reduce(newPaperCount) { $0 + $1.livePaperCount }
        let removed = segments.reduce(0) { $0 + $1.removedKeys.count }
        let tolerated = Self.looseFraction * Double(live)

        let hasGrown = Double(live) >= Self.refitGrowth * Double(fittedPaperCount)
        let hasDrifted = newPaperCount > 0 && libraryDrift >= Self.toleratedDrift

        if live <= Self.alwaysRefitCount || hasGrown || hasDrifted || isRefitWanted {
            refits = true
            rewrittenSegments = all
        } else if Double(loose) > tolerated || Double(removed) > tolerated {
            refits = false
            rewrittenSegments = all
        } else if newPaperCount > 0, small.count >= Self.smallSegmentLimit {
            refits = false
            rewrittenSegments = Set(small.map(\.number))
        } else {
            refits = false
            rewrittenSegments = []
        }
    }
}
