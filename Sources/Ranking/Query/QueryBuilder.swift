import Foundation
import LatentSemantics
import LexicalIndex
import TextAnalysis

/// Turns a question into what is ranked: terms with weights, pairs of terms, and a unit vector.
struct QueryBuilder<Source: RankingSource> {
    let source: Source
    let policy: RankingPolicy

    /// A query and what was made of the question's words.
    struct Result {
        var query: RankingQuery
        /// The words of the question that no paper has and that were not corrected, as they are written.
        var unknownWords: [String] = []
        /// The words of the question that are likely mistakes, as they are written, and what is searched beside them.
        var corrections: [Correction] = []
    }

    /// Makes the query of a question.
    ///
    /// - Parameters:
    ///   - question: The question.
    ///   - spaces: The spaces that rank; none for a ranking by words alone.
    ///   - vectors: The unit vectors of a text in spaces that others' encoders made.
    /// - Returns: The query.
    /// - Throws: The source's error.
    func query(
        for question: Question, in spaces: [SpaceName] = [.latentSemantics], vectors: [SpaceVector] = []
    ) throws -> Result {
        switch question {
        case .text(let text): try query(for: text, in: spaces, vectors)
        case .papers(let near, let awayFrom):
            Result(query: try query(near: near, awayFrom: awayFrom, in: spaces))
        }
    }

    /// A text: each term weighs as often as it occurs. The vector is that of all terms that the model knows, including
    /// those that no paper has, and of some that stand in their place.
    private func query(for text: QuestionText, in spaces: [SpaceName], _ vectors: [SpaceVector]) throws -> Result {
        let analyzed = text.analyzed
        // The indexes have stop words as parts of compounds alone. Titles say what is meant.
        if text.isOfStopwords {
            return Result(
                query: RankingQuery(
                    lexical: LexicalTerms(words: [], statistics: .empty), directions: try directions(vectors, spaces),
                    spaces: spaces))
        }
        let asked = Self.sorted(analyzed.frequencies.mapValues { Float($0) })
        let words = try WordAlternatives(source: source, policy: policy).words(of: asked, in: text)
        let pairs = analyzed.fields.flatMap(\.neighbors).map { first, second in
            WeightedPair(TermPair(first: first.text, second: second.text), weight: policy.pairWeight)
        }
        return Result(
            query: try query(words, asked: asked, pairs, in: spaces, vectors),
            unknownWords: Self.words(of: Set(words.unknown.map(\.term)), in: analyzed),
            corrections: words.corrections.sorted { $0.key < $1.key }.map { term, word in
                Correction(written: analyzed.writtenForm(of: term), searched: word)
            })
    }

    /// The query of terms and of pairs of them, as papers ask it about themselves: nothing in it is a mistake.
    func query(_ asked: [WeightedTerm], pairs: [WeightedPair]) throws -> RankingQuery {
        let words = try WordAlternatives(source: source, policy: policy).words(of: asked)
        return try query(words, asked: asked, pairs, in: [.latentSemantics], [])
    }

    private func query(
        _ words: WordAlternatives<Source>.Words, asked: [WeightedTerm], _ pairs: [WeightedPair],
        in spaces: [SpaceName], _ vectors: [SpaceVector]
    ) throws -> RankingQuery {
        let vectorTerms = asked + words.vectorTerms
        var vectors = vectors
        if spaces.contains(.latentSemantics), let model = source.model {
            let vector = model.embed(vectorTerms.map { (term: $0.term, frequency: $0.weight) })
            if vector.contains(where: { $0 != 0 }) { vectors.append(SpaceVector(vector)) }
        }
        return RankingQuery(
            lexical: LexicalTerms(words: words.words, pairs: pairs, statistics: words.statistics),
            unknownTerms: words.unknown, vectorTerms: vectorTerms, directions: try directions(vectors, spaces),
            spaces: spaces)
    }

    /// The directions of vectors in the spaces that rank, in the order of these.
    private func directions(_ vectors: [SpaceVector], _ spaces: [SpaceName]) throws -> [Direction] {
        try spaces.compactMap { space in
            guard let vector = vectors.first(where: { $0.space == space }) else { return nil }
            return try Direction(vector, share: 1 / Double(spaces.count), against: source.meanVector(in: space))
        }
    }

    /// The words behind some terms in the order of the text, each once and as it stands there first.
    private static func words(of terms: Set<String>, in text: AnalyzedText) -> [String] {
        var seen: Set<String> = []
        return text.fields.flatMap { field -> [String] in
            let bytes = Array(field.field.text.utf8)
            return field.terms.compactMap { term -> String? in
                guard terms.contains(term.text), seen.insert(term.text).inserted else { return nil }
                return String(decoding: bytes[term.range], as: UTF8.self)
            }
        }
    }
}

// MARK: - Queries made of papers

extension QueryBuilder {
    /// Papers to be near and papers to stay away from.
    ///
    /// It is the mean of the first less a fifth of the mean of the second, in the vector space and in the weights of
    /// the terms alike, after J. Rocchio, *Relevance feedback in information retrieval* (1971). A term weighs log₂(1 +
    /// *f*) for a frequency of *f*, as in the vector space, because what a paper repeats would drown the rest.
    private func query(
        near: [Question.Example], awayFrom: [Question.Example], in spaces: [SpaceName]
    ) throws -> RankingQuery {
        let shares = Question.shares(near: near, awayFrom: awayFrom, policy)
        var weights: [String: Float] = [:]
        for (example, share) in shares {
            for (term, frequency) in example.text.frequencies {
                weights[term, default: 0] += share * log2(1 + Float(frequency))
            }
        }
        let vectors = try spaces.compactMap { try vector(of: shares, in: $0) }
        let statistics = try source.statistics(for: Array(weights.keys))
        return RankingQuery(
            lexical: LexicalTerms(
                words: strongest(weights, statistics).map { QueryWord(term: $0.term, weight: $0.weight) },
                statistics: statistics),
            directions: try directions(vectors, spaces), spaces: spaces)
    }

    /// The unit vector of a question in a space: one that is given for a text, or that of the papers that it is made of.
    ///
    /// - Parameters:
    ///   - question: The question.
    ///   - space: The space.
    ///   - given: Vectors of the question in some spaces.
    ///   - whole: Whether a question of several papers has none where one of them has none.
    /// - Returns: The vector; `nil` if there is none.
    /// - Throws: The source's error.
    func vector(
        of question: Question, in space: SpaceName, _ given: [SpaceVector], whole: Bool
    ) throws -> SpaceVector? {
        switch question {
        case .text: given.first { $0.space == space }
        case .papers(let near, let awayFrom):
            try vector(of: Question.shares(near: near, awayFrom: awayFrom, policy), in: space, whole: whole)
        }
    }

    private func vector(
        of shares: [(example: Question.Example, share: Float)], in space: SpaceName, whole: Bool = false
    ) throws -> SpaceVector? {
        let vectors = try exampleVectors(shares.map(\.example), in: space)
        if whole, vectors.contains(where: { $0 == nil }) { return nil }
        return weightedSum(zip(shares, vectors).map { ($1, $0.share) })
            .flatMap { SpaceVector(normalizing: $0, in: space) }
    }

    /// The unit vector of each example in a space; `nil` where it has none.
    private func exampleVectors(_ examples: [Question.Example], in space: SpaceName) throws -> [[Float]?] {
        let units = examples.compactMap(\.unit)
        var known = try source.vectors(of: units, in: space)[...]
        return examples.map { example in
            if example.unit != nil { return known.popFirst() ?? nil }
            guard space == .latentSemantics, let model = source.model else { return nil }
            let terms = example.text.frequencies.sorted { $0.key < $1.key }
            let vector = model.embed(terms.map { (term: $0.key, frequency: Float($0.value)) })
            return SpaceVector(normalizing: vector, in: space)?.components
        }
    }

    /// The terms with the highest weight times idf, of those that papers have, ascending.
    private func strongest(_ weights: [String: Float], _ statistics: CollectionStatistics) -> [WeightedTerm] {
        let unitCount = Double(max(1, statistics.unitCount))
        let rated = weights.compactMap { term, weight -> (term: WeightedTerm, strength: Double)? in
            let documentFrequency = statistics.documentFrequency(of: term)
            guard weight > 0, documentFrequency > 0 else { return nil }
            let idf = log(1 + unitCount / Double(documentFrequency))
            return (WeightedTerm(term: term, weight: weight), Double(weight) * idf)
        }
        return
            rated
            .sorted { $0.strength != $1.strength ? $0.strength > $1.strength : $0.term.term < $1.term.term }
            .prefix(policy.strongestTermCount)
            .map(\.term)
            .sorted { $0.term < $1.term }
    }
}

// MARK: - Shapes

extension QueryBuilder {
    private static func sorted(_ weights: [String: Float]) -> [WeightedTerm] {
        weights.map { WeightedTerm(term: $0.key, weight: $0.value) }.sorted { $0.term < $1.term }
    }
}
