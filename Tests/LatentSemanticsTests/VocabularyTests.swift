import LatentSemantics
import Testing
import TextAnalysis

@Suite("Vocabulary")
struct VocabularyTests {
    private func terms(minimum: Int, fraction: Double) throws -> [String] {
        let counts = TermCounts(documents: [["a", "b", "b", "c"], ["a", "c"], ["a", "d"], ["e", "e"]])
        let model = try fit(counts, .init(minimumDocumentFrequency: minimum, maximumDocumentFraction: fraction))
        return (0..<model.termCount).map { model.vocabulary.term(VocabularyID(rawValue: UInt32($0))) }
    }

    @Test
    func `a vocabulary keeps terms within the bounds on document frequency, both ends included`() throws {
        #expect(try terms(minimum: 1, fraction: 1) == ["a", "b", "c", "d", "e"])
        #expect(try terms(minimum: 2, fraction: 1) == ["a", "c"])
        #expect(try terms(minimum: 3, fraction: 1) == ["a"])
        #expect(try terms(minimum: 1, fraction: 0.75) == ["a", "b", "c", "d", "e"])
        #expect(try terms(minimum: 1, fraction: 0.74) == ["b", "c", "d", "e"])
        #expect(try terms(minimum: 2, fraction: 0.5) == ["c"])
    }

    @Test
    func `a maximum document fraction of .29 includes 29 of 100 documents`() throws {
        // In binary, .29 × 100 is below 29.
        let documents = (0..<100).map { $0 < 29 ? ["a", "b"] : ["b"] }
        let model = try fit(TermCounts(documents: documents), .init(maximumDocumentFraction: 0.29))
        #expect(model.contains("a"))
        #expect(!model.contains("b"))
    }

    @Test
    func `a model tells how many documents hold a term`() throws {
        let model = try fit(TermCounts(documents: memoranda))
        #expect(model.documentCount == 9)
        #expect(model.documentFrequency(of: "system") == 3)
        #expect(model.documentFrequency(of: "human") == 2)
        #expect(model.documentFrequency(of: "keyboard") == 0)
    }
}
