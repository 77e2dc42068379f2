import LexicalIndex
import TestSupport
import Testing
import TextAnalysis

@Suite("Postings and sequences as bytes")
struct TransportTests {
    @Test
    func `postings come back as they were`() {
        var list = PostingList()
        let postings = [
            PostingList.Posting(key: 0, frequency: 1, length: 0),
            PostingList.Posting(key: 1, frequency: 2, length: 127),
            PostingList.Posting(key: 128, frequency: 1, length: 128),
            PostingList.Posting(key: 70_000, frequency: 300, length: 70_000),
            PostingList.Posting(key: .max, frequency: .max, length: .max),
        ]
        for posting in postings { list.append(posting) }
        #expect(PostingList.postings(in: list.bytes) == postings)
        #expect(PostingList.keys(in: list.bytes) == postings.map(\.key))
        #expect(PostingList.postings(in: []) == [])
    }

    @Test
    func `bytes that are cut short or overflow are no list`() {
        var list = PostingList()
        list.append(PostingList.Posting(key: 300, frequency: 5, length: 200))
        for count in 1..<list.bytes.count { #expect(PostingList.postings(in: Array(list.bytes.prefix(count))) == nil) }
        #expect(PostingList.postings(in: [UInt8](repeating: 0xFF, count: 40)) == nil)
        #expect(PostingList.postings(in: [0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 2, 1, 2]) == nil)
        #expect(TermSequence.terms(in: [0x80]) == nil)
        #expect(TermSequence.terms(in: [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01]) == nil)
    }

    @Test
    func `sequences come back with their gaps`() {
        let terms: [UInt32] = [0, 1, LexicalIndex.gap, 126, 127, 128, 70_000, LexicalIndex.gap, LexicalIndex.gap - 1]
        #expect(TermSequence.terms(in: TermSequence.bytes(of: terms)) == terms)
    }

    @Test
    func `postings of an index score as the index does`() throws {
        try TemporaryFolder.with { folder in
            let documents = (0..<200).map { number in (0..<(number % 17 + 1)).map { "w\(($0 * 7 + number) % 23)" } }
            let keys = (0..<200).map { UInt64($0 * 3 + 1) }
            let counts = TermCounts(documents: documents)
            try LexicalIndex.write(counts, keys: keys, to: folder + "/x.bm25")
            let index = try LexicalIndex(mapping: folder + "/x.bm25")
            let words = ["w1", "w2", "w5", "w22", "w1", "nothing"]
            let query = LexicalQuery(terms: words.map { ($0, 1) }, statistics: index.statistics(for: words))
            var scores = PostingScores(query)
            var lists: [String: [[UInt8]]] = [:]
            for number in 0..<index.termCount {
                // Two lists of a term, as if papers had been added.
                var halves = [PostingList(), PostingList()]
                index.forEachPosting(ofTermNumbered: number) { halves[$0.key < 300 ? 0 : 1].append($0) }
                lists[try #require(index.term(numbered: UInt32(number)))] = halves.map(\.bytes)
            }
            let areWhole = scores.add(lists)
            #expect(areWhole)
            #expect(scores.best(20) { _ in true } == index.search(query, k: 20))
            #expect(scores.best(20) { $0 % 2 == 0 } == index.search(query, k: 20) { $0 % 2 == 0 })
            #expect(scores.best(0) { _ in true }.isEmpty)
            #expect(scores.best(.max) { _ in true }.count == index.search(query, k: 1_000).count)
        }
    }
}
