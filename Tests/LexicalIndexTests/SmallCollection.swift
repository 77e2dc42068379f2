import Foundation
import LexicalIndex
import TestSupport
import TextAnalysis

/// A collection drawn at random: a few terms are in most documents and many in few, as in texts.
struct SmallCollection {
    let documents: [[String]]
    let keys: [UInt64]

    /// Draws `count` documents of up to `longest` terms each; some have none.
    init(count: Int, longest: Int = 40, vocabulary: Int = 200, seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        documents = (0..<count).map { _ in
            (0..<Int.random(in: 0...longest, using: &generator)).map { _ in
                let uniform = Double.random(in: 0..<1, using: &generator)
                return Self.word(Int(pow(Double(vocabulary), uniform)) - 1)
            }
        }
        // Keys with gaps, in no order.
        keys = (0..<UInt64(count)).map { $0 * 3 + UInt64.random(in: 0...2, using: &generator) }.shuffled(
            using: &generator)
    }

    init(documents: [[String]], keys: [UInt64]) {
        self.documents = documents
        self.keys = keys
    }

    /// The words differ in length and in their first letters, and some are not ASCII.
    static func word(_ number: Int) -> String {
        number % 7 == 0 ? "β\(number)-vae" : String(number, radix: 3) + (number % 2 == 0 ? "" : "ness")
    }

    var counts: TermCounts { TermCounts(documents: documents) }

    /// Part of the collection, as a segment would hold it.
    func part(_ range: Range<Int>) -> SmallCollection {
        SmallCollection(documents: Array(documents[range]), keys: Array(keys[range]))
    }

    /// Writes the index and opens it.
    func index(in folder: String, name: String = "index.bm25", pairLimit: Int = 65_535) throws -> LexicalIndex {
        try LexicalIndex.write(counts, keys: keys, to: folder + "/" + name, threads: 2, pairLimit: pairLimit)
        return try LexicalIndex(mapping: folder + "/" + name)
    }

    /// A query of one to `longest` terms, of which some may be unknown, given twice or weighted below zero.
    static func terms(_ generator: inout SeededGenerator, longest: Int = 12, vocabulary: Int = 210) -> [(String, Float)]
    {
        (0..<Int.random(in: 1...longest, using: &generator)).map { _ in
            let uniform = Double.random(in: 0..<1, using: &generator)
            let weight = Float.random(in: 0...3, using: &generator) - (Bool.random(using: &generator) ? 0 : 0.5)
            return (word(Int(pow(Double(vocabulary), uniform)) - 1), weight)
        }
    }
}

extension LexicalIndex {
    /// A query with this index's own statistics.
    func query(_ terms: [(String, Float)], _ parameters: BM25Parameters = BM25Parameters()) -> LexicalQuery {
        LexicalQuery(terms: terms, statistics: statistics(for: terms.map(\.0)), parameters: parameters)
    }
}

/// BM25 by its definition, in double precision, from the texts.
func naiveScores(
    _ terms: [(String, Float)],
    _ collection: SmallCollection,
    _ parameters: BM25Parameters = BM25Parameters()
) -> [UInt64: Double] {
    let documents = collection.documents
    let average = Double(documents.reduce(0) { $0 + $1.count }) / Double(documents.count)
    var scores: [UInt64: Double] = [:]
    for (document, key) in zip(documents, collection.keys) {
        var score = 0.0
        for (term, weight) in terms {
            let frequency = Double(document.count { $0 == term })
            guard frequency > 0 else { continue }
            let holders = Double(documents.count { $0.contains(term) })
            let idf = log(1 + (Double(documents.count) - holders + 0.5) / (holders + 0.5))
            let length = 1 - parameters.b + parameters.b * Double(document.count) / average
            score += Double(weight) * idf * frequency * (parameters.k1 + 1) / (frequency + parameters.k1 * length)
        }
        scores[key] = score
    }
    return scores
}

/// The best documents by their exact scores, each computed on its own and all sorted.
func naiveHits(
    _ query: LexicalQuery,
    _ index: LexicalIndex,
    k: Int,
    where predicate: (UInt64) -> Bool = { _ in true }
) -> [LexicalHit] {
    let keys = Array(index.keys)
    let hits = zip(keys, index.scores(query, keys: keys)).map { LexicalHit(key: $0, score: $1) }
    return Array(
        hits.filter { $0.score > 0 && predicate($0.key) }.sorted { ($1.score, $0.key) < ($0.score, $1.key) }.prefix(k)
    )
}
