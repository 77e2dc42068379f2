import Akin
import Papers
import Testing

@Suite("The plan of the next generation")
struct IndexingPlanTests {
    private func segment(_ number: Int, _ count: Int, removed: Int = 0) -> Manifest.Segment {
        let file = FileIdentity(name: "file-\(number)", byteCount: 0, checksum: 0)
        return Manifest.Segment(
            number: number, paperCount: count, removedKeys: (0..<removed).map { PaperKey(UInt64($0)) }, lexical: file,
            vectors: [:])
    }

    @Test
    func `a small library is fitted anew at every change`() {
        let plan = IndexingPlan(segments: [segment(0, 999)], fittedPaperCount: 999, newPaperCount: 1)
        #expect(plan.refits)
        #expect(plan.rewrittenSegments == [0])
    }

    @Test
    func `few new papers become a segment of their own`() {
        let plan = IndexingPlan(segments: [segment(0, 5_000)], fittedPaperCount: 5_000, newPaperCount: 1)
        #expect(!plan.refits)
        #expect(plan.rewrittenSegments.isEmpty)
    }

    @Test
    func `growth by a tenth fits the model anew`() {
        let before = IndexingPlan(segments: [segment(0, 8_000)], fittedPaperCount: 8_000, newPaperCount: 799)
        #expect(!before.refits)
        let after = IndexingPlan(segments: [segment(0, 8_000)], fittedPaperCount: 8_000, newPaperCount: 801)
        #expect(after.refits)
        #expect(after.rewrittenSegments == [0])
    }

    @Test
    func `papers that are added to a drifted space fit the model anew`() {
        func plan(_ newPaperCount: Int, libraryDrift: Double) -> IndexingPlan {
            IndexingPlan(
                segments: [segment(0, 8_000)], fittedPaperCount: 8_000, newPaperCount: newPaperCount,
                libraryDrift: libraryDrift)
        }
        #expect(!plan(300, libraryDrift: IndexingPlan.toleratedDrift * 0.99).refits)
        #expect(plan(300, libraryDrift: IndexingPlan.toleratedDrift).refits)
        #expect(!plan(0, libraryDrift: 1).refits)
    }

    @Test
    func `a wanted refit fits the model anew`() {
        let plan = IndexingPlan(
            segments: [segment(0, 8_000), segment(1, 5)], fittedPaperCount: 8_000, newPaperCount: 0, isRefitWanted: true
        )
        #expect(plan.refits)
        #expect(plan.rewrittenSegments == [0, 1])
    }

    @Test
    func `all segments are merged when the small ones exceed a fifth`() {
        let segments = [segment(0, 8_000), segment(1, 1_000)]
        #expect(IndexingPlan(segments: segments, fittedPaperCount: 9_900, newPaperCount: 900).rewrittenSegments.isEmpty)
        let plan = IndexingPlan(segments: segments, fittedPaperCount: 9_900, newPaperCount: 1_300)
        #expect(!plan.refits)
        #expect(plan.rewrittenSegments == [0, 1])
    }

    @Test
    func `only the small segments are merged when there are too many`() {
        let segments = [segment(0, 100_000)] + (1...8).map { segment($0, 1) }
        let plan = IndexingPlan(segments: segments, fittedPaperCount: 100_000, newPaperCount: 1)
        #expect(!plan.refits)
        #expect(plan.rewrittenSegments == Set(1...8))
        let fewer = IndexingPlan(segments: Array(segments.dropLast()), fittedPaperCount: 100_000, newPaperCount: 1)
        #expect(fewer.rewrittenSegments.isEmpty)
    }

    @Test
    func `all segments are written anew when a fifth of the papers is removed`() {
        let few = IndexingPlan(segments: [segment(0, 5_000, removed: 500)], fittedPaperCount: 5_000, newPaperCount: 0)
        #expect(few.rewrittenSegments.isEmpty)
        let many = IndexingPlan(
            segments: [segment(0, 5_000, removed: 1_000)], fittedPaperCount: 5_000, newPaperCount: 0)
        #expect(!many.refits)
        #expect(many.rewrittenSegments == [0])
    }

    @Test
    func `the first papers of a library fit its model`() {
        #expect(IndexingPlan(segments: [], fittedPaperCount: 0, newPaperCount: 5_000).refits)
    }
}
