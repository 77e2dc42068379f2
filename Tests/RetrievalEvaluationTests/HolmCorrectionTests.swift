import RetrievalEvaluation
import Testing

@Suite("Correction by Holm")
struct HolmCorrectionTests {
    /// Sorted: .01 · 4, .02 · 3, .03 · 2 raised to .06, .5 · 1.
    @Test func `A table worked by hand`() {
        let corrected = holmCorrected([0.5, 0.01, 0.03, 0.02])
        for (value, expected) in zip(corrected, [0.5, 0.04, 0.06, 0.06]) { #expect(abs(value - expected) < 1e-12) }
    }

    @Test func `One p-value stays as it is, and none is raised above 1`() {
        #expect(holmCorrected([]) == [])
        #expect(holmCorrected([0.3]) == [0.3])
        #expect(holmCorrected([0.9, 0.8]) == [1, 1])
    }
}
