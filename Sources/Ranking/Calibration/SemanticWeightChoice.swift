import Foundation
import LatentSemantics
import ParallelLoops
import SeededRandom
package import TextAnalysis

/// Chooses the semantic weight of a library by questions that its papers ask about their own subjects.
///
/// 1. Draw papers. Each asks its title and a few of its words (``SubjectQuestion``) of the library's own indexes.
/// 2. The answers to a question are the papers that BM25 finds by the rest of its paper, without the paper itself. Each
///    is worth its score.
/// 3. Rank for each question under every weight, and take nDCG@10.
/// 4. Average over the questions of a kind, divide by the best weight's average, and average over the kinds, so that
///    each kind counts alike.
/// 5. Find where the average first comes within a tolerance of the best, on the line between the tried weights.
/// 6. Take the weight that judgments favor where the questions speak for this one
///    (``RankingPolicy/chosenWeight(reaching:)``).
///
/// Questions about a subject favor the semantic side too much: a person often wants the one paper that has the words.
/// Step 5 and the upper end of ``RankingPolicy/triedWeights`` correct this. The whole library is asked, because the
/// best weight falls as a library grows: the more papers share a region, the less a direction tells them apart.
/// `Benchmarks/Results/2026-11-25-ranking.md` and `2026-11-29-semantic-weight.md` have the figures.
package struct SemanticWeightChoice<Source: RankingSource> {
    private let source: Source
    private let analyzer: Analyzer
    private let threads: Int
    private let policy: RankingPolicy
    private static var seed: UInt64 { 42 }

    /// Gets ready to ask.
    ///
    /// - Parameters:
    ///   - source: The whole library.
    ///   - analyzer: The library's.
    ///   - threads: The most threads to use, at least 1. The choice does not depend on it.
    ///   - policy: The constants.
    package init(_ source: Source, analyzer: Analyzer, threads: Int, policy: RankingPolicy = .standard) {
        self.source = source
        self.analyzer = analyzer
        self.threads = threads
        self.policy = policy
    }

    /// Chooses a weight.
    ///
    /// - Parameters:
    ///   - units: The units of all papers, in ascending order.
    ///   - text: Returns the text of the paper at a place among them. It is called for papers that ask.
    /// - Returns: The weight and the number of questions that it was chosen by; `nil` if the papers cannot ask enough.
    /// - Throws: The error of the source or of `text`.
    /// - Complexity: 1,600 questions, each a millisecond or two of one core up to some 100,000 papers.
    package func choose(
        for units: [UnitKey], text: (_ place: Int) throws -> PaperText
    ) throws -> (weight: Double, questionCount: Int)? {
        guard units.count >= policy.fewestPapersToAsk else { return nil }
        var generator = SplitMix64(seed: Self.seed)
        let questions = try SubjectQuestion.draw(
            policy.askingPaperLimit, from: units.count, text, analyzer: analyzer, by: &generator)
        let answerCount = min(policy.judgedAnswerLimit, units.count / 10)
        let results = try concurrentMap(questions.count, threads: threads, chunk: 8) { index in
            try gains(of: questions[index], askedBy: units[questions[index].paper], answerCount: answerCount)
        }
        let answered = results.compactMap(\.self)
        return SubjectGains.choice(answered, policy).map { ($0, answered.count) }
    }
}

/// What a question earned under each of the tried weights: its nDCG@10.
package struct SubjectGains: Sendable {
    package var kind: SubjectQuestion.Kind
    package var gains: [Double]

    /// A gain for each of ``RankingPolicy/triedWeights``.
    package init(kind: SubjectQuestion.Kind, gains: [Double]) {
        self.kind = kind
        self.gains = gains
    }

    /// The weight that the questions speak for; `nil` if no kind has enough of them.
    package static func choice(_ all: [SubjectGains], _ policy: RankingPolicy = .standard) -> Double? {
        precondition(
            all.allSatisfy { $0.gains.count == policy.triedWeights.count },
            "A question needs a gain for each of \(policy.triedWeights.count) weights")
        guard let averages = averages(all, policy), let best = averages.max(), best > 0 else { return nil }
        return policy.chosenWeight(reaching: weight(reaching: (1 - policy.tolerance) * best, averages, policy))
    }

    /// Each weight's average as a part of the best weight's, summed over the kinds of question; `nil` if no kind has
    /// enough of them.
    private static func averages(_ all: [SubjectGains], _ policy: RankingPolicy) -> [Double]? {
        let kinds = SubjectQuestion.Kind.allCases
            .map { kind in all.filter { $0.kind == kind } }
            .filter { $0.count >= policy.fewestQuestionsOfKind }
        guard !kinds.isEmpty else { return nil }
        let weights = policy.triedWeights.indices
        var averages = weights.map { _ in 0.0 }
        for kind in kinds {
            let sums = weights.map { weight in kind.reduce(0) { $0 + $1.gains[weight] } }
            guard let best = sums.max(), best > 0 else { continue }
            for weight in weights { averages[weight] += sums[weight] / best }
        }
        return averages
    }

    /// The smallest weight at which the line through `averages` reaches `height`, which the largest of them reaches.
    private static func weight(reaching height: Double, _ averages: [Double], _ policy: RankingPolicy) -> Double {
        let weights = policy.triedWeights
        guard let place = averages.firstIndex(where: { $0 >= height }), place > 0 else { return weights[0] }
        let (low, high) = (averages[place - 1], averages[place])
        return weights[place - 1] + (height - low) / (high - low) * (weights[place] - weights[place - 1])
    }
}

// MARK: - Asking

extension SemanticWeightChoice {
    /// What a question earns; `nil` if it has no answer.
    private func gains(
        of question: SubjectQuestion, askedBy own: UnitKey, answerCount: Int
    ) throws -> SubjectGains? {
        let statistics = try source.statistics(for: question.rest)
        let worth = try answers(to: question, askedBy: own, count: answerCount, statistics)
        let ideal = cumulativeGain(worth.values.sorted(by: >))
        guard ideal > 0 else { return nil }
        let query = try query(question)
        var ranker = Ranker(mode: .hybrid, semanticWeight: 0, limit: policy.gainDepth, policy: policy)
        var candidates = try ranker.candidates(for: query, in: source)
        candidates.removeAll { $0.unit == own }
        let gains = try policy.triedWeights.map { weight in
            ranker.semanticWeight = weight
            let ranked = try ranker.best(of: candidates, for: query, in: source).units
            return cumulativeGain(ranked.map { worth[$0.unit] ?? 0 }) / ideal
        }
        return SubjectGains(kind: question.kind, gains: gains)
    }

    /// The terms as they are asked, each as often as it is given, and their pairs.
    private func query(_ question: SubjectQuestion) throws -> RankingQuery {
        let weights = Dictionary(question.terms.map { ($0, Float(1)) }, uniquingKeysWith: +).sorted { $0.key < $1.key }
        return try QueryBuilder(source: source, policy: policy).query(
            weights.map { WeightedTerm(term: $0.key, weight: $0.value) },
            pairs: question.pairs.map { WeightedPair($0, weight: policy.pairWeight) })
    }

    /// The papers that have a question's other words, and what each is worth.
    private func answers(
        to question: SubjectQuestion, askedBy own: UnitKey, count: Int, _ statistics: CollectionStatistics
    ) throws -> [UnitKey: Double] {
        let rarest = question.rest
            .map { (term: $0, documentFrequency: statistics.documentFrequency(of: $0)) }
            .filter { $0.documentFrequency > 1 }
            .sorted { ($0.documentFrequency, $0.term) < ($1.documentFrequency, $1.term) }
            .prefix(policy.restTermLimit)
        let lexical = LexicalTerms(
            words: rarest.map { QueryWord(term: $0.term, weight: 1) }, statistics: statistics)
        // One more than is wanted, since the paper itself is the best of them.
        let request = CandidateRequest(
            lexical: lexical, vectors: [], lexicalLimit: count + 1, semanticLimit: 0, recall: policy.recall)
        let candidates = try source.candidates(for: request)
        let scorer = LexicalScorer(lexical, policy)
        let scored = candidates.units.enumerated().map { index, unit in
            (unit, scorer.score(candidates.factors.row(index)).score)
        }
        let found =
            scored
            .filter { $0.0 != own }
            .sorted { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0 < $1.0 }
            .prefix(count)
        return Dictionary(uniqueKeysWithValues: found.map { ($0.0, $0.1) })
    }

    /// Σ gain / log₂(1 + rank) over the ranks that count.
    private func cumulativeGain(_ gains: [Double]) -> Double {
        gains.prefix(policy.gainDepth).enumerated().reduce(0) { $0 + $1.element / log2(Double($1.offset) + 2) }
    }
}
