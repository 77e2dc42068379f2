import Foundation
import HNSW
import LatentSemantics
import LexicalIndex
import LinearAlgebra
import TextAnalysis
import VectorKernels

/// A small library of papers that have lost a part each, which is asked for those parts: the same indexes and the same
/// ranking as the library's own.
///
/// The model is fitted on the papers that ask nothing, and those that ask are folded in. A model that has seen a paper whole
/// remembers which words stood in it: asked in this way, it would find the rest better the higher its rank, and no
/// better anywhere else.
struct Miniature: CandidateSource {
    private let analyzer: Analyzer
    private let lexical: LexicalIndex
    private let vectors: FlatIndex
    private let model: LatentSemanticModel

    /// Indexes the papers of questions; `nil` if those that ask nothing have no terms.
    ///
    /// - Parameters:
    ///   - questions: The papers, and the questions that were taken out of them.
    ///   - analyzer: The library's.
    ///   - path: Where the lexical index is written. The file is removed at once and lives, mapped, as long as the miniature.
    ///   - threads: The most threads to use.
    /// - Throws: The error of the part that failed.
    init?(_ questions: SelfQuestions, analyzer: Analyzer, path: String, threads: Int) throws {
        let papers = questions.papers
        let asking = Set(questions.questions.map(\.paper))
        let silent = papers.indices.filter { !asking.contains($0) }.map { papers[$0].fields }
        let fitted = analyzer.countTerms(documentCount: silent.count, threads: threads) { silent[$0] }
        guard !fitted.termIDs.isEmpty else { return nil }
        self.analyzer = analyzer
        model = try LatentSemanticModel.fit(
            fitted, settings: analyzer.settings, parameters: .init(forPapers: papers.count), threads: threads)
        let counts = analyzer.countTerms(documentCount: papers.count, threads: threads, keepsOrder: true) {
            papers[$0].fields
        }
        let keys = papers.indices.map(UInt64.init)
        try LexicalIndex.write(counts, keys: keys, to: path, threads: threads)
        lexical = try LexicalIndex(mapping: path)
        try FileManager.default.removeItem(atPath: path)
        var vectors = FlatIndex(dimensions: model.rank, metric: .innerProduct)
        try vectors.add(model.embed(counts, threads: threads).values, keys: keys)
        self.vectors = vectors
    }

    /// A text as it is asked.
    func query(_ text: String) -> RankingQuery {
        let words = analyzer.terms(of: text)
        let terms = Dictionary(words.map { ($0.text, Float(1)) }, uniquingKeysWith: +).sorted { $0.key < $1.key }
        let vector = model.embed(terms.map { (term: $0.key, frequency: $0.value) })
        return RankingQuery(
            terms: terms.map { WeightedTerm(term: $0.key, weight: $0.value) }, pairs: QueryTerms.pairs(words),
            vector: vector.contains { $0 != 0 } ? vector : nil
        )
    }
}

// MARK: - Candidates

extension Miniature {
    func lexicalCandidates(
        for terms: [WeightedTerm], pairs: [WeightedPair], limit: Int, filter: CandidateFilter, scoring keys: [UInt64]
    ) -> (candidates: [ScoredKey], scores: [Double]) {
        let statistics = lexical.statistics(for: terms.map(\.term))
        let query = LexicalQuery(terms: terms.map { ($0.term, $0.weight) }, statistics: statistics)
        let found = lexical.search(query, k: limit, scoring: keys)
        let hits = found.hits.map(\.key)
        let adjacent = pairs.map { AdjacentTerms(first: $0.first, second: $0.second, weight: $0.weight) }
        let statisticsOfPairs = lexical.statistics(for: pairs.flatMap { [$0.first, $0.second] })
        let added = lexical.adjacencyScores(adjacent, statisticsOfPairs, keys: hits + keys)
        let candidates = zip(found.hits, added).map { ScoredKey(key: $0.key, score: Double($0.score + $1)) }
        return (candidates, zip(found.scores, added.dropFirst(hits.count)).map { Double($0 + $1) })
    }

    func semanticCandidates(
        for vector: [Float], limit: Int, recall: Double, filter: CandidateFilter
    ) throws -> [ScoredKey] {
        try vectors.search(for: vector, k: limit, ef: limit).map {
            ScoredKey(key: $0.key, score: 1 - Double($0.distance))
        }
    }

    func similarities(to vector: [Float], of keys: [UInt64]) throws -> [Double] {
        try vectors.distances(from: vector, to: keys).map { $0.map { 1 - Double($0) } ?? 0 }
    }

    func vector(of key: UInt64) -> [Float]? { vectors.vector(for: key) }
}
