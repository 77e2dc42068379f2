import LatentSemantics
import ReleasedModels
import Testing
import TextAnalysis

@Suite("The released model")
struct ReleasedModelTests {
    private let model: LatentSemanticModel

    init() throws {
        model = try #require(try ReleasedModel.languageAndLearning())
    }

    @Test
    func `the released model has the settings of the analyzer and an expected retention`() throws {
        #expect(model.settings == AnalyzerSettings())
        #expect(model.rank == 256)
        #expect(model.documentCount > 150_000)
        #expect(try #require(model.expectedRetention).documentCount > 0)
    }

    @Test
    func `the released model holds no text but single words`() {
        for index in 0..<model.termCount {
            let id = VocabularyID(rawValue: UInt32(index))
            for word in [model.vocabulary.term(id), model.vocabulary.surfaceForm(of: id)] {
                #expect(!word.isEmpty && word.utf8.count <= 64)
                #expect(!word.contains { $0.isWhitespace || $0.isNewline })
            }
        }
    }

    @Test
    func `the released model knows which words go together`() throws {
        let analyzer = try Analyzer(model.settings)
        func cosine(_ left: String, _ right: String) -> Float {
            let vectors = [left, right].map { model.embed(analyzer.terms(of: $0).map { ($0.text, 1) }) }
            return zip(vectors[0], vectors[1]).reduce(0) { $0 + $1.0 * $1.1 }
        }
        #expect(cosine("key-value cache", "long context inference") > cosine("key-value cache", "machine translation"))
        #expect(
            cosine("neural machine translation", "bilingual corpora")
                > cosine("neural machine translation", "reinforcement"))
        #expect(
            cosine("word sense disambiguation", "WordNet") > cosine("word sense disambiguation", "diffusion models"))
    }
}
