package import LatentSemantics
package import LexicalIndex
package import Ranking

/// Units with given BM25 scores and given vectors or cosines: a source whose answers a test knows.
package struct GivenScores: RankingSource {
    private var lexical: [UInt64: Double]
    /// The cosine of each unit with whatever is asked.
    private var semantic: [UInt64: Double]
    /// Vectors, which cosines are taken of where there are any.
    private var vectors: [UInt64: [Float]]

    package init(
        lexical: [UInt64: Double] = [:], semantic: [UInt64: Double] = [:], vectors: [UInt64: [Float]] = [:]
    ) {
        self.lexical = lexical
        self.semantic = semantic
        self.vectors = vectors
    }

    package var model: LatentSemanticModel? { nil }
    package var calibration: Calibration { Calibration() }
    package var fittedPaperCount: Int { 0 }

    package func statistics(for terms: [String]) -> CollectionStatistics {
        CollectionStatistics(unitCount: 1, totalLength: 1, documentFrequencies: [:])
    }

    package func candidates(for request: CandidateRequest) -> Candidates {
        let byWords = best(lexical.filter { $0.value > 0 }, request.lexicalLimit, request.filter)
        let byMeaning =
            request.vectors.isEmpty
            ? [] : best(cosines(with: request.vectors[0]), request.semanticLimit, request.filter)
        let all = Array(Set(byWords + byMeaning + request.required.filter(request.filter.admits)))
        return Candidates(
            units: all, factors: factors(of: request.lexical.features, .empty, to: all),
            cosines: request.vectors.map { cosines(of: all, with: $0) })
    }

    package func cosines(of units: [UnitKey], with vector: SpaceVector) -> [Double] {
        let all = cosines(with: vector)
        return units.map { all[$0.rawValue] ?? 0 }
    }

    package func vectors(of units: [UnitKey], in space: SpaceName) -> [[Float]?] { units.map { vectors[$0.rawValue] } }

    /// The scores are factors of the one word of a query, whose idf ``RankingQuery/given(_:)`` makes 1.
    package func factors(
        of features: [LexicalFeature], _ statistics: CollectionStatistics, to units: [UnitKey]
    ) -> FeatureFactors {
        FeatureFactors(
            featureCount: features.count,
            values: units.flatMap { unit in features.map { _ in Float(lexical[unit.rawValue] ?? 0) } })
    }

    package func documentFrequencies(of pairs: [TermPair]) -> [Int] { pairs.map { _ in 0 } }

    private func cosines(with vector: SpaceVector) -> [UInt64: Double] {
        guard !vectors.isEmpty else { return semantic }
        return vectors.mapValues { own in
            zip(own, vector.components).reduce(0) { $0 + Double($1.0 * $1.1) }
        }
    }

    private func best(_ scores: [UInt64: Double], _ limit: Int, _ filter: CandidateFilter) -> [UnitKey] {
        var scored: [(unit: UnitKey, score: Double)] = []
        for (key, score) in scores where filter.admits(UnitKey(rawValue: key)) {
            scored.append((UnitKey(rawValue: key), score))
        }
        return scored.sorted { $0.score != $1.score ? $0.score > $1.score : $0.unit < $1.unit }
            .prefix(limit).map(\.unit)
    }
}

extension RankingQuery {
    /// A query of one word and a vector.
    package static func given(_ vector: [Float]?) -> RankingQuery {
        let idf = CollectionStatistics.empty.idf(of: "memory")
        return RankingQuery(
            lexical: LexicalTerms(words: [QueryWord(term: "memory", weight: Float(1 / idf))], statistics: .empty),
            directions: vector.map { [Direction(SpaceVector($0))] } ?? [])
    }
}

extension Ranker {
    /// The keys of the best units, and the units.
    package func keys(_ query: RankingQuery, in source: some RankingSource) throws -> [UInt64] {
        try rank(query, in: source).units.map(\.unit.rawValue)
    }
}
