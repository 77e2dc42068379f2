import LexicalIndex
import TestSupport
import Testing
import TextAnalysis

@Suite("Searching by terms alone")
struct TermSearchTests {
    private static let texts = ["bounded memory", "memory of animals", "songs of birds", "bounded songs"]

    private func withIndex(_ body: (_ index: LexicalIndex, _ analyzer: Analyzer) throws -> Void) throws {
        try TemporaryFolder.with { (folder: String) throws in
            let analyzer = try Analyzer()
            let counts = analyzer.countTerms(documentCount: Self.texts.count, threads: 2) { [Self.texts[$0]] }
            try LexicalIndex.write(counts, keys: [10, 11, 12, 13], to: folder + "/texts.bm25", threads: 2)
            try body(LexicalIndex(mapping: folder + "/texts.bm25"), analyzer)
        }
    }

    @Test func `finds the documents with the terms, best first`() throws {
        try withIndex { index, analyzer in
            let terms = analyzer.terms(of: "bounded memory").map(\.text)
            let hits = try index.search(for: terms, k: 10)
            #expect(hits.first?.key == 10 && Set(hits.map(\.key)) == [10, 11, 13])
            #expect(try index.search(for: terms, k: 1).count == 1 && index.search(for: terms, k: 0).isEmpty)
            #expect(try index.search(for: terms, k: 9) { $0 != 10 }.allSatisfy { $0.key != 10 })
            #expect(try index.search(for: [], k: 9).isEmpty)
        }
    }

    @Test func `refuses numbers and keys that cannot be`() throws {
        try withIndex { index, analyzer in
            #expect(throws: LexicalIndexError.self) { try index.search(for: ["memory"], k: -1) }
            let counts = analyzer.countTerms(documentCount: 2, threads: 1) { [Self.texts[$0]] }
            for (keys, threads) in [([1], 1), ([1, 1], 1), ([1, 2], 0)] as [([UInt64], Int)] {
                let error = #expect(throws: LexicalIndexError.self) {
                    try LexicalIndex.write(counts, keys: keys, to: "/nowhere/texts.bm25", threads: threads)
                }
                #expect(error?.code == .invalidArgument)
            }
        }
    }
}
