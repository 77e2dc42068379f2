import Testing
import TextAnalysis

@Suite("Term table")
struct TermTableTests {
    @Test
    func `a term table orders terms by their bytes and finds them`() {
        let table = TermTable(["b", "a-b", "a", "é", "ab", "z", "a"])
        #expect(table.count == 6)
        let terms = (0..<6).map { table[TermID(rawValue: $0)] }
        #expect(terms == ["a", "a-b", "ab", "b", "z", "é"])
        for (index, term) in terms.enumerated() {
            #expect(table.id(of: term) == TermID(rawValue: UInt32(index)))
            #expect(table.surfaceForm(of: TermID(rawValue: UInt32(index))) == term)
        }
        for absent in ["", "aa", "0", "zz", "ü", "e\u{301}"] { #expect(table.id(of: absent) == nil) }
    }

    @Test
    func `a term table tells terms apart that are composed differently`() {
        let table = TermTable(["\u{E9}", "e\u{301}"])
        #expect(table.count == 2)
        #expect(table.id(of: "e\u{301}")?.rawValue == 0)
        #expect(table.id(of: "\u{E9}")?.rawValue == 1)
    }

    @Test
    func `a term table holds nothing when it is empty`() {
        let table = TermTable([String]())
        #expect(table.isEmpty)
        #expect(table.id(of: "a") == nil)
    }

    @Test
    func `a term table counts lists of terms`() {
        let counts = TermCounts(documents: [["b", "a", "b"], [], ["c"]])
        #expect(counts.documentCount == 3)
        #expect(counts.documentOffsets == [0, 2, 2, 3])
        #expect(counts.termIDs.map(\.rawValue) == [0, 1, 2])
        #expect(counts.frequencies == [1, 2, 1])
        #expect((0..<3).map(counts.length(of:)) == [3, 0, 1])
        #expect(counts.documentFrequencies() == [1, 1, 1])
    }
}
