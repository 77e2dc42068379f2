import Testing

import TextAnalysis

@Suite("Words one edit away")
struct CorrectionTests {
    private let analyzer: Analyzer

    init() throws { analyzer = try Analyzer() }

    private func words(for word: String) -> Set<String> {
        Set(analyzer.meantWords(for: word, language: .english).map(\.word))
    }

    @Test func `a word one edit away exchanges, gains, loses or replaces a letter`() {
        let words = "abc".wordsOneEditAway
        for word in ["bac", "acb", "abcd", "xabc", "ab", "bc", "abx", "xbc"] { #expect(words.contains(word)) }
        #expect(!words.contains("abc"))
        #expect(Set(words).count == words.count)
        #expect(words.count == 2 + (4 * 26 - 3) + 3 + 3 * 25)
    }

    @Test func `letters come from the alphabet of the word`() {
        #expect("моделъ".wordsOneEditAway.contains("модель"))
        #expect("γραφοσ".wordsOneEditAway.contains("γραφος"))
        #expect(Set("图像".wordsOneEditAway) == ["像图", "像", "图"])
    }

    @Test(arguments: [
        ("langauge", "language"), ("eficient", "efficient"), ("erference", "reference"), ("retreival", "retrieval"),
        ("Summarisaton", "summarisation"), ("generattion", "generation"),
    ])
    func `a mistake may mean the word`(mistake: String, word: String) { #expect(words(for: mistake).contains(word)) }

    @Test func `what may be a stop word means nothing else`() {
        #expect(words(for: "wiht") == [])
        #expect(words(for: "abuot") == [])
    }
}
