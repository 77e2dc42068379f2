import Testing
import TextAnalysis

@Suite("British and American spelling")
struct EnglishSpellingTests {
    @Test
    func `British and American twins are one term`() throws {
        let analyzer = try Analyzer()
        let twins = Self.twins.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        #expect(twins.count >= 250)
        for twin in twins {
            let terms = twin.map { analyzer.terms(of: $0).map(\.text) }
            #expect(terms.count == 2 && terms[0] == terms[1], "\(twin): \(terms)")
        }
    }

    @Test
    func `words that only look British stay as they are`() {
        let words = Self.others.split(whereSeparator: \.isWhitespace).map(String.init)
        #expect(words.count >= 250)
        for word in words { #expect(folded(word) == word) }
    }

    /// Each pair has two meanings, or would bring a third word along.
    @Test(arguments: [
        ("prologue", "prolog"), ("analogue", "analogy"), ("homologue", "homology"), ("tyre", "tire"),
        ("cheque", "check"), ("storey", "story"), ("kerb", "curb"), ("prise", "prize"), ("miser", "mizer"),
        ("four", "for"), ("contour", "contor"), ("genre", "gener"), ("poem", "pem"), ("does", "des"),
        ("daemon", "demon"), ("reflexion", "reflection"), ("draught", "draft"), ("barbour", "barbor"),
        ("cypher", "cipher"), ("insure", "ensure"), ("analysis", "analyze"), ("advice", "advise"),
        ("rise", "rize"), ("disc", "disk"), ("aether", "ether"), ("chancellor", "chancelor"),
        ("concentrability", "concenterability"), ("adaptor", "adapter"), ("haem", "hem"),
    ])
    func `words of different meaning stay two terms`(pair: (String, String)) throws {
        let analyzer = try Analyzer(AnalyzerSettings(removesStopwords: false))
        #expect(analyzer.terms(of: pair.0).map(\.text) != analyzer.terms(of: pair.1).map(\.text))
    }

    @Test
    func `British spelling in a compound and before an apostrophe is folded`() throws {
        let analyzer = try Analyzer()
        #expect(
            analyzer.terms(of: "colour-optimised behaviour’s").map(\.text)
                == analyzer.terms(of: "color-optimized behavior's").map(\.text))
        #expect(analyzer.terms(of: "Colour").map(\.surfaceForm) == ["colour"])
    }

    @Test(arguments: [Language.french, .german, .none])
    func `only English has its spelling folded`(language: Language) throws {
        let analyzer = try Analyzer(AnalyzerSettings(language: language))
        #expect(analyzer.terms(of: "colour").map(\.text) != analyzer.terms(of: "color").map(\.text))
    }

    @Test
    func `folding a spelling twice changes nothing more`() {
        for twin in Self.twins.split(whereSeparator: \.isWhitespace).map(String.init) {
            let once = folded(twin)
            #expect(folded(once) == once)
        }
    }

    private func folded(_ word: String) -> String {
        var bytes = Array(word.utf8)
        EnglishSpelling.fold(&bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
