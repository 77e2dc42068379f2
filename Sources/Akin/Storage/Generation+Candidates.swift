import HNSW
import LexicalIndex

extension Generation: CandidateSource {
    func lexicalCandidates(
        for terms: [WeightedTerm], pairs: [WeightedPair], limit: Int, filter: CandidateFilter, scoring keys: [UInt64]
    ) throws -> (candidates: [ScoredKey], scores: [Double]) {
        let query = lexicalQuery(for: terms)
        let adjacency = adjacency(pairs)
        var candidates: [ScoredKey] = []
        var scores = [Double](repeating: 0, count: keys.count)
        for segment in segments {
            let found = segment.lexical.search(
                query, k: limit, scoring: keys, where: predicate(for: segment, filter)
            )
            let hitKeys = found.hits.map(\.key)
            for (hit, score) in zip(found.hits, adjacency(segment, hitKeys)) {
                candidates.append(ScoredKey(key: hit.key, score: Double(hit.score + score)))
            }
            for (index, score) in zip(found.scores, adjacency(segment, keys)).map(+).enumerated()
            where !segment.removed.contains(keys[index]) {
                scores[index] += Double(score)
            }
        }
        candidates.sort(by: ScoredKey.precedes)
        return (Array(candidates.prefix(limit)), scores)
    }

    /// What pairs of terms add to the scores of papers of a segment.
    func adjacency(_ pairs: [WeightedPair]) -> (Segment, [UInt64]) -> [Float] {
        guard !pairs.isEmpty else { return { _, keys in keys.map { _ in 0 } } }
        let statistics = statistics(for: pairs.flatMap { [$0.first, $0.second] })
        let pairs = pairs.map { AdjacentTerms(first: $0.first, second: $0.second, weight: $0.weight) }
        return { segment, keys in segment.lexical.adjacencyScores(pairs, statistics, keys: keys) }
    }

    func semanticCandidates(
        for vector: [Float], limit: Int, recall: Double, filter: CandidateFilter
    ) throws -> [ScoredKey] {
        var candidates: [ScoredKey] = []
        for segment in segments {
            guard let vectors = segment.vectors else { continue }
            let found = try vectors.search(
                for: vector, k: limit, recall: recall, where: predicate(for: segment, filter)
            )
            candidates += found.map { ScoredKey(key: $0.key, score: similarity($0.distance)) }
        }
        if segments.count > 1 { candidates.sort(by: ScoredKey.precedes) }
        return Array(candidates.prefix(limit))
    }

    func similarities(to vector: [Float], of keys: [UInt64]) throws -> [Double] {
        var similarities = [Double](repeating: 0, count: keys.count)
        for segment in segments {
            guard let distances = try segment.vectors?.distances(from: vector, to: keys) else { continue }
            for (index, distance) in distances.enumerated() where !segment.removed.contains(keys[index]) {
                if let distance { similarities[index] = similarity(distance) }
            }
        }
        return similarities
    }

    /// The vector of a paper, `nil` if no segment has one.
    func vector(of key: UInt64) -> [Float]? {
        for segment in segments where !segment.removed.contains(key) {
            if let vector = segment.vectors?.vector(for: key) { return vector }
        }
        return nil
    }

    /// How many papers have a term, masked ones included until their segment is merged.
    func documentFrequency(of term: String) -> Int {
        segments.reduce(0) { $0 + $1.lexical.documentFrequency(of: term) }
    }

    /// The statistics that BM25 weighs terms by, summed over the segments, so that a paper's score does not depend on how
    /// the papers were added.
    func lexicalQuery(for terms: [WeightedTerm]) -> LexicalQuery {
        LexicalQuery(terms: terms.map { ($0.term, $0.weight) }, statistics: statistics(for: terms.map(\.term)))
    }

    private func statistics(for terms: [String]) -> CorpusStatistics {
        CorpusStatistics(
            documentCount: segments.reduce(0) { $0 + $1.lexical.documentCount },
            totalLength: segments.reduce(0) { $0 + $1.lexical.totalLength },
            documentFrequencies: terms.map(documentFrequency)
        )
    }

    private func predicate(for segment: Segment, _ filter: CandidateFilter) -> ((UInt64) -> Bool)? {
        if filter.admitsAll && segment.removed.isEmpty { return nil }
        return { !segment.removed.contains($0) && filter.admits($0) }
    }

    /// Vectors are unit vectors under the inner product, whose distance is 1 − cosine.
    private func similarity(_ distance: Float) -> Double { 1 - Double(distance) }
}
