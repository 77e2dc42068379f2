import Foundation
import JSONReading
import TestSupport
import Testing

@Suite("JSON")
struct JSONReaderTests {
    /// Reads one text whole; the error's position, or `nil` where there is none.
    private func errorOffset(_ json: [UInt8]) -> Int? {
        var reader = JSONReader(json, in: json.indices)
        do throws(JSONError) {
            try reader.skipValue()
            try reader.finish()
            return nil
        } catch {
            return error.offset
        }
    }

    @Test(arguments: [
        ("", 0), ("{", 1), ("{\"id\": 1, x}", 10), ("{\"a\" 1}", 5), ("[1,]", 3), ("[1 2]", 3), ("nul", 3), ("tru3", 3),
        ("\"abc", 4), ("\"a\u{1}\"", 2), ("\"\\x\"", 2), ("\"\\u12g4\"", 5), ("\"\\ud800\"", 3),
        ("\"\\ud800\\u0041\"", 3),
        ("01", 1), ("1.", 2), ("-", 1), ("1e", 2), ("{} {}", 3), ("+1", 0), ("\"\\", 2),
    ])
    func `that is none is refused with the place`(json: String, offset: Int) {
        #expect(errorOffset(Array(json.utf8)) == offset)
    }

    @Test(arguments: [
        "{}", "[]", " [ 1 , -0.5e+10 , null , true , false , \"\" ] ", "{\"a\": {\"b\": [[], {}]}}",
        "\"\\u00e9\\ud83e\\udde0\\n\"",
        "0", "-0", "1E5",
    ])
    func `that is one is accepted`(json: String) {
        #expect(errorOffset(Array(json.utf8)) == nil)
    }

    @Test
    func `agrees with Foundation on texts made by chance`() {
        let pieces = [
            "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\"é\"", "1", "-2.5", "1e3", "true", "false", "null", " ",
            "\\",
            "\\u0041", "x", "\u{1}", "0", ".", "\"\\n\"", "{\"k\":1}", "[1,2]", "\"b\":",
        ]
        for seed in UInt64(0)..<20_000 {
            var random = SeededGenerator(seed: seed)
            let count = Int.random(in: 1...7, using: &random)
            let text = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            let foundation = try? JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
            let isOurs = errorOffset(Array(text.utf8)) == nil
            if (foundation != nil) != isOurs { Issue.record("seed \(seed): \(text)") }
        }
    }

    @Test
    func `reads strings as Foundation does`() throws {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<2_000 {
            let scalars = (0..<Int.random(in: 0...20, using: &random)).compactMap { _ in
                Unicode.Scalar(UInt32.random(in: 0...(Bool.random(using: &random) ? 0x7F : 0x10FFFF), using: &random))
            }
            let text = String(String.UnicodeScalarView(scalars))
            let json = Array(try JSONEncoder().encode([text]))
            var reader = JSONReader(json, in: json.indices)
            var read: String?
            try reader.array { (reader) throws(JSONError) in read = try reader.string() }
            #expect(read?.unicodeScalars.elementsEqual(text.unicodeScalars) == true)
        }
    }

    @Test
    func `that nests too deep is refused and does no harm`() {
        let depth = 100_000
        #expect(errorOffset(Array(repeating: UInt8(ascii: "["), count: depth)) == JSONReader.maximumDepth)
        let allowed = JSONReader.maximumDepth
        let nested = String(repeating: "[", count: allowed) + String(repeating: "]", count: allowed)
        #expect(errorOffset(Array(nested.utf8)) == nil)
    }

    @Test
    func `keeps the digits of a number`() throws {
        for digits in ["2401.10000", "12345678901234567890123", "-0", "1E+05"] {
            let json = Array(digits.utf8)
            var reader = JSONReader(json, in: json.indices)
            #expect(try reader.number() == digits)
        }
    }

    @Test
    func `any bytes at all are safe`() {
        for seed in UInt64(0)..<5_000 {
            var random = SeededGenerator(seed: seed)
            var json = Array(#"{"id": "a\u00e9\n", "n": [1, 2.5, null, {"é": true}]}"#.utf8)
            for _ in 0..<3 {
                json[Int.random(in: json.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            if let offset = errorOffset(json) { #expect((0...json.count).contains(offset)) }
        }
    }
}
