import LexicalIndex
import TestSupport
import Testing
import TextAnalysis

@Suite("Weights of all terms")
struct TermWeightTests {
    @Test(arguments: [0, 1, 7, 31, 207, 1025], [4, 65_535])
    func `the score of each document is the sum of its weighted factors`(count: Int, pairLimit: Int) throws {
        let seed = UInt64(count) + 11
        let collection = SmallCollection(count: count, seed: seed)
        var generator = SeededGenerator(seed: seed)
        try TemporaryFolder.with { folder in
            let index = try collection.index(in: folder, pairLimit: pairLimit)
            let statistics = index.statistics(for: [])
            // Some terms have no weight, and some a negative one.
            let weights = (0..<index.termCount).map { _ in
                Bool.random(using: &generator) ? Float.random(in: -1...1, using: &generator) : 0
            }
            let scores = index.scores(ofTermWeights: weights, statistics)
            #expect(scores.count == count)
            var frequencies = TermFrequencies(index)
            for (key, document) in zip(collection.keys, collection.documents) {
                var (sum, terms) = (Float(0), [String]())
                index.forEachTerm(of: key, statistics, counting: &frequencies) { number, factor in
                    sum += weights[Int(number)] * factor
                    terms.append(index.term(numbered: number) ?? "")
                }
                let features = Set(document).sorted().map { LexicalFeature.term($0) }
                let exact = index.factors(of: features, keys: [key])[0]
                let naive = zip(Set(document).sorted(), exact).reduce(Float(0)) { sum, term in
                    sum + term.1
                        * (0..<index.termCount).reduce(Float(0)) {
                            index.term(numbered: UInt32($1)) == term.0 ? $0 + weights[$1] : $0
                        }
                }
                #expect(Set(terms) == Set(document) && terms.count == Set(document).count, "seed \(seed)")
                let score = scores[try #require(index.ordinal(of: key))]
                #expect(abs(score - sum) < 1e-3 && abs(score - naive) < 1e-3, "seed \(seed)")
            }
            // A search afterwards finds nothing left in the accumulator.
            let asked = [(SmallCollection.word(1), Float(1))]
            let hits = index.search(index.query(asked), k: 2_000)
            #expect(hits.count == collection.documents.count { $0.contains(SmallCollection.word(1)) })
        }
    }

    @Test
    func `terms beyond the weights have none, and a document that is not there has no terms`() throws {
        let collection = SmallCollection(count: 31, seed: 2)
        try TemporaryFolder.with { folder in
            let index = try collection.index(in: folder)
            let statistics = index.statistics(for: [])
            #expect(index.scores(ofTermWeights: [], statistics) == [Float](repeating: 0, count: 31))
            var frequencies = TermFrequencies(index)
            index.forEachTerm(of: 1 << 40, statistics, counting: &frequencies) { _, _ in Issue.record("a term") }
            #expect(index.documentFrequency(ofTermNumbered: .max) == 0)
            for number in 0..<UInt32(index.termCount) {
                let term = index.term(numbered: number) ?? ""
                #expect(index.documentFrequency(ofTermNumbered: number) == index.documentFrequency(of: term))
            }
        }
    }
}
