package import HNSW
package import LatentSemantics
package import LexicalIndex
package import TextAnalysis

/// The papers that a model was just fitted on, asked by the indexes that were just written, before a generation names
/// them.
package struct FittedPapers: CandidateSource {
    let analyzer: Analyzer
    let model: LatentSemanticModel
    let lexical: LexicalIndex
    let vectors: VectorIndex

    /// Takes the parts together: both indexes are of the same papers under the same keys, the vectors are the model's, and
    /// the analyzer is that of both.
    package init(analyzer: Analyzer, model: LatentSemanticModel, lexical: LexicalIndex, vectors: VectorIndex) {
        self.analyzer = analyzer
        self.model = model
        self.lexical = lexical
        self.vectors = vectors
    }

    /// Terms as they are asked, each as often as it is given, and pairs of them.
    func query(_ terms: [String], pairs: [WeightedPair] = []) -> RankingQuery {
        let weights = Dictionary(terms.map { ($0, Float(1)) }, uniquingKeysWith: +).sorted { $0.key < $1.key }
        let vector = model.embed(weights.map { (term: $0.key, frequency: $0.value) })
        return RankingQuery(
            terms: weights.map { WeightedTerm(term: $0.key, weight: $0.value) }, pairs: pairs,
            vector: vector.contains { $0 != 0 } ? vector : nil
        )
    }
}

// MARK: - Candidates

extension FittedPapers {
    package func lexicalCandidates(
        for terms: [WeightedTerm], pairs: [WeightedPair], limit: Int, filter: CandidateFilter, scoring keys: [UInt64]
    ) -> (candidates: [ScoredKey], scores: [Double]) {
        let query = LexicalQuery(
            terms: terms.map { ($0.term, $0.weight) }, statistics: lexical.statistics(for: terms.map(\.term)))
        let found = lexical.search(query, k: limit, scoring: keys, where: predicate(filter))
        let added = lexical.adjacencyScores(
            pairs.map { AdjacentTerms(first: $0.first, second: $0.second, weight: $0.weight) },
            lexical.statistics(for: pairs.flatMap { [$0.first, $0.second] }), keys: found.hits.map(\.key) + keys)
        let candidates = zip(found.hits, added).map { ScoredKey(key: $0.key, score: Double($0.score + $1)) }
        let scores = zip(found.scores, added.dropFirst(found.hits.count)).map { Double($0 + $1) }
        return (candidates.sorted(by: ScoredKey.precedes), scores)
    }

    package func semanticCandidates(
        for vector: [Float], limit: Int, recall: Double, filter: CandidateFilter
    ) throws -> [ScoredKey] {
        try vectors.search(for: vector, k: limit, recall: recall, where: predicate(filter)).map {
            ScoredKey(key: $0.key, score: 1 - Double($0.distance))
        }
    }

    package func similarities(to vector: [Float], of keys: [UInt64]) throws -> [Double] {
        try vectors.distances(from: vector, to: keys).map { $0.map { 1 - Double($0) } ?? 0 }
    }

    package func vector(of key: UInt64) -> [Float]? { vectors.vector(for: key) }

    private func predicate(_ filter: CandidateFilter) -> ((UInt64) -> Bool)? {
        filter.admitsAll ? nil : { filter.admits($0) }
    }
}
