/// Which part of a library the next generation writes anew, and whether its model is fitted again.
///
/// The rules, in this order:
/// 1. **Refit** when the library has grown by a quarter since its model was fitted, or when it is so small that a fit
///    costs no more than folding in. A refit writes everything anew. Growing paper by paper, the fits add up to five
///    times the cost of the last one at most, 1 + 1/1.25 + 1/1.25² + …
/// 2. **Merge everything** into one segment, under the same model, when all but the largest segment together, or the
///    masked papers, exceed a fifth of the library.
/// 3. **Merge the small ones** (all but the largest) into one when there are more than eight.
/// 4. Otherwise the new papers become a segment of their own and everything else stays as it is.
package struct IndexingPlan: Equatable {
    /// Up to this many papers, every change fits the model anew: a fit of 1,000 abstracts takes a third of a second.
    package static let alwaysRefitCount = 1_000
    /// How much a library grows before its model is fitted again.
    package static let refitGrowth = 1.25
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
    package init(segments: [Manifest.Segment], fittedPaperCount: Int, newPaperCount: Int) {
        let live = segments.reduce(newPaperCount) { $0 + $1.livePaperCount }
        let all = Set(segments.map(\.number))
        let largest = segments.max { $0.livePaperCount < $1.livePaperCount }
        let small = segments.filter { $0.number != largest?.number }
        let loose = small.reduce(newPaperCount) { $0 + $1.livePaperCount }
        let masked = segments.reduce(0) { $0 + $1.removedKeys.count }
        let tolerated = Self.looseFraction * Double(live)

        if live <= Self.alwaysRefitCount || Double(live) >= Self.refitGrowth * Double(fittedPaperCount) {
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
