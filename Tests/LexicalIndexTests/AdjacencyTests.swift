import Foundation
import LexicalIndex
import TestSupport
import Testing
import TextAnalysis

@Suite("Terms side by side")
struct AdjacencyTests {
    @Test(arguments: [0, 1, 7, 8, 13, 31, 207, 1025])
    func `adjacent terms score by BM25 with the idf of the rarer term`(count: Int) throws {
        let seed = UInt64(count) + 5
        let collection = SmallCollection(count: count, seed: seed)
        var generator = SeededGenerator(seed: seed)
        try TemporaryFolder.with { folder in
            let index = try collection.index(in: folder)
            for _ in 0..<20 {
                let pairs = Self.pairs(&generator)
                let statistics = index.statistics(for: pairs.flatMap { [$0.first, $0.second] })
                let scores = index.adjacencyScores(pairs, statistics, keys: collection.keys)
                for (position, score) in scores.enumerated() {
                    let exact = Self.naiveScore(pairs, collection, position)
                    #expect(abs(Double(score) - exact) <= 1e-5 * (1 + exact), "seed \(seed), document \(position)")
                }
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
            let pairs = [AdjacentTerms(first: "open", second: "domain", weight: 1)]
            let scores = index.adjacencyScores(
                pairs, index.statistics(for: ["open", "domain"]), keys: [1, 2, 3, 4, 77])
            #expect(scores.map { $0 > 0 } == [true, false, false, true, false])
        }
    }

    /// Terms share places in a table of 4,096, and what shares one with a term of a pair is no pair.
    @Test
    func `adjacent terms are told from others that share their places in the table`() throws {
        let words = (10_000..<20_000).map { "w\($0)" }
        let documents = (0..<1_808).map { number -> [String] in
            let next = words[number + 1]
            return [words[number], next, words[number + 4_096], words[number + 4_097], next]
        }
        let collection = SmallCollection(documents: documents + [words], keys: (1...1_809).map(UInt64.init))
        try TemporaryFolder.with { folder in
            let index = try collection.index(in: folder)
            for number in stride(from: 0, to: 1_808, by: 113) {
                let pairs = [
                    AdjacentTerms(first: words[number], second: words[number + 1], weight: 1),
                    AdjacentTerms(first: words[number + 4_096], second: words[number + 4_097], weight: 2),
                    AdjacentTerms(first: words[number + 1], second: words[number + 1], weight: 3),
                ]
                let statistics = index.statistics(for: pairs.flatMap { [$0.first, $0.second] })
                let scores = index.adjacencyScores(pairs, statistics, keys: collection.keys)
                for (position, score) in scores.enumerated() {
                    let exact = Self.naiveScore(pairs, collection, position)
                    #expect(abs(Double(score) - exact) <= 1e-5 * (1 + exact), "document \(position)")
                }
            }
        }
    }

    @Test
    func `adjacent terms score 0 where the order of terms was not kept`() throws {
        let counts = try Analyzer().countTerms(documentCount: 1, threads: 1) { _ in ["open domain"] }
        try TemporaryFolder.with { folder in
            try LexicalIndex.write(counts, keys: [1], to: folder + "/index")
            let index = try LexicalIndex(mapping: folder + "/index")
            let pairs = [AdjacentTerms(first: "open", second: "domain", weight: 1)]
            #expect(index.adjacencyScores(pairs, index.statistics(for: ["open", "domain"]), keys: [1]) == [0])
        }
    }

    private static func pairs(_ generator: inout SeededGenerator) -> [AdjacentTerms] {
        let terms = SmallCollection.terms(&generator, longest: 8)
        return zip(terms, terms.dropFirst()).map { AdjacentTerms(first: $0.0, second: $1.0, weight: abs($1.1)) }
    }

    private static func naiveScore(_ pairs: [AdjacentTerms], _ collection: SmallCollection, _ position: Int) -> Double {
        let documents = collection.documents
        let document = documents[position]
        let average = Double(documents.reduce(0) { $0 + $1.count }) / Double(documents.count)
        func idf(_ term: String) -> Double {
            let holders = Double(documents.count { $0.contains(term) })
            return log(1 + (Double(documents.count) - holders + 0.5) / (holders + 0.5))
        }
        return pairs.reduce(0) { sum, pair in
            let frequency = Double(
                zip(document, document.dropFirst()).count { $0 == pair.first && $1 == pair.second })
            guard frequency > 0 else { return sum }
            let saturation = 1.2 * (0.25 + 0.75 * Double(document.count) / average)
            return sum + Double(pair.weight) * max(idf(pair.first), idf(pair.second)) * frequency * 2.2
                / (frequency + saturation)
        }
    }
}
