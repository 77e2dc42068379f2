import LatentSemantics
import TestSupport
import Testing
import TextAnalysis

@Suite("Similarly spelled terms")
struct SpellingTests {
    private func model(_ documents: [[String]]) throws -> LatentSemanticModel {
        try fit(TermCounts(documents: documents), .init(rank: 2, minimumDocumentFrequency: 1))
    }

    @Test
    func `suggestions come nearest first, then by document frequency, then by term`() throws {
        let model = try model([
            ["transformer", "transformers", "transforms"],
            ["transformers", "transformed", "retriever"],
            ["transformed", "transformers", "retrieved"],
        ])
        #expect(
            model.similarlySpelledTerms(to: "transfromer", limit: 10) == ["transformer", "transformers", "transformed"])
        #expect(model.similarlySpelledTerms(to: "transfromer", limit: 1) == ["transformer"])
        #expect(model.similarlySpelledTerms(to: "retrieve", limit: 10) == ["retrieved", "retriever"])
        #expect(model.similarlySpelledTerms(to: "RETREIVED", limit: 10) == ["retrieved", "retriever"])
        #expect(model.similarlySpelledTerms(to: "transfromer", limit: 0).isEmpty)
        #expect(model.similarlySpelledTerms(to: "elephant", limit: 10).isEmpty)
    }

    @Test
    func `suggestions do not include the word itself`() throws {
        let model = try model([["graph", "graphs"]])
        #expect(model.similarlySpelledTerms(to: "graph", limit: 10) == ["graphs"])
    }

    @Test
    func `words of 3 to 5 letters are corrected at one place, shorter ones at none`() throws {
        let model = try model([["cat", "cart", "coat", "dogs", "at", "attention"]])
        #expect(model.similarlySpelledTerms(to: "cat", limit: 10) == ["at", "cart", "coat"])
        #expect(model.similarlySpelledTerms(to: "ca", limit: 10).isEmpty)
        #expect(model.similarlySpelledTerms(to: "", limit: 10).isEmpty)
    }

    @Test
    func `spelling distance counts letters, not bytes`() throws {
        let model = try model([["schrödinger", "ångström", "模型语言处理系"]])
        #expect(model.similarlySpelledTerms(to: "schrodinger", limit: 10) == ["schrödinger"])
        #expect(model.similarlySpelledTerms(to: "angstrom", limit: 10) == ["ångström"])
        #expect(model.similarlySpelledTerms(to: "模型语言处理糸", limit: 10) == ["模型语言处理系"])
    }

    @Test
    func `letter signatures exclude no word within the distance`() throws {
        // What is found through the signatures is what a comparison with every word finds.
        var generator = SeededGenerator(seed: 5)
        let letters = Array("abcdeé")
        func word() -> String {
            String(
                (0..<Int.random(in: 4...8, using: &generator)).map { _ in
                    letters[Int.random(in: 0..<6, using: &generator)]
                })
        }
        let words = Array(Set((0..<3_000).map { _ in word() })).sorted()
        let model = try model([words])
        for _ in 0..<50 {
            let asked = word()
            let scalars = asked.unicodeScalars.map(\.value)
            let expected = words.filter { other in
                (1...(scalars.count < 6 ? 1 : 2)).contains(
                    alignmentDistance(scalars, other.unicodeScalars.map(\.value)))
            }
            #expect(Set(model.similarlySpelledTerms(to: asked, limit: .max)) == Set(expected), "\(asked)")
        }
    }
}
