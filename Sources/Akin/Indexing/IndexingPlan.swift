/// Which part of a library the next generation writes anew, and whether its model is fitted again.
///
/// The rules, in this order:
/// 1. **Refit** when the library has grown by a tenth since its model was fitted, when papers are added and the space has
///    drifted too far from those that were folded in, when it is asked for, or when the library is so small that a fit
///    costs no more than folding in. A refit writes everything anew. Growing paper by paper, the fits add up to eleven
///    times the cost of the last one at most, 1 + 1/1.1 + 1/1.1² + …
/// 2. **Merge everything** into one segment, under the same model, when all but the largest segment together, or the
///    masked papers, exceed a fifth of the library.
/// 3. **Merge the small ones** (all but the largest) into one when there are more than eight.
/// 4. Otherwise the new papers become a segment of their own and everything else stays as it is.
package struct IndexingPlan: Equatable {
    /// Up to this many papers, every change fits the model anew: a fit of 1,000 abstracts takes a third of a second.
    package static let alwaysRefitCount = 1_000
    /// How much a library grows before its model is fitted again.
    package static let refitGrowth = 1.1
    /// The misfit, as ``LibraryDrift/misfit`` says it, from which on adding papers fits the model anew.
    package static let toleratedMisfit = 0.02
    /// The part of a library that small segments, or masked papers, may make up before everything is merged.
    package static let looseFraction = 0.2
    /// How many small segments may stand beside the largest.
    package static let smallSegmentLimit = 8

    package var refits: Bool
    /// The numbers of the segments whose live papers go into the new segment.
    package var rewrittenSegments: Set<Int>

    /// Plans the generation that follows.
    ///
    /// - Parameters:
    ///   - segments: The segments of the generation in force, with the removals of this change already entered.
    ///   - fittedPaperCount: The papers that the model in force was fitted on; 0 if there is none.
    ///   - newPaperCount: The papers that this change adds.
    ///   - misfit: That of the library after the change.
    ///   - isRefitWanted: Whether somebody asked for a refit.
    package init(
        segments: [Manifest.Segment], fittedPaperCount: Int, newPaperCount: Int, misfit: Double = 0,
        isRefitWanted: Bool = false
    ) {
        let live = segments.reduce(newPaperCount) { $0 + $1.livePaperCount }
        let all = Set(segments.map(\.number))
        let largest = segments.max { $0.livePaperCount < $1.livePaperCount }
        let small = segments.filter { $0.number != largest?.number }
        let loose = small.reduce(newPaperCount) { $0 + $1.livePaperCount }
        let masked = segments.reduce(0) { $0 + $1.removedKeys.count }
        let tolerated = Self.looseFraction * Double(live)

        let hasGrown = Double(live) >= Self.refitGrowth * Double(fittedPaperCount)
        let hasDrifted = newPaperCount > 0 && misfit >= Self.toleratedMisfit

        if live <= Self.alwaysRefitCount || hasGrown || hasDrifted || isRefitWanted {
            refits = true
            rewrittenSegments = all
        } else if Double(loose) > tolerated || Double(masked) > tolerated {
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
