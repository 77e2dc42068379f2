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

@Suite("Parts of compounds that count only before the next part")
struct BoundPartTests {
    private let analyzer: Analyzer

    init() throws { analyzer = try Analyzer() }

    private func parts(_ question: String) -> [BoundPart] {
        analyzer.boundParts(of: question, analyzedAs: analyzer.analyze(question))
    }

    @Test(arguments: [
        ("few-shot learning", "few", "shot"), ("OFF-POLICY", "off", "polici"), ("e-mail", "e", "mail"),
        ("non-negative matrices", "non", "negat"), ("co-training", "co", "train"), ("k-means", "k", "mean"),
    ])
    func `stop words, letters and prefixes before a hyphen are bound`(question: String, part: String, next: String) {
        #expect(parts(question) == [BoundPart(part: part, next: next, isWritten: true)])
    }

    @Test
    func `a stop word before a space may be meant as one`() {
        #expect(parts("off policy learning") == [BoundPart(part: "off", next: "polici", isWritten: false)])
        #expect(parts("off policy, off-policy").map(\.isWritten) == [true])
    }

    @Test(arguments: ["graph-based", "transformer-based methods", "policy gradient", "off, policy", "", "a"])
    func `words that mean something alone are not bound`(question: String) { #expect(parts(question) == []) }

    @Test
    func `a long text has no bound parts`() {
        #expect(parts((0..<40).map { "word\($0)" }.joined(separator: " ") + " off policy") == [])
    }
}
