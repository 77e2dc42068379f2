import Foundation
import LexicalIndex
import TestSupport
import Testing
import TextAnalysis

@Suite("Factors of terms and of adjacent terms")
struct FactorTests {
    @Test(arguments: [0, 1, 7, 8, 13, 31, 207, 1025])
    func `a feature's factor is BM25's of its frequency`(count: Int) throws {
        let seed = UInt64(count) + 5
        let collection = SmallCollection(count: count, seed: seed)
        var generator = SeededGenerator(seed: seed)
        try TemporaryFolder.with { folder in
            let index = try collection.index(in: folder)
            for _ in 0..<20 {
                let features = Self.features(&generator)
                let factors = index.factors(of: features, keys: collection.keys)
                for (position, row) in factors.enumerated() {
                    for (feature, factor) in zip(features, row) {
                        let exact = Self.naiveFactor(feature, collection, position)
                        #expect(abs(Double(factor) - exact) <= 1e-5 * (1 + exact), "seed \(seed), \(position)")
                    }
                }
            }
        }
    }

    @Test
    func `the factors of a search's terms add up to its scores`() throws {
        let seed: UInt64 = 7
        let collection = SmallCollection(count: 1025, seed: seed)
        var generator = SeededGenerator(seed: seed)
        try TemporaryFolder.with { folder in
            let index = try collection.index(in: folder)
            for _ in 0..<30 {
                let terms = Dictionary(SmallCollection.terms(&generator), uniquingKeysWith: { first, _ in first })
                let asked = terms.sorted { $0.key < $1.key }.map { ($0.key, abs($0.value)) }
                let statistics = index.statistics(for: asked.map(\.0))
                let factors = index.factors(of: asked.map { .term($0.0) }, keys: collection.keys)
                let scores = factors.map { row in
                    zip(asked.indices, row).reduce(0.0) { sum, factor in
                        let idf = BM25Parameters.inverseDocumentFrequency(
                            of: statistics.documentFrequencies[factor.0], among: collection.keys.count)
                        return sum + Double(asked[factor.0].1) * idf * Double(factor.1)
                    }
                }
                let hits = index.search(index.query(asked), k: 2000)
                #expect(hits.count == scores.count { $0 > 0 })
                let exact = Dictionary(uniqueKeysWithValues: zip(collection.keys, scores))
                #expect(hits.allSatisfy { abs(Double($0.score) - (exact[$0.key] ?? 0)) < 1e-4 }, "seed \(seed)")
            }
        }
    }

    @Test
    func `adjacent terms count in order and without a gap only`() throws {
        let texts = ["open domain question", "domain open question", "open the domain", "open. Domain"]
        let counts = try Analyzer().countTerms(documentCount: texts.count, threads: 1, keepsOrder: true) { [texts[$0]] }
        try TemporaryFolder.with { folder in
            try LexicalIndex.write(counts, keys: [1, 2, 3, 4], to: folder + "/index")
            let index = try LexicalIndex(mapping: folder + "/index")
            let pair = TermPair(first: "open", second: "domain")
            let factors = index.factors(of: [.pair(pair)], keys: [1, 2, 3, 4, 77])
            #expect(factors.map { $0[0] > 0 } == [true, false, false, true, false])
            #expect(index.documentFrequency(of: pair, sampleSize: 10) == 2)
            #expect(index.documentFrequency(of: TermPair(first: "domain", second: "open"), sampleSize: 10) == 1)
            #expect(index.documentFrequency(of: TermPair(first: "open", second: "nowhere"), sampleSize: 10) == 0)
        }
    }

    @Test
    func `the frequency of adjacent terms is estimated from a sample`() throws {
        let documents = (0..<400).map { $0 % 2 == 0 ? ["data", "set"] : ["set", "data"] }
        let collection = SmallCollection(documents: documents, keys: (1...400).map(UInt64.init))
        try TemporaryFolder.with { folder in
            let index = try collection.index(in: folder)
            #expect(index.documentFrequency(of: TermPair(first: "data", second: "set"), sampleSize: 100) == 200)
            #expect(index.documentFrequency(of: TermPair(first: "data", second: "set"), sampleSize: 0) == 0)
        }
    }

    /// Terms share places in a table of 4,096, and what shares one with a term of a feature is no such term.
    @Test
    func `terms are told from others that share their places in the table`() throws {
        let words = (10_000..<20_000).map { "w\($0)" }
        let documents = (0..<1_808).map { number -> [String] in
            let next = words[number + 1]
            return [words[number], next, words[number + 4_096], words[number + 4_097], next]
        }
        let collection = SmallCollection(documents: documents + [words], keys: (1...1_809).map(UInt64.init))
        try TemporaryFolder.with { folder in
            let index = try collection.index(in: folder)
            for number in stride(from: 0, to: 1_808, by: 113) {
                let features: [LexicalFeature] = [
                    .pair(TermPair(first: words[number], second: words[number + 1])),
                    .pair(TermPair(first: words[number + 4_096], second: words[number + 4_097])),
                    .pair(TermPair(first: words[number + 1], second: words[number + 1])),
                    .term(words[number]), .term(words[number + 4_096]),
                ]
                for (position, row) in index.factors(of: features, keys: collection.keys).enumerated() {
                    for (feature, factor) in zip(features, row) {
                        let exact = Self.naiveFactor(feature, collection, position)
                        #expect(abs(Double(factor) - exact) <= 1e-5 * (1 + exact), "document \(position)")
                    }
                }
            }
        }
    }

    @Test
    func `factors are 0 where the order of terms was not kept`() throws {
        let counts = try Analyzer().countTerms(documentCount: 1, threads: 1) { _ in ["open domain"] }
        try TemporaryFolder.with { folder in
            try LexicalIndex.write(counts, keys: [1], to: folder + "/index")
            let index = try LexicalIndex(mapping: folder + "/index")
            let pair = TermPair(first: "open", second: "domain")
            #expect(index.factors(of: [.term("open"), .pair(pair)], keys: [1]) == [[0, 0]])
        }
    }

    /// Distinct terms and pairs of them.
    private static func features(_ generator: inout SeededGenerator) -> [LexicalFeature] {
        let terms = SmallCollection.terms(&generator, longest: 8).map(\.0)
        let pairs = zip(terms, terms.dropFirst()).map { LexicalFeature.pair(TermPair(first: $0, second: $1)) }
        return Array(Set(terms.map(LexicalFeature.term) + pairs))
    }

    private static func naiveFactor(
        _ feature: LexicalFeature, _ collection: SmallCollection, _ position: Int
    ) -> Double {
        let documents = collection.documents
        let document = documents[position]
        let average = Double(documents.reduce(0) { $0 + $1.count }) / Double(documents.count)
        let frequency =
            switch feature {
            case .term(let term): Double(document.count { $0 == term })
            case .pair(let pair):
                Double(zip(document, document.dropFirst()).count { $0 == pair.first && $1 == pair.second })
            }
        guard frequency > 0 else { return 0 }
        return frequency * 2.2 / (frequency + 1.2 * (0.25 + 0.75 * Double(document.count) / average))
    }
}

extension LexicalIndex {
    /// A row of factors for each key, by this index's own statistics.
    func factors(of features: [LexicalFeature], keys: [UInt64]) -> [[Float]] {
        var factors = [Float](repeating: 0, count: keys.count * features.count)
        writeFactors(of: features, statistics(for: [String]()), keys: keys, to: &factors)
        return keys.indices.map { Array(factors[$0 * features.count..<($0 + 1) * features.count]) }
    }

    /// The score of each key for a query, 0 where the document is not found.
    func scores(_ query: LexicalQuery, keys: [UInt64]) -> [Float] {
        let found = Dictionary(uniqueKeysWithValues: search(query, k: documentCount).map { ($0.key, $0.score) })
        return keys.map { found[$0] ?? 0 }
    }
}
