import MappedFiles
import TestSupport
import Testing

@Suite("A string table")
struct StringTableTests {
    /// Letters of one to four bytes, zero among them, as words of up to `length`, distinct and ascending by bytes.
    private static func words(_ count: Int, length: Int, using generator: inout SeededGenerator) -> [[UInt8]] {
        let letters = ["a", "b", "\0", "é", "\u{1F600}"]
        let words = (0..<count).map { _ in
            let letters = (0..<Int.random(in: 0...length, using: &generator)).map { _ in
                letters[Int.random(in: 0..<5, using: &generator)]
            }
            return Array(letters.joined().utf8)
        }
        return Set(words).sorted { $0.lexicographicallyPrecedes($1) }
    }

    @Test(arguments: [0, 1, 7, 8, 13, 31, 207, 1025], [1, 6, 30])
    func `a string table finds a string where a search through all would`(count: Int, length: Int) throws {
        var generator = SeededGenerator(seed: UInt64(count))
        let known = Self.words(count, length: length, using: &generator)
        let table = try #require(StringTable(known))
        #expect(table.count == known.count)
        #expect(table.isWellFormed(strictlyAscending: true))
        for (index, word) in known.enumerated() {
            #expect(table.utf8(at: index) == word)
            #expect(table[index] == String(decoding: word, as: UTF8.self))
        }
        // Others among them, few and many.
        for queries in [0, 3, 50, 500] {
            let asked = Self.words(queries, length: length, using: &generator)
            let expected = asked.map { known.firstIndex(of: $0) }
            #expect(asked.map { table.index(of: $0.span) } == expected)
            #expect(asked.map { table.index(of: String(decoding: $0, as: UTF8.self)) } == expected)
            let offsets = asked.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
            let bytes = asked.flatMap(\.self)
            #expect(table.indices(ofAscending: bytes.span, offsets: offsets.span) == expected)
            for start in asked {
                let found = table.indices(beginningWith: start)
                #expect(Array(known[found]) == known.filter { $0.starts(with: start) })
            }
        }
    }

    @Test
    func `a string table tells strings apart that agree in their first eight bytes`() throws {
        let words = ["", "a", "a\0", "abcdefgh", "abcdefgh\0", "abcdefghi", "abcdefghj", "b"]
        let table = try #require(StringTable(words.map { Array($0.utf8) }))
        for (index, word) in words.enumerated() { #expect(table.index(of: word) == index) }
        for absent in ["\0", "abcdefg", "abcdefghh", "c"] { #expect(table.index(of: absent) == nil) }
    }

    @Test
    func `a string table reads a range outside of its bytes as an empty string`() {
        let table = StringTable(offsets: FrozenArray([0, 2, 1, 9]), bytes: FrozenArray(Array("abc".utf8)))
        #expect((0..<3).map { table[$0] } == ["ab", "", ""])
        #expect(!table.isWellFormed(strictlyAscending: false))
        #expect(!table.spansItsBytes)
        #expect(table.index(of: "zz") == nil)
    }

    @Test
    func `a string table tells whether its strings ascend`() throws {
        for (words, ascends) in [(["a", "b"], true), (["b", "a"], false), (["a", "a"], false), ([], true)] {
            let table = try #require(StringTable(words.map { Array($0.utf8) }))
            #expect(table.isWellFormed(strictlyAscending: true) == ascends)
            #expect(table.isWellFormed(strictlyAscending: false))
        }
    }
}
