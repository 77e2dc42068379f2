import TestSupport
import Testing
import TextAnalysis

@Suite("Sentences")
struct SentenceRangesTests {
    private func sentences(_ text: String) -> [String] {
        let bytes = Array(text.utf8)
        return sentenceRanges(in: text).map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    @Test(
        arguments: [
            ("", []), (" \n ", []), ("One sentence", ["One sentence"]),
            ("  One.  Two!\nThree? ", ["One.", "Two!", "Three?"]),
            ("It works... Does it?! Yes", ["It works...", "Does it?!", "Yes"]),
            ("So he said “Stop.” (Twice.) Then he left.", ["So he said “Stop.”", "(Twice.)", "Then he left."]),
            ("It goes on… And ends.", ["It goes on…", "And ends."]),
            ("一つ目です。二つ目です！三つ目", ["一つ目です。", "二つ目です！", "三つ目"]),
        ] as [(String, [String])])
    func `sentences end behind their marks`(text: String, expected: [String]) {
        #expect(sentences(text) == expected)
    }

    @Test(arguments: [
        "Models, e.g. BERT, and methods, i.e. GPT, gain 3.5 points.",
        "Smith et al. (2020) and Jones et al. show it.", "We follow Vaswani et al. [3] in Fig. 2 and Eq. 4 of Sec. 3.",
        "It is small vs. Large ones, cf. Table 2, by approx. 10 points.", "The work of J. R. Firth and Dr. Who.",
        "We take i.i.d. Gaussian noise and U.S. English.", "See example.com or v1.2.3 for more",
    ])
    func `sentences do not end behind abbreviations, initials and numbers`(text: String) {
        #expect(sentences(text) == [text])
    }

    @Test
    func `sentences end at an abbreviation that a new sentence follows`() {
        #expect(
            sentences("We extend Smith et al. Our method gains 3. It uses GPT-4. Then 1.5. See Sec. 2.") == [
                "We extend Smith et al.", "Our method gains 3.", "It uses GPT-4.", "Then 1.5.", "See Sec. 2.",
            ])
        #expect(sentences("A result. 90 % agree. [1] says so.") == ["A result.", "90 % agree.", "[1] says so."])
    }

    @Test
    func `sentences cover every word once, in order, over random text`() {
        let pieces = [
            "word", " ", ".", "? ", "! ", ". ", "…", "。", "e.g.", "et al. ", "\n", "A", "9", "”", "(", ")", "é",
        ]
        for seed in UInt64(0)..<300 {
            var generator = SeededGenerator(seed: seed)
            let text = (0..<Int.random(in: 0...60, using: &generator)).map { _ in
                pieces[Int.random(in: 0..<pieces.count, using: &generator)]
            }.joined()
            let bytes = Array(text.utf8)
            var end = 0
            for range in sentenceRanges(in: text) {
                #expect(!range.isEmpty && range.lowerBound >= end, "seed \(seed)")
                #expect(bytes[end..<range.lowerBound].allSatisfy { $0 == 0x20 || $0 == 0x0A }, "seed \(seed)")
                #expect(String(validating: bytes[range], as: UTF8.self) != nil, "seed \(seed)")
                end = range.upperBound
            }
            #expect(bytes[end...].allSatisfy { $0 == 0x20 || $0 == 0x0A }, "seed \(seed)")
        }
    }
}
