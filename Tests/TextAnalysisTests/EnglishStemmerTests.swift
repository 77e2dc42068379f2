import Foundation
import TestSupport
import Testing
import TextAnalysis

@Suite("Stemmer of English")
struct EnglishStemmerTests {
    @Test(arguments: [
        ("generalizations", "general"), ("caresses", "caress"), ("ties", "tie"), ("cries", "cri"), ("gas", "gas"),
        ("kiwis", "kiwi"), ("agreed", "agre"), ("feed", "feed"), ("hoping", "hope"), ("hopping", "hop"),
        ("luxuriated", "luxuri"), ("falling", "fall"), ("sky", "sky"), ("cry", "cri"), ("by", "by"), ("say", "say"),
        ("youth", "youth"), ("enjoying", "enjoy"), ("relational", "relat"), ("geology", "geolog"),
        ("geologist", "geologist"), ("early", "earli"), ("quickly", "quick"), ("formative", "format"),
        ("replacement", "replac"), ("adoption", "adopt"), ("religion", "religion"), ("rate", "rate"),
        ("controll", "control"), ("communism", "communism"), ("arsenal", "arsenal"), ("skis", "ski"),
        ("innings", "inning"), ("succeeds", "succeed"), ("model's", "model"), ("users'", "user"), ("'tis", "tis"),
        ("cafés", "café"), ("é", "é"), ("ééing", "ééing"), ("", ""), ("a", "a"), ("'", "'"), ("''s", "''s"),
    ])
    func `known words have their stems`(word: String, stem: String) {
        #expect(stemmed(word) == stem)
    }

    @Test
    func `the fingerprint is that of Snowball 2_2`() {
        #expect(Stemmer.fingerprint { EnglishStemmer().stem(&$0) } == fingerprintOfSnowball2)
    }

    @Test
    func `no bytes trap, and a word of bytes has a stem`() {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<50_000 {
            let count = Int.random(in: 0...9, using: &generator)
            let word = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            var stem = word
            EnglishStemmer().stem(&stem)
            #expect(stem.isEmpty == word.isEmpty && stem.count <= word.count + 1, "\(word)")
        }
    }

    private func stemmed(_ word: String) -> String {
        var bytes = Array(word.utf8)
        EnglishStemmer().stem(&bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

@Suite(
    "Stemmer of English beside libstemmer",
    .enabled(if: isSnowball2Present, "needs libstemmer 2.2, whose English algorithm EnglishStemmer has"))
struct EnglishStemmerEqualityTests {
    @Test(.enabled(if: SharedData.isPresent, "\(SharedData.skipNote)"))
    func `the words of real papers have the stems of libstemmer`() throws {
        let papers = try String(contentsOfFile: SharedData.path("papers/core-5k.jsonl"), encoding: .utf8)
        let words = Set(
            papers.lowercased().utf8.split { !(UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || $0 == apostrophe) }
                .map(Array.init))
        #expect(words.count > 40_000)
        expectEqualStems(words)
    }

    @Test
    func `words of all endings have the stems of libstemmer`() {
        var generator = SeededGenerator(seed: 1)
        var words: Set<[UInt8]> = []
        for _ in 0..<300_000 {
            var word: [UInt8] = []
            if Int.random(in: 0..<3, using: &generator) == 0 {
                for _ in 0..<Int.random(in: 1...5, using: &generator) {
                    word.append(letters.randomElement(using: &generator) ?? 0)
                }
            }
            word += stems.randomElement(using: &generator) ?? []
            for _ in 0..<Int.random(in: 0...3, using: &generator) {
                word += endings.randomElement(using: &generator) ?? []
            }
            words.insert(word)
        }
        #expect(words.count > 200_000)
        expectEqualStems(words)
    }

    @Test
    func `words of any bytes have the stems of libstemmer`() {
        var generator = SeededGenerator(seed: 2)
        var words: Set<[UInt8]> = [[]]
        for byte in UInt8.min...UInt8.max {
            words.insert([byte])
            for other in letters { words.formUnion([[byte, other], [other, byte], [byte, other, byte]]) }
        }
        for _ in 0..<100_000 {
            var word: [UInt8] = []
            for _ in 0..<Int.random(in: 0...8, using: &generator) {
                switch Int.random(in: 0..<12, using: &generator) {
                case 0: word.append(UInt8.random(in: 0...255, using: &generator))
                case 1...3: word += characters.randomElement(using: &generator) ?? []
                case 4: word += endings.randomElement(using: &generator) ?? []
                default: word.append(letters.randomElement(using: &generator) ?? 0)
                }
            }
            words.insert(word)
        }
        #expect(words.count > 80_000)
        expectEqualStems(words)
    }

    private func expectEqualStems(_ words: Set<[UInt8]>) {
        guard let libstemmer = Stemmer(.english) else {
            Issue.record("there is no stemmer of English")
            return
        }
        let english = EnglishStemmer()
        var differences: [String] = []
        for word in words {
            var (expected, stem) = (word, word)
            libstemmer.stem(&expected)
            english.stem(&stem)
            guard stem != expected else { continue }
            let texts = [word, expected, stem].map { String(decoding: $0, as: UTF8.self) }
            differences.append("\(texts[0]) \(word): \(texts[1]), not \(texts[2])")
        }
        #expect(differences.isEmpty, "\(differences.count) differences: \(differences.sorted().prefix(20))")
    }
}

/// The fingerprint of Snowball 2.2's English algorithm.
private let fingerprintOfSnowball2 = "b3b09b4f815e5991"

private let isSnowball2Present =
    Stemmer.usesLibstemmer
    && AnalyzerSettings(detectsLanguages: false).stemmerVersion == fingerprintOfSnowball2

private let apostrophe = UInt8(ascii: "'")

private func words(of text: String) -> [[UInt8]] {
    text.split(whereSeparator: \.isWhitespace).map { Array($0.utf8) }
}

/// The vowels more than once, the y marked and unmarked, and the apostrophe.
private let letters = Array("abcdefghijklmnopqrstuvwxyzaeiouyyyY'".utf8)

/// Characters of several bytes, and bytes that are cut short or too many for their character.
private let characters =
    words(of: "é ü ß ’ 日 本 😀") + [
        [0xC1, 0xA1], [0xC3], [0xE0, 0x81, 0xB9], [0xA1], [0xBF], [0xF0], [0xE3, 0x81], [0], [0xF0, 0x80, 0x81, 0xA1],
    ]

/// Stems of regular and exceptional words, and short ones at the edges of the rules.
private let stems = words(
    of: """
        gener commun arsen relat condit ration val digit conform radic differ vil analog vietnam predic oper feud \
        decis hope callous formal sensit tripl electr good reviv allow infer airlin gyroscop adjust defens irrit \
        replac depend activ angular homolog effect bowdler hop hopp tann fall hiss fizz fail fil univers skis \
        skies dying lying tying idly gently ugly early only singly sky news howe atlas cosmos bias andes inn \
        outing canning herring earring proceed exceed succeed sk d l tr b eth cann out y sa by ay boy yy w ow ex \
        box Y e a o bi nationa café é straße 日本 aéb 😀 'a ' ''
        """)

/// Every ending that a step of the algorithm knows.
private let endings = words(
    of: """
        ' 's 's' sses ied ies s us ss eed eedly ed edly ing ingly at bl iz bb dd ff gg mm nn pp rr tt y e l tional \
        enci anci abli entli izer ization ational ation ator alism aliti alli fulness ousli ousness iveness iviti \
        biliti bli ogi logi fulli lessli li alize icate iciti ical ful ness ative al ance ence er ic able ible ant \
        ement ment ent ism ate iti ous ive ize ion sion tion
        """)
