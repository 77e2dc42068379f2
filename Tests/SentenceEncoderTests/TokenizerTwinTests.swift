import EncoderTestSupport
import Foundation
import SentenceEncoder
import TestSupport
import Testing

@Suite("Tokens of generated texts")
struct TokenizerTwinTests {
    /// What texts are made of: each list is one kind of difficulty.
    private static let pieces: [[String]] = [
        "abcdefghijklmnopqrstuvwxyzABCXYZ0189".map(String.init),
        ["the ", "The", "embeddings", "EMBEDS ", "straße", "naïve", "ΣΊΣΥΦΟΣ", "İstanbul", "Ångström"],
        [" ", "\t", "\n", "\r", "\u{B}", "\u{C}", "\u{85}", "\u{A0}", "\u{2028}", "\u{3000}", "\u{200B}", "\u{FEFF}"],
        "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~«»…。・؟₤±".map(String.init),
        ["\u{37E}", "\u{387}", "\u{1FEF}", "\u{0}", "\u{1}", "\u{7F}", "\u{AD}", "\u{FFFD}", "\u{E000}", "\u{202E}"],
        ["é", "e\u{301}", "Å", "ǖ", "ẞ", "ﬁ", "Ǆ", "ấ", "\u{2126}", "\u{212A}", "ϓ", "ё", "Й", "ئ", "ガ", "क़"],
        ["\u{301}", "\u{327}", "\u{20DD}", "\u{344}", "\u{F73}", "\u{1D165}", "\u{1D16E}", "\u{302E}", "\u{1BF2}"],
        ["\u{1D15E}", "\u{1D160}", "\u{1D1BF}", "\u{9CB}", "\u{CCB}", "\u{DDD}", "\u{1B06}"],
        ["中", "文", "漢字", "\u{F900}", "\u{20000}", "\u{2F800}", "한국어", "값", "ㄱ", "カタカナ", "ไทย", "தமிழ்"],
        ["😀", "👩‍👩‍👧", "👍🏽", "🇩🇪", "❤️", "™", "①", "½", "𝒪", "ⅷ"],
        ["[MASK]", "[CLS]", "[SEP]", "[mask]", "[MASK", "[[MASK]]", "##ing", "[MASK2]"],
        [
            String(repeating: "a", count: 99), String(repeating: "b", count: 100), String(repeating: "c", count: 101),
            String(repeating: "é", count: 100), String(repeating: "e\u{301}", count: 101),
            String(repeating: "한", count: 40), String(repeating: "x", count: 1000),
        ],
    ]

    private let files: TokenizerFiles = {
        var files = TokenizerFiles()
        files.addedTokens.append("[MASK2]")
        files.vocabulary.append("[MASK2]")
        let letters = "abcdefghijklmnopqrstuvwxyz0123456789ABCéÅßßσςαяи".map(String.init)
        // Letters as they are written, taken apart, and in pieces of Korean and of Indian scripts.
        let others =
            ["\u{E9}", "\u{301}", "\u{307}", "ガ", "カ", "क"]
            + ["\u{1112}", "\u{1161}", "\u{11AB}", "\u{9C7}", "\u{9BE}"]
        let marks = ["\u{1D158}", "\u{1D165}", "\u{1D16E}", "\u{302E}", "\u{1BF2}", "\u{DCF}"]
        let signs = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~«»。中漢豈".map(String.init)
        let words = ["the", "em", "embed", "bed", "ding", "s", "strasse", "naive", "istanbul", "angstrom", "ing"]
        let parts = letters + others + marks + words
        files.vocabulary += parts + parts.map { "##" + $0 } + signs
        return files
    }()

    private func text(_ seed: UInt64) -> String {
        var generator = SeededGenerator(seed: seed)
        let kinds = Self.pieces.shuffled(using: &generator).prefix(Int.random(in: 1...5, using: &generator))
        return (0..<Int.random(in: 0..<40, using: &generator)).map { _ in
            kinds.randomElement(using: &generator)?.randomElement(using: &generator) ?? ""
        }.joined()
    }

    @Test(arguments: [true, false], [true, false])
    func `are those of a tokenizer written straight from the rules`(lowercases: Bool, cleans: Bool) throws {
        var files = self.files
        var naive = NaiveTokenizer(vocabulary: files.vocabulary, addedTokens: files.addedTokens)
        for (stripsMarks, isolatesIdeographs) in [(true, true), (false, true), (true, false), (false, false)] {
            naive.rules = .init(
                cleans: cleans, isolatesIdeographs: isolatesIdeographs, stripsMarks: stripsMarks,
                lowercases: lowercases)
            files.normalizer = [
                "type": "BertNormalizer", "clean_text": cleans, "handle_chinese_chars": isolatesIdeographs,
                "strip_accents": stripsMarks, "lowercase": lowercases,
            ]
            let tokenizer = try files.tokenizer()
            for seed in 0..<400 as Range<UInt64> {
                let text = text(seed)
                let tokens = tokenizer.tokens(of: text, limit: 1_000_000)
                #expect(tokens.dropFirst().dropLast() == naive.tokens(of: text)[...], "seed \(seed), \(naive.rules)")
            }
        }
    }

    @Test
    func `are cut at the limit, and pairs from the longer text`() throws {
        let tokenizer = try files.tokenizer()
        let naive = NaiveTokenizer(vocabulary: files.vocabulary, addedTokens: files.addedTokens)
        for seed in 0..<500 as Range<UInt64> {
            let (first, second) = (naive.tokens(of: text(seed)), naive.tokens(of: text(seed + 1)))
            for limit in [3, 4, 5, 8, 17, 64] {
                let single = tokenizer.tokens(of: text(seed), limit: limit)
                #expect(single == [2] + first.prefix(limit - 2) + [3], "seed \(seed), \(limit) tokens")
                var (firstCount, secondCount) = (first.count, second.count)
                // One token after another from the longer text; from the first if both are as long.
                while firstCount + secondCount > limit - 3 {
                    if firstCount >= secondCount { firstCount -= 1 } else { secondCount -= 1 }
                }
                if first.count > second.count, firstCount < secondCount { swap(&firstCount, &secondCount) }
                let pair = tokenizer.tokens(of: text(seed), and: text(seed + 1), limit: limit)
                let expected = [[2] + first.prefix(firstCount) + [3], second.prefix(secondCount) + [3]]
                #expect(pair.tokens == expected[0] + expected[1], "seed \(seed), \(limit) tokens")
                #expect(
                    pair.types == expected[0].map { _ in 0 } + expected[1].map { _ in 1 },
                    "seed \(seed), \(limit) tokens")
            }
        }
    }
}
