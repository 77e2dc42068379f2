import Dispatch
import LexicalIndex
import MappedFiles
import Synchronization
import TestSupport
import Testing
import TextAnalysis

@Suite("A lexical search")
struct LexicalSearchTests {
    static let sizes = [0, 1, 7, 8, 13, 31, 207, 1025]

    @Test(arguments: sizes)
    func `a lexical search scores by BM25's formula`(count: Int) throws {
        let seed = UInt64(count) + 1
        let collection = SmallCollection(count: count, seed: seed)
        var generator = SeededGenerator(seed: seed)
        try TemporaryFolder.with { folder in
            let index = try collection.index(in: folder)
            for parameters in [BM25Parameters(), BM25Parameters(k1: 0, b: 1), BM25Parameters(k1: 2, b: 0)] {
                for _ in 0..<10 {
                    let terms = SmallCollection.terms(&generator)
                    let expected = naiveScores(terms, collection, parameters)
                    let scores = index.scores(index.query(terms, parameters), keys: collection.keys)
                    for (key, score) in zip(collection.keys, scores) {
                        let exact = try #require(expected[key])
                        // A score below 0 is none.
                        let error = abs(Double(score) - max(0, exact))
                        #expect(error <= 1e-5 * (1 + abs(exact)), "seed \(seed), key \(key)")
                    }
                }
            }
        }
    }

    @Test(arguments: sizes)
    func `a lexical search finds the documents with the highest scores`(count: Int) throws {
        let seed = UInt64(count) + 2
        let collection = SmallCollection(count: count, seed: seed)
        var generator = SeededGenerator(seed: seed)
        try TemporaryFolder.with { folder in
            let index = try collection.index(in: folder)
            for _ in 0..<40 {
                let query = index.query(SmallCollection.terms(&generator))
                for k in [0, 1, 3, 10, 200, count, count + 1] {
                    #expect(index.search(query, k: k) == naiveHits(query, index, k: k), "seed \(seed), k \(k)")
                }
            }
        }
    }

    /// Most scores are equal where documents differ by their keys alone.
    @Test
    func `a lexical search puts equal scores in the order of their keys`() throws {
        let keys: [UInt64] = [9, 4, 7, .max, 0, 2, 1 << 40, 5]
        let collection = SmallCollection(documents: keys.map { $0 % 2 == 0 ? ["even"] : ["odd", "odd"] }, keys: keys)
        try TemporaryFolder.with { folder in
            let index = try collection.index(in: folder)
            #expect(index.search(index.query([("even", 1)]), k: 10).map(\.key) == [0, 2, 4, 1 << 40])
            #expect(index.search(index.query([("even", 1)]), k: 2).map(\.key) == [0, 2])
            #expect(index.search(index.query([("odd", 1)]), k: 3).map(\.key) == [5, 7, 9])
        }
        let many = SmallCollection(documents: (0..<5000).map { _ in ["same"] }, keys: (0..<5000).reversed())
        try TemporaryFolder.with { folder in
            let index = try many.index(in: folder)
            for k in [1, 10, 200] {
                #expect(index.search(index.query([("same", 1)]), k: k).map(\.key) == Array(0..<UInt64(k)))
            }
        }
    }

    @Test
    func `a lexical search finds only documents that may be found`() throws {
        let seed: UInt64 = 4
        let collection = SmallCollection(count: 1025, seed: seed)
        var generator = SeededGenerator(seed: seed)
        try TemporaryFolder.with { folder in
            let index = try collection.index(in: folder)
            for modulus: UInt64 in [1, 2, 10, 300, 10_000] {
                for _ in 0..<20 {
                    let query = index.query(SmallCollection.terms(&generator))
                    let isAllowed = { (key: UInt64) in key % modulus == 0 }
                    for k in [1, 10, 100] {
                        let hits = index.search(query, k: k, where: isAllowed)
                        #expect(hits == naiveHits(query, index, k: k, where: isAllowed), "seed \(seed)")
                    }
                }
            }
        }
    }

    /// More documents than a block holds, with terms that are in every document, in some blocks, and in one document.
    @Test
    func `a lexical search finds documents in every block`() throws {
        let seed: UInt64 = 5
        var generator = SeededGenerator(seed: seed)
        let count = 140_000
        let documents = (0..<count).map { number -> [String] in
            var document = ["all"]
            if number % 3 == 0 { document += ["third", "third"] }
            if number > 65_530, number < 65_545 { document.append("border") }
            if number % 40_000 == 7 { document.append("seldom") }
            if number == count - 1 { document.append("last") }
            if Int.random(in: 0..<50, using: &generator) == 0 {
                document += Array(repeating: "random", count: number % 5 + 1)
            }
            return document
        }
        let collection = SmallCollection(documents: documents, keys: (0..<UInt64(count)).map { $0 * 2 })
        try TemporaryFolder.with { folder in
            let index = try collection.index(in: folder)
            for terms in [
                ["all"], ["border"], ["seldom"], ["last"], ["random"], ["seldom", "last"], ["border", "third", "all"],
                ["all", "third", "border", "seldom", "last", "random"],
            ] {
                let query = index.query(terms.map { ($0, 1) })
                let expected = naiveHits(query, index, k: 200)
                for k in [1, 20, 200] { #expect(index.search(query, k: k) == Array(expected.prefix(k))) }
            }
            #expect(index.search(index.query([("last", 1)]), k: 5).map(\.key) == [UInt64(count - 1) * 2])
            #expect(index.documentFrequency(of: "border") == 14)
            #expect(index.keys(containing: "border") == (65_531..<65_545).map { $0 * 2 })
            #expect(index.keys(containing: "all") == collection.keys)
        }
    }

    /// Scores must not depend on how a collection is divided, nor on what else is in a document's segment.
    @Test
    func `a lexical search gives a document the same score in every segment`() throws {
        let seed: UInt64 = 8
        let collection = SmallCollection(count: 1025, seed: seed)
        var generator = SeededGenerator(seed: seed)
        try TemporaryFolder.with { folder in
            let whole = try collection.index(in: folder, name: "whole")
            let cuts = [0, 1, 400, 407, 1025]
            let segments = try zip(cuts, cuts.dropFirst()).enumerated().map { number, cut in
                try collection.part(cut.0..<cut.1).index(in: folder, name: "segment-\(number)")
            }
            for _ in 0..<30 {
                let terms = SmallCollection.terms(&generator)
                let names = terms.map(\.0)
                let sum = segments.dropFirst().reduce(segments[0].statistics(for: names)) {
                    $0 + $1.statistics(for: names)
                }
                #expect(sum == whole.statistics(for: names))
                let query = LexicalQuery(terms: terms, statistics: sum)
                let hits = segments.flatMap { $0.search(query, k: 10) }.sorted {
                    ($1.score, $0.key) < ($0.score, $1.key)
                }
                #expect(Array(hits.prefix(10)) == whole.search(whole.query(terms), k: 10), "seed \(seed)")
            }
        }
    }

    /// A file numbers only so many pairs of frequency and length; the rest must score the same.
    @Test(arguments: [0, 1, 5, 40])
    func `a lexical search does not depend on how many postings are rare`(limit: Int) throws {
        let seed: UInt64 = 9
        let collection = SmallCollection(count: 1025, longest: 100, vocabulary: 30, seed: seed)
        var generator = SeededGenerator(seed: seed)
        try TemporaryFolder.with { folder in
            let numbered = try collection.index(in: folder, name: "numbered")
            let index = try collection.index(in: folder, name: "rare", pairLimit: limit)
            for _ in 0..<30 {
                let query = numbered.query(SmallCollection.terms(&generator, vocabulary: 30))
                #expect(index.search(query, k: 20) == numbered.search(query, k: 20), "seed \(seed)")
                #expect(index.scores(query, keys: collection.keys) == numbered.scores(query, keys: collection.keys))
            }
        }
    }

    @Test
    func `a lexical search gives the same answer on many threads at once`() throws {
        let seed: UInt64 = 10
        let collection = SmallCollection(count: 1025, seed: seed)
        var generator = SeededGenerator(seed: seed)
        let queries = (0..<64).map { _ in SmallCollection.terms(&generator) }
        try TemporaryFolder.with { folder in
            let index = try collection.index(in: folder)
            // Different constants, so that what searches share changes under them.
            let asked = queries.enumerated().map { index.query($1, BM25Parameters(k1: Double($0 % 3))) }
            let expected = asked.map { index.search($0, k: 10) }
            let failures = Atomic(0)
            DispatchQueue.concurrentPerform(iterations: 8) { offset in
                for round in 0..<200 {
                    let number = (round * 7 + offset * 5) % asked.count
                    if index.search(asked[number], k: 10) != expected[number] { failures.add(1, ordering: .relaxed) }
                }
            }
            #expect(failures.load(ordering: .relaxed) == 0)
        }
    }

    @Test
    func `a lexical search finds nothing for terms that are nowhere`() throws {
        try TemporaryFolder.with { folder in
            let index = try SmallCollection(count: 31, seed: 11).index(in: folder)
            #expect(index.search(index.query([("absent", 1), ("", 1)]), k: 10).isEmpty)
            #expect(index.search(index.query([]), k: 10).isEmpty)
        }
    }
}
