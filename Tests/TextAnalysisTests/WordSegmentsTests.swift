import TestSupport
import Testing
import TextAnalysis

@Suite("Word segments")
struct WordSegmentsTests {
    @Test(.enabled(if: UnicodeData.isPresent, UnicodeData.skipNote))
    func `word segments pass the whole of Unicode's WordBreakTest`() throws {
        let tests = try UnicodeData.records("auxiliary/WordBreakTest.txt")
        #expect(tests.count > 1800)
        for test in tests {
            var text: [UInt8] = []
            var expected: [Int] = []
            for symbol in test[0].split(separator: " ") {
                switch symbol {
                case "÷": expected.append(text.count)
                case "×": break
                default: try text.append(contentsOf: utf8([#require(UInt32(symbol, radix: 16))]))
                }
            }
            #expect(boundaries(of: text) == expected, "\(test[0])")
        }
    }

    @Test(.enabled(if: UnicodeData.isPresent, UnicodeData.skipNote))
    func `word segments know the properties of every code point`() throws {
        var expected = [WordBreak.Property](repeating: .other, count: 0x110000)
        let names: [String: WordBreak.Property] = [
            "CR": .cr, "LF": .lf, "Newline": .newline, "Extend": .extend, "ZWJ": .zwj, "Format": .format,
            "Regional_Indicator": .regionalIndicator, "Katakana": .katakana, "Hebrew_Letter": .hebrewLetter,
            "ALetter": .aLetter, "Single_Quote": .singleQuote, "Double_Quote": .doubleQuote, "MidNumLet": .midNumLet,
            "MidLetter": .midLetter, "MidNum": .midNum, "Numeric": .numeric, "ExtendNumLet": .extendNumLet,
            "WSegSpace": .wSegSpace,
        ]
        for record in try UnicodeData.records("auxiliary/WordBreakProperty.txt") {
            for point in try UnicodeData.codePoints(record[0]) { expected[Int(point)] = try #require(names[record[1]]) }
        }
        let wrong = expected.indices.first { WordBreak(UInt32($0)).property != expected[$0] }
        #expect(wrong == nil)
    }

    @Test(arguments: [0, 1, 7, 8, 13, 31, 207, 1025])
    func `word segments are those of the rules taken literally`(length: Int) {
        for seed in 0..<UInt64(length > 100 ? 20 : 400) {
            var generator = SeededGenerator(seed: seed)
            let text = (0..<length).map { _ in Self.alphabet.randomElement(using: &generator) ?? 0 }
            var offsets = [0]
            for point in text { offsets.append(offsets[offsets.count - 1] + utf8([point]).count) }
            let expected = NaiveWordBreaks(text).boundaries.map { offsets[$0] }
            #expect(boundaries(of: utf8(text)) == expected, "seed \(seed), length \(length)")
        }
    }

    @Test
    func `word segments cover any bytes without gap or overlap`() {
        for seed in 0..<500 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let text = randomBytes(count: Int.random(in: 0...200, using: &generator), using: &generator)
            var end = 0
            for range in WordSegments(ofUTF8: text) {
                #expect(range.lowerBound == end && !range.isEmpty, "seed \(seed)")
                end = range.upperBound
            }
            #expect(end == text.count, "seed \(seed)")
        }
    }

    @Test
    func `word segments take the bytes of ill-formed UTF-8 one by one`() {
        // A surrogate, an overlong slash, a value beyond the last, a truncated letter.
        for text in [[0xED, 0xA0, 0x80], [0xC0, 0xAF], [0xF4, 0x90, 0x80, 0x80], [0xCE]] as [[UInt8]] {
            #expect(boundaries(of: text) == Array(0...text.count))
        }
    }

    /// At least one code point of every property, and some that the fast path decides about.
    private static let alphabet: [UInt32] =
        "aZ_09'.:,; \r\n\t-\"é\u{308}\u{AD}\u{200D}\u{2028}\u{1F1E6}\u{1F469}\u{24C2}\u{30A2}\u{5D0}\u{2019}\u{B7}\u{37E}\u{203F}\u{3000}\u{4E00}\u{661}"
        .unicodeScalars.map(\.value)

    private func boundaries(of text: [UInt8]) -> [Int] {
        text.isEmpty ? [] : [0] + WordSegments(ofUTF8: text).map(\.upperBound)
    }

    private func utf8(_ codePoints: [UInt32]) -> [UInt8] {
        Array(String(String.UnicodeScalarView(codePoints.compactMap(Unicode.Scalar.init))).utf8)
    }
}
