import Foundation
import TestSupport
import Testing
import TextAnalysis

@Suite("Case folding")
struct CaseFoldingTests {
    @Test(arguments: [
        ("", ""), ("GPT-4", "gpt-4"), ("Eﬃcient", "efficient"), ("STRASSE", "strasse"), ("straße", "strasse"),
        ("𝒪(𝑛)", "o(n)"), ("Cafe\u{301}", "caf\u{E9}"), ("Ｗｉｄｅ", "wide"), ("trans\u{AD}former", "transformer"),
        ("Σίσυφος", "σίσυφοσ"), ("ｶﾞ", "ガ"), ("\u{1100}\u{1161}\u{11A8}", "각"), ("x²", "x2"), ("ℓ", "l"), ("Å", "å"),
        ("가\u{11A8}", "각"),
        ("a\u{323}\u{302}", "ậ"), ("a\u{302}\u{323}", "ậ"),
    ])
    func `case folding gives the known forms`(text: String, expected: String) {
        #expect(Array(caseFolded(text).unicodeScalars) == Array(expected.unicodeScalars))
    }

    @Test(.enabled(if: UnicodeData.isPresent, UnicodeData.skipNote))
    func `case folding follows the mapping of every code point`() throws {
        var mappings: [UInt32: [UInt32]] = [:]
        for record in try UnicodeData.records("DerivedNormalizationProps.txt") where record[1] == "NFKC_CF" {
            let mapping = try record[2].split(separator: " ").map { try #require(UInt32($0, radix: 16)) }
            for point in try UnicodeData.codePoints(record[0]) { mappings[point] = mapping }
        }
        #expect(mappings.count > 10_000)
        for point in UInt32(0)..<0x110000 {
            guard let scalar = Unicode.Scalar(point) else { continue }
            let folded = caseFolded(String(scalar)).unicodeScalars.map(\.value)
            let mapping = mappings[point] ?? [point]
            guard folded != mapping else { continue }
            // Some mappings are not composed; the form is.
            let composed = string(mapping).precomposedStringWithCanonicalMapping.unicodeScalars.map(\.value)
            #expect(folded == composed, "U+\(String(point, radix: 16))")
        }
    }

    @Test
    func `case folding composes as Foundation does`() {
        let scalars =
            "aeiouAEIOU\u{300}\u{301}\u{302}\u{304}\u{307}\u{308}\u{323}\u{327}\u{328}\u{345}ᄀ\u{1161}\u{11A8}αωぱは\u{3099}\u{309A}क\u{93C}ଡ\u{B3C}\u{B47}\u{B57}"
            .unicodeScalars.map(\.value)
        for seed in 0..<3000 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let points = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
                scalars.randomElement(using: &generator) ?? 0
            }
            let text = string(points)
            // Iota below is the one mark here that folding maps; the rest is a matter of composition.
            let expected = caseFoldedByFoundation(text)
            #expect(
                caseFolded(text).unicodeScalars.map(\.value) == expected.unicodeScalars.map(\.value), "seed \(seed)")
        }
    }

    @Test
    func `folding a second time changes nothing`() {
        for seed in 0..<500 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let text = String(decoding: randomBytes(count: 60, using: &generator), as: UTF8.self)
            let once = caseFolded(text)
            #expect(Array(caseFolded(once).utf8) == Array(once.utf8), "seed \(seed)")
        }
    }

    private func caseFoldedByFoundation(_ text: String) -> String {
        let mapped = text.unicodeScalars.map { scalar in
            scalar.value == 0x345 ? "ι" : scalar.properties.lowercaseMapping
        }
        return mapped.joined().precomposedStringWithCompatibilityMapping
    }

    private func string(_ points: [UInt32]) -> String {
        String(String.UnicodeScalarView(points.compactMap(Unicode.Scalar.init)))
    }
}
