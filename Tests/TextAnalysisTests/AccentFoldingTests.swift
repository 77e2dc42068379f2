import TestSupport
import Testing
import TextAnalysis

@Suite("Accents and Greek letters")
struct AccentFoldingTests {
    @Test(arguments: [
        ("Düsseldorf", "dusseldorf"), ("naïve", "naive"), ("Résumé", "resume"), ("Yorùbá", "yoruba"),
        ("ẹ̀kọ́", "eko"), ("Rényi", "renyi"), ("Erdős", "erdos"), ("Gödel", "godel"), ("Nguyễn", "nguyen"),
        ("Møller", "moller"), ("Łódź", "lodz"), ("Đorđe", "dorde"), ("Ærø", "aero"), ("œuvre", "oeuvre"),
        ("Straße", "strasse"), ("ısı", "isi"), ("İstanbul", "istanbul"), ("Þór", "thor"), ("Ísafjörður", "isafjordur"),
        ("λόγος", "λογοσ"), ("ᾳ", "αι"), ("ёж", "еж"), ("мо́ре", "море"), ("йод", "йод"), ("їжак", "їжак"),
        ("ќерка", "ќерка"), ("हिन्दी", "हिन्दी"), ("ガ", "ガ"), ("ภาษา", "ภาษา"), ("한국어", "한국어"), ("👍🏽", "👍"),
        ("x̄", "x"), ("plain", "plain"), ("", ""), ("\u{301}", "\u{301}"),
    ])
    func `accents of Latin, Greek and Cyrillic are removed, and marks of other scripts stay`(
        text: String, expected: String
    ) {
        #expect(Array(accentFolded(text).unicodeScalars) == Array(expected.unicodeScalars))
    }

    @Test
    func `removing accents a second time changes nothing`() {
        for seed in 0..<1000 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let text = String(decoding: randomBytes(count: 60, using: &generator), as: UTF8.self)
            let once = accentFolded(text)
            #expect(Array(accentFolded(once).utf8) == Array(once.utf8), "seed \(seed)")
        }
    }

    @Test(arguments: [
        ("Düsseldorf's naïve résumés", "Dusseldorf's naive resumes"), ("Erdős–Rényi", "Erdos-Renyi"),
        ("Schr\\\"odinger", "Schrodinger"), ("β-VAE", "beta-VAE"), ("$\\beta$-VAE", "beta-VAE"), ("α", "alpha"),
        ("$\\alpha$", "alpha"), ("TGF-β1", "TGF-beta1"), ("NF-κB", "NF-kappaB"), ("µ μ", "mu mu"), ("Δ", "delta"),
    ])
    func `a word with accents or a Greek letter meets its plain twin`(text: String, plain: String) throws {
        for language in [Language.english, .none] {
            let analyzer = try Analyzer(AnalyzerSettings(language: language))
            #expect(analyzer.terms(of: text).map(\.text) == analyzer.terms(of: plain).map(\.text))
        }
    }

    @Test(arguments: Language.allCases)
    func `Greek letters have English names in every language`(language: Language) throws {
        let analyzer = try Analyzer(AnalyzerSettings(language: language, removesStopwords: false))
        #expect(analyzer.terms(of: "α β ω").map(\.text) == analyzer.terms(of: "alpha beta omega").map(\.text))
        #expect(analyzer.terms(of: "α").map(\.surfaceForm) == ["α"])
    }

    @Test
    func `Greek words and units stay`() throws {
        let analyzer = try Analyzer()
        #expect(analyzer.terms(of: "λόγος αβ μm").map(\.text) == ["λογ", "αβ", "μm"])
    }

    @Test(arguments: [
        (Language.german, "Häuser", "hauser"), (.french, "créations", "creations"), (.spanish, "canción", "cancion"),
        (.russian, "ёлками", "елками"), (.greek, "ερευνητών", "ερευνητων"), (.swedish, "möjligheter", "mojligheter"),
    ])
    func `stems of languages with accents have none`(language: Language, word: String, plain: String) throws {
        let analyzer = try Analyzer(AnalyzerSettings(language: language))
        for term in analyzer.terms(of: word) {
            #expect(Array(accentFolded(term.text).utf8) == Array(term.text.utf8))
        }
        #expect(analyzer.terms(of: word).map(\.text) == analyzer.terms(of: plain).map(\.text))
    }
}
