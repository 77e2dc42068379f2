import EncoderTestSupport
import Foundation
import SentenceEncoder
import TestSupport
import Testing

@Suite("Tokens of texts")
struct WordPieceTokenizerTests {
    private func tokens(_ text: String, limit: Int = 100) throws -> [Int32] {
        Array(try TokenizerFiles().tokenizer().tokens(of: text, limit: limit).dropFirst().dropLast())
    }

    @Test
    func `a word becomes the longest tokens that it is made of, or is unknown as a whole`() throws {
        #expect(try tokens("the embeddings") == [5, 6, 7, 8, 9])
        #expect(try tokens("embedx ems") == [1, 6, 9])
        #expect(try tokens("bed") == [1])
        #expect(try tokens("") == [])
        #expect(try tokens(" \n\t ") == [])
    }

    @Test
    func `case, accents and control characters do not matter`() throws {
        for text in ["THE", "Thé", "th\u{E9}", "the\u{301}", "t\u{0}h\u{AD}e", "\u{FEFF}the", "the\u{FFFD}"] {
            #expect(try tokens(text) == [5], "\(text.unicodeScalars.map(\.value))")
        }
    }

    @Test
    func `special tokens are found in texts as they are written, and nowhere else`() throws {
        #expect(try tokens("a[MASK]a") == [10, 4, 10])
        #expect(try tokens("[SEP] [[CLS]") == [3, 1, 2])
        #expect(try tokens("[mask]") == [1, 1, 1])
    }

    @Test
    func `a word of a hundred letters is tokenized, and one of more is unknown`() throws {
        #expect(try tokens("em" + String(repeating: "s", count: 98), limit: 200).count == 99)
        #expect(try tokens("em" + String(repeating: "s", count: 99)) == [1])
    }

    @Test
    func `the limit counts the tokens around texts`() throws {
        let tokenizer = try TokenizerFiles().tokenizer()
        #expect(tokenizer.tokens(of: "the embeddings", limit: 5) == [2, 5, 6, 7, 3])
        #expect(tokenizer.tokens(of: "the embeddings", limit: 2) == [2, 3])
        let pair = tokenizer.tokens(of: "the", and: "embeddings a", limit: 7)
        #expect(pair.tokens == [2, 5, 3, 6, 7, 8, 3])
        #expect(pair.types == [0, 0, 0, 1, 1, 1, 1])
        let empty = tokenizer.tokens(of: "", and: "", limit: 3)
        #expect(empty.tokens == [2, 3, 3] && empty.types == [0, 0, 1])
    }

    @Test(arguments: ["the ", "x", "[", "\u{1D165}\u{1D16E}", "中", "\u{0}"])
    func `ten million bytes of anything are read`(piece: String) throws {
        let tokenizer = try TokenizerFiles().tokenizer()
        let text = String(repeating: piece, count: 10_000_000 / piece.utf8.count)
        #expect(tokenizer.tokens(of: text, limit: 256).count <= 256)
        let pair = tokenizer.tokens(of: text, and: "the", limit: 256)
        #expect(pair.tokens.count <= 256 && pair.tokens.suffix(2) == [5, 3])
    }

    @Test
    func `every code point alone and between letters is read`() throws {
        let tokenizer = try TokenizerFiles().tokenizer()
        for value in 0...0x10FFFF as ClosedRange<UInt32> {
            guard let scalar = Unicode.Scalar(value) else { continue }
            var text = String.UnicodeScalarView()
            text.append(contentsOf: ["a", scalar, "a"])
            // Part of an unknown word, or between two words, perhaps as a third.
            let tokens = tokenizer.tokens(of: String(text), limit: 10)
            #expect(
                [[2, 1, 3], [2, 10, 10, 3], [2, 10, 1, 10, 3]].contains(tokens), "U+\(String(value, radix: 16))")
        }
    }
}
