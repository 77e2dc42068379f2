import Foundation
import LatentSemantics
import LexicalIndex
import TextAnalysis

/// Turns what was asked into what is ranked: terms with weights and a unit vector.
struct QueryTerms {
    /// The strongest terms of a paper that BM25 looks for when papers like it are wanted.
    static let strongestTermCount = 64

    /// How much a paper to stay away from counts, against 1 for the ones to be near: γ / β of Rocchio's .15 / .75.
    static let awayWeight: Float = 0.2

    /// How much two words side by side in a question count where they stand so in a paper, against 1 for a word.
    ///
    /// .1, .2 and .3 give BM25 .016, .024 and .030 nDCG@10 on 219 questions over 157,000 papers, .003 to .007, .004 to .011
    /// and .008 to .012 on Cranfield and CACM, change nothing on MED, and give NPL .005, .001 and −.003.
    static let pairWeight: Float = 0.2

    let analyzer: Analyzer
    let generation: Generation

    /// A free text: each term weighs as often as it occurs. The vector is that of all terms that the space knows, also of those
    /// that no paper has, unless nobody `wantsVector`.
    func query(forText text: String, wantsVector: Bool = true) -> (query: RankingQuery, unknownWords: [String]) {
        var weights: [String: Float] = [:]
        var unknown: [String] = []
        var unknownTerms: [String: Float] = [:]
        let bytes = Array(text.utf8)
        let words = analyzer.terms(of: text)
        for term in words {
            if generation.documentFrequency(of: term.text) > 0 {
                weights[term.text, default: 0] += 1
            } else {
                if unknownTerms[term.text] == nil {
                    unknown.append(String(decoding: bytes[term.range], as: UTF8.self))
                }
                unknownTerms[term.text, default: 0] += 1
            }
        }
        let terms = Self.sorted(weights)
        let absent = Self.sorted(unknownTerms)
        let model = wantsVector ? generation.model : nil
        let vector = model?.embed((terms + absent).map { (term: $0.term, frequency: $0.weight) })
        var query = RankingQuery(terms: terms, pairs: Self.pairs(words), vector: Self.nonzero(vector))
        query.unknownTerms = absent
        return (query, unknown)
    }

    /// The terms of a text that follow each other without a stop word in between; the parts of a compound are its own
    /// neighbours.
    static func pairs(_ words: [Term]) -> [WeightedPair] {
        neighbors(words).map { WeightedPair(first: $0.text, second: $1.text, weight: pairWeight) }
    }

    /// The words that ``pairs(_:)`` makes pairs of.
    static func neighbors(_ words: [Term]) -> [(first: Term, second: Term)] {
        zip(words, words.dropFirst()).filter { first, second in
            (first.position...first.position + 1).contains(second.position)
        }
        .map { ($0, $1) }
    }
}

// MARK: - Papers as queries

extension QueryTerms {
    /// A paper as a query knows it: its text's fields and its vector.
    struct Example {
        var texts: [String]
        var vector: [Float]?
    }

    /// Papers to be near and papers to stay away from, after Rocchio (*Relevance feedback in information retrieval*,
    /// 1971): the mean of the first less a fifth of the mean of the second, in the vector space and in the weights of the
    /// terms alike. A term weighs log₂(1 + how often it stands in a paper), as in the vector space: what a paper repeats
    /// would drown the rest (.005 nDCG@10 by words, .003 by both, on 503 papers and those that are cited with them).
    func query(near: [Example], awayFrom: [Example]) -> RankingQuery {
        var weights: [String: Float] = [:]
        var vector = [Float](repeating: 0, count: generation.model?.rank ?? 0)
        for (example, share) in Self.shares(near: near, awayFrom: awayFrom) {
            for (term, frequency) in frequencies(in: example.texts) {
                weights[term, default: 0] += share * log2(1 + frequency)
            }
            if let part = example.vector, part.count == vector.count {
                for index in vector.indices { vector[index] += share * part[index] }
            }
        }
        return RankingQuery(terms: strongest(weights), vector: Self.nonzero(Self.normalized(vector)))
    }

    /// How much each example counts.
    static func shares(near: [Example], awayFrom: [Example]) -> [(example: Example, share: Float)] {
        near.map { ($0, 1 / Float(near.count)) } + awayFrom.map { ($0, -awayWeight / Float(awayFrom.count)) }
    }

    /// How often each term stands in a paper.
    func frequencies(in texts: [String]) -> [String: Float] {
        var frequencies: [String: Float] = [:]
        for text in texts {
            for term in analyzer.terms(of: text) { frequencies[term.text, default: 0] += 1 }
        }
        return frequencies
    }

    /// The terms with the highest weight times idf that the library knows, in ascending order of the terms.
    private func strongest(_ weights: [String: Float]) -> [WeightedTerm] {
        let paperCount = Double(max(1, generation.segments.reduce(0) { $0 + $1.lexical.documentCount }))
        let rated = weights.compactMap { term, weight -> (term: WeightedTerm, strength: Double)? in
            let documentFrequency = generation.documentFrequency(of: term)
            guard weight > 0, documentFrequency > 0 else { return nil }
            let idf = log(1 + paperCount / Double(documentFrequency))
            return (WeightedTerm(term: term, weight: weight), Double(weight) * idf)
        }
        return
            rated
            .sorted { $0.strength != $1.strength ? $0.strength > $1.strength : $0.term.term < $1.term.term }
            .prefix(Self.strongestTermCount)
            .map(\.term)
            .sorted { $0.term < $1.term }
    }
}

// MARK: - Shapes

extension QueryTerms {
    private static func sorted(_ weights: [String: Float]) -> [WeightedTerm] {
        weights.map { WeightedTerm(term: $0.key, weight: $0.value) }.sorted { $0.term < $1.term }
    }

    private static func normalized(_ vector: [Float]) -> [Float] {
        let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return norm > 0 ? vector.map { $0 / norm } : vector
    }

    /// The vector, or `nil` if it is none or points nowhere.
    private static func nonzero(_ vector: [Float]?) -> [Float]? {
        vector.flatMap { $0.contains { $0 != 0 } ? $0 : nil }
    }
}
