import Foundation
import LexicalIndex
import MappedFiles
import ParallelLoops
import SeededRandom

/// Chooses the weight *α* of a library's hybrid ranking by questions that its papers ask about their own subjects.
///
/// 1. Draw papers; each asks its title and a few of its words (``SubjectQuestion``), of the library's own indexes.
/// 2. The answers to a question are the papers that BM25 finds by the rest of its paper, the paper itself left out; each is
///    worth its score.
/// 3. Rank for each question under every weight, and take nDCG@10.
/// 4. Average over the questions of a kind, divide by the best weight's average, and average over the kinds, so that each
///    counts alike.
/// 5. Take the smallest weight that lies within ``tolerance`` of the best.
///
/// Questions for a subject flatter meaning: a person often wants the one paper that has the words. Step 5 answers that, and so
/// does the end of ``weights``: in 19 kinds of library on one topic each, of 500 to 5,000 papers, weights up to .9 lost .041 nDCG@10
/// in the mean against the best fixed one, more than meaning gives, by judgments of people, and weights up to .5 lose .011.
/// `Benchmarks/Results/2026-11-25-ranking.md` has the figures. Questions that the paper itself has to answer, which the part asked
/// was taken out of, flatter the words.
///
/// The library itself is asked, and not a sample: the weight falls as a library grows (from .8 for 4,000 papers to .2 for the
/// 157,000 that they were drawn from), since the more papers share a region, the less a direction tells them apart.
package struct AlphaChoice {
    /// The weights that are tried. At 0 a paper that says it in other words could not be found; beyond .5, where meaning would
    /// outweigh the words, the questions do not tell what serves a person.
    package static let weights = (1...5).map { Double($0) / 10 }
    /// How far below the best average the chosen weight's may lie, as a part of it.
    package static let tolerance = 0.02
    /// The papers that ask, at most: the averages are then known to a fiftieth.
    static let paperLimit = 200
    /// The answers to a question, at most, and no more than a tenth of the papers.
    static let answerLimit = 100
    /// The terms of a paper's rest that find the answers: the rarest ones. More of them find the same.
    static let restLimit = 32
    /// The places of a ranking that count.
    static let depth = 10
    /// Fewer papers than that have too few answers.
    package static let fewestPapers = 200
    /// A kind with fewer questions does not count.
    package static let fewestQuestions = 20
    private static let seed: UInt64 = 42

    let papers: FittedPapers
    let threads: Int

    /// Gets ready to ask.
    ///
    /// - Parameters:
    ///   - papers: The whole library.
    ///   - threads: The most threads to use, at least 1. The choice does not depend on it.
    package init(papers: FittedPapers, threads: Int) {
        self.papers = papers
        self.threads = threads
    }

    /// Chooses a weight.
    ///
    /// - Parameter texts: Those of the papers, in ascending order of their keys.
    /// - Returns: The weight and the number of questions that it was chosen by; `nil` if the papers cannot ask enough.
    /// - Throws: The error of an index that is damaged.
    /// - Complexity: 400 questions, of a millisecond or two of one core each up to some 100,000 papers.
    package func choose(for texts: [IndexedText]) throws -> (alpha: Double, questionCount: Int)? {
        guard texts.count >= Self.fewestPapers else { return nil }
        var generator = SplitMix64(seed: Self.seed)
        let questions = SubjectQuestion.draw(
            Self.paperLimit, from: texts, analyzer: papers.analyzer, by: &generator)
        let answerCount = min(Self.answerLimit, texts.count / 10)
        let answered = try concurrentMap(questions.count, threads: threads, chunk: 8) { index in
            try earnings(of: questions[index], answerCount: answerCount)
        }.compactMap(\.self)
        return Self.choice(answered).map { ($0, answered.count) }
    }

    /// The smallest weight whose average is within the tolerance of the best; `nil` if no kind has enough questions.
    package static func choice(_ earnings: [SubjectEarnings]) -> Double? {
        let kinds = SubjectQuestion.Kind.allCases
            .map { kind in earnings.filter { $0.kind == kind } }
            .filter { $0.count >= fewestQuestions }
        guard !kinds.isEmpty else { return nil }
        var averages = weights.map { _ in 0.0 }
        for kind in kinds {
            let sums = weights.indices.map { weight in kind.reduce(0) { $0 + $1.gains[weight] } }
            guard let best = sums.max(), best > 0 else { continue }
            for weight in weights.indices { averages[weight] += sums[weight] / best }
        }
        guard let best = averages.max(), best > 0 else { return nil }
        return averages.firstIndex { $0 >= (1 - tolerance) * best }.map { weights[$0] }
    }
}

/// What a question earned under each weight: its nDCG@10.
package struct SubjectEarnings: Sendable {
    package var kind: SubjectQuestion.Kind
    package var gains: [Double]

    /// A gain for each of ``AlphaChoice/weights``.
    package init(kind: SubjectQuestion.Kind, gains: [Double]) {
        precondition(
            gains.count == AlphaChoice.weights.count,
            "\(AlphaChoice.weights.count) weights earned \(gains.count) gains")
        self.kind = kind
        self.gains = gains
    }
}

// MARK: - Asking

extension AlphaChoice {
    /// What a question earns; `nil` if it has no answer.
    private func earnings(of question: SubjectQuestion, answerCount: Int) throws -> SubjectEarnings? {
        let own = papers.lexical.keys[question.paper]
        let worth = answers(to: question, count: answerCount)
        let ideal = Self.cumulativeGain(worth.values.sorted(by: >))
        guard ideal > 0 else { return nil }
        var ranking = Ranking(mode: .hybrid, alpha: 0, limit: Self.depth)
        var candidates = try ranking.candidates(
            for: papers.query(question.terms, pairs: question.pairs), in: papers)
        candidates.removeAll { $0.key == own }
        let gains = try Self.weights.map { alpha in
            ranking.alpha = alpha
            let ranked = try ranking.best(of: candidates, in: papers).papers
            return Self.cumulativeGain(ranked.map { worth[$0.key] ?? 0 }) / ideal
        }
        return SubjectEarnings(kind: question.kind, gains: gains)
    }

    /// The papers that have a question's other words, and what each is worth.
    private func answers(to question: SubjectQuestion, count: Int) -> [UInt64: Double] {
        let own = papers.lexical.keys[question.paper]
        let rarest = question.rest
            .map { (term: $0, documentFrequency: papers.lexical.documentFrequency(of: $0)) }
            .filter { $0.documentFrequency > 1 }
            .sorted { ($0.documentFrequency, $0.term) < ($1.documentFrequency, $1.term) }
            .prefix(Self.restLimit)
        // One more than is wanted, since the paper itself is the best of them.
        let found = papers.lexicalCandidates(
            for: rarest.map { WeightedTerm(term: $0.term, weight: 1) }, pairs: [], limit: count + 1,
            filter: CandidateFilter(), scoring: []
        ).candidates.filter { $0.key != own }.prefix(count)
        return Dictionary(uniqueKeysWithValues: found.map { ($0.key, $0.score) })
    }

    /// Σ gain / log₂(1 + place) over the first ``depth`` places.
    private static func cumulativeGain(_ gains: [Double]) -> Double {
        gains.prefix(depth).enumerated().reduce(0) { $0 + $1.element / log2(Double($1.offset) + 2) }
    }
}
