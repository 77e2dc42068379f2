/// Ranks the units of a source by BM25 and cosine, fused:
///
/// *score* = (1 − *α*) · lexical / best lexical + *α* · semantic / best semantic
///
/// 1. Each side names its best candidates, and every candidate gets the exact parts of both sides.
/// 2. Each side is divided by the query's best. A negative part counts as 0. A side whose best is 0 is left out, and
///    the other decides alone. In a question of few words the semantic side of a paper is lowered by the words that the
///    paper does not have: the cosine rewards a second helping of one subject as much as both.
/// 3. The feedback documents, the best by these scores, say what the query is about better than its words
///    (``Feedback``). The semantic side, so far the cosine with the query, becomes that plus ¾ of the cosine with their
///    centroid, and step 2 is done again.
///
/// 4. A paper on which a person wrote a note with words of the question comes nearer to the best.
///
/// Scores are fused and not ranks. Reciprocal rank fusion was even with this sum on Cranfield and MED, and lost .043
/// and .025 nDCG@10 to it on CACM and NPL (`Benchmarks/Results/2026-11-25-ranking.md`).
package struct Ranker: Sendable {
    /// Which sides rank.
    package var mode: SearchMode
    /// The semantic weight *α*, from 0 to 1.
    package var semanticWeight: Double
    /// The units in the answer, at most.
    package var limit: Int
    /// Which papers may be found.
    package var filter: CandidateFilter
    /// The share of the nearest units that must be among the semantic candidates, on average.
    package var recall: Double
    /// Papers that the query names by their title or id. Under `hybrid` they come first and have score 1: whoever
    /// writes a title wants that paper, and a title of common words alone would not find it. So they do in each mode
    /// for a query that has nothing else to find papers by.
    package var named: Set<UnitKey>
    /// The share of the question that a person's notes on papers have, from 0 to 1.
    package var noted: [UnitKey: Double]
    package var policy: RankingPolicy

    package init(
        mode: SearchMode, semanticWeight: Double, limit: Int, recall: Double? = nil,
        filter: CandidateFilter = CandidateFilter(), named: Set<UnitKey> = [], noted: [UnitKey: Double] = [:],
        policy: RankingPolicy = .standard
    ) {
        self.mode = mode
        self.semanticWeight = semanticWeight
        self.limit = limit
        self.recall = recall ?? policy.recall
        self.filter = filter
        self.named = named
        self.noted = mode == .semantic ? [:] : noted
        self.policy = policy
    }

    /// The best units for a query, best first, at most ``limit`` of them, and the feedback that took part.
    ///
    /// Ties go to the smaller unit. Units with score 0 are left out.
    ///
    /// - Throws: The source's error.
    package func rank(
        _ query: RankingQuery, in source: some RankingSource
    ) throws -> (units: [RankedUnit], feedback: Feedback?) {
        guard limit > 0 else { return ([], nil) }
        return try best(of: candidates(for: query, in: source), for: query, in: source)
    }

    /// The candidates of a query, each with both of its exact parts and no score yet.
    func candidates(for query: RankingQuery, in source: some RankingSource) throws -> [RankedUnit] {
        let pool = max(policy.candidateCount, limit)
        let request = CandidateRequest(
            lexical: query.lexical,
            vectors: query.directions.map(\.vector),
            lexicalLimit: mode == .semantic ? 0 : pool,
            semanticLimit: mode == .lexical ? 0 : pool,
            recall: recall, filter: filter, required: (prefersNamed(query) ? named : []).union(noted.keys).sorted())
        let candidates = try source.candidates(for: request)
        let semantic = Self.semanticParts(candidates.cosines, with: query.directions, count: candidates.units.count)
        let scorer = LexicalScorer(query.lexical, policy)
        return candidates.units.indices.map { index in
            let (score, coverage) = scorer.score(candidates.factors.row(index))
            return RankedUnit(
                unit: candidates.units[index], lexical: score, coverage: coverage, semantic: semantic[index])
        }
    }

    /// What the cosines of units with directions add up to, for each unit.
    private static func semanticParts(_ cosines: [[Double]], with directions: [Direction], count: Int) -> [Double] {
        var parts = [Double](repeating: 0, count: count)
        for (direction, column) in zip(directions, cosines) {
            for (index, cosine) in column.enumerated() { parts[index] += direction.part(ofCosine: cosine) }
        }
        return parts
    }

    /// The best of candidates that have their parts, and the feedback that took part.
    func best(
        of candidates: [RankedUnit], for query: RankingQuery, in source: some RankingSource
    ) throws -> (units: [RankedUnit], feedback: Feedback?) {
        var ranked = candidates
        let feedback = try scoreTwice(&ranked, for: query, in: source)
        addNotes(to: &ranked)
        let named = prefersNamed(query) ? named : []
        for index in ranked.indices where named.contains(ranked[index].unit) {
            ranked[index].score = 1
            ranked[index].notes = 0
            ranked[index].weights = PartWeights()
        }
        ranked.removeAll { $0.score <= 0 }
        ranked.sort { first, second in
            if first.score == second.score, named.contains(first.unit) != named.contains(second.unit) {
                return named.contains(first.unit)
            }
            return RankedUnit.precedes(first, second)
        }
        return (Array(ranked.prefix(limit)), feedback)
    }

    private func prefersNamed(_ query: RankingQuery) -> Bool {
        mode == .hybrid || query.lexical.words.isEmpty && query.directions.isEmpty
    }
}

// MARK: - Scores

extension Ranker {
    /// Scores candidates by the query, and then by the query and the feedback documents.
    ///
    /// - Returns: The feedback; `nil` where it does not count.
    private func scoreTwice(
        _ candidates: inout [RankedUnit], for query: RankingQuery, in source: some RankingSource
    ) throws -> Feedback? {
        let coverageShare = policy.semanticCoverageShare(wordCount: query.lexical.words.count)
        score(&candidates, coverageShare: coverageShare)
        guard mode == .hybrid, semanticWeight > 0,
            let feedback = try Feedback(candidates, in: query.spaces, of: source, policy)
        else { return nil }
        let units = candidates.map(\.unit)
        let cosines = try feedback.centroids.map { try source.cosines(of: units, with: $0.vector) }
        let parts = Self.semanticParts(cosines, with: feedback.centroids, count: units.count)
        for (index, part) in parts.enumerated() { candidates[index].feedback = part }
        score(&candidates, coverageShare: coverageShare)
        return feedback
    }

    /// Makes the score of every candidate out of its parts.
    ///
    /// - Parameters:
    ///   - candidates: The candidates.
    ///   - coverageShare: The share of the semantic side that depends on the coverage of the question's words.
    private func score(_ candidates: inout [RankedUnit], coverageShare: Double) {
        let weights = partWeights(
            bestLexical: candidates.map(\.lexical).max() ?? 0,
            bestSemantic: candidates.map { $0.semanticSide(policy) }.max() ?? 0)
        for index in candidates.indices {
            var weights = weights
            if weights.lexical > 0 {
                weights.semantic *= 1 - coverageShare + coverageShare * candidates[index].coverage
            }
            candidates[index].weights = weights
            candidates[index].score =
                weights.lexical * candidates[index].lexical
                + weights.semantic * max(0, candidates[index].semanticSide(policy))
        }
    }

    /// Moves the papers with notes on the question nearer to the best, which none of them passes.
    private func addNotes(to candidates: inout [RankedUnit]) {
        guard !noted.isEmpty else { return }
        let greatest = candidates.map(\.score).max() ?? 0
        // Where nothing else was found, notes alone rank.
        let best = greatest > 0 ? greatest : 1
        for index in candidates.indices {
            guard let share = noted[candidates[index].unit] else { continue }
            candidates[index].notes = policy.noteWeight * share * max(0, best - candidates[index].score)
            candidates[index].score += candidates[index].notes
        }
    }

    private func partWeights(bestLexical: Double, bestSemantic: Double) -> PartWeights {
        switch mode {
        case .lexical:
            PartWeights(lexical: 1)
        case .semantic:
            PartWeights(semantic: 1)
        case .hybrid where bestSemantic <= 0:
            PartWeights(lexical: bestLexical > 0 ? 1 / bestLexical : 0)
        case .hybrid where bestLexical <= 0:
            PartWeights(semantic: 1 / bestSemantic)
        case .hybrid:
            PartWeights(
                lexical: (1 - semanticWeight) / bestLexical, semantic: semanticWeight / bestSemantic)
        }
    }
}
