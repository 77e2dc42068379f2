import Foundation
import ParallelLoops
import Synchronization
import TextAnalysis

/// Chooses the weight *α* of a library's hybrid ranking by the questions that its papers ask and answer themselves.
///
/// 1. Draw papers, take questions out of some of them (``SelfQuestions``), index the rest of all (``Miniature``).
/// 2. Rank for each question under every weight; a question earns 1 / log₂(1 + rank of its paper).
/// 3. Average over the questions of a kind, then over the kinds, so that each kind counts alike.
/// 4. Take the largest weight that earns no less than ``tolerance`` below the best.
///
/// Step 4 prefers meaning where the papers do not decide: a text is found by its own words more easily than by those of
/// somebody who does not know it, so that these questions flatter the words.
struct WeightChoice {
    /// The weights that are tried. Beyond .8, the words of a question hardly count any more.
    static let weights = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8]
    /// How far below the best average the chosen weight's may lie.
    static let tolerance = 0.005
    /// The papers of a miniature, at most: more of them take longer and choose the same.
    static let paperLimit = 4_000
    /// The questions of a kind in a miniature, at most, and no more than a tenth of its papers.
    static let questionLimit = 200
    /// A kind with fewer questions does not count.
    static let fewestQuestions = 20
    /// As many miniatures are asked, one after another, as it takes to ask about so many questions.
    static let wantedQuestions = 900
    private static let miniatureLimit = 6
    private static let seed: UInt64 = 42

    let analyzer: Analyzer
    let threads: Int
    /// A file that may be written.
    let path: String

    /// Chooses a weight.
    ///
    /// - Returns: The weight and the number of questions that it was chosen by; `nil` if the papers cannot ask enough.
    /// - Complexity: O(1): a second or two of one core from 4,000 papers on, less below.
    func choose(for papers: [IndexedText]) throws -> (alpha: Double, questionCount: Int)? {
        var generator = SplitMix64(seed: Self.seed)
        let count = min(Self.questionLimit, min(papers.count, Self.paperLimit) / 10)
        guard count >= Self.fewestQuestions else { return nil }
        var tally = Tally()
        for _ in 0..<Self.miniatureLimit where tally.questionCount < Self.wantedQuestions {
            let drawn = papers.indices.shuffled(using: &generator).prefix(Self.paperLimit).sorted()
            let questions = SelfQuestions(drawn.map { papers[$0] }, count: count, generator: &generator)
            guard questions.questions.count >= Self.fewestQuestions,
                let miniature = try Miniature(questions, analyzer: analyzer, path: path, threads: threads)
            else { break }
            tally.add(try ask(questions.questions, miniature))
        }
        return tally.choice.map { ($0, tally.questionCount) }
    }

    /// What each question earns under each weight.
    private func ask(_ questions: [SelfQuestions.Question], _ miniature: Miniature) throws -> [Earnings] {
        let results = Mutex<[Int: Result<Earnings, any Error>]>([:])
        concurrentChunks(of: questions.count, threads: threads, chunk: 8) { _, indices in
            for index in indices {
                let result = Result { try ask(questions[index], miniature) }
                results.withLock { $0[index] = result }
            }
        }
        return try results.withLock { results in try questions.indices.compactMap { try results[$0]?.get() } }
    }

    private func ask(_ question: SelfQuestions.Question, _ miniature: Miniature) throws -> Earnings {
        var ranking = Ranking(mode: .hybrid, alpha: 0, limit: Ranking.minimumCandidates)
        let candidates = try ranking.candidates(for: miniature.query(question.text), in: miniature)
        let gains = try Self.weights.map { alpha in
            ranking.alpha = alpha
            let place = try ranking.place(of: UInt64(question.paper), among: candidates, in: miniature)
            return place.map { 1 / log2(Double($0) + 1) } ?? 0
        }
        return Earnings(kind: question.kind, gains: gains)
    }
}

/// What a question earned under each weight.
struct Earnings: Sendable {
    var kind: SelfQuestions.Kind
    var gains: [Double]
}

/// The sums of what questions earned, kind by kind.
struct Tally {
    private var sums = SelfQuestions.Kind.allCases.map { _ in WeightChoice.weights.map { _ in 0.0 } }
    private var counts = SelfQuestions.Kind.allCases.map { _ in 0 }

    mutating func add(_ earnings: [Earnings]) {
        for earning in earnings {
            counts[earning.kind.rawValue] += 1
            for (index, gain) in earning.gains.enumerated() { sums[earning.kind.rawValue][index] += gain }
        }
    }

    var questionCount: Int { counts.reduce(0, +) }

    /// The largest weight whose average is within the tolerance of the best; `nil` if no kind has enough questions.
    var choice: Double? {
        let kinds = counts.indices.filter { counts[$0] >= WeightChoice.fewestQuestions }
        guard !kinds.isEmpty else { return nil }
        let averages = WeightChoice.weights.indices.map { weight in
            kinds.reduce(0) { $0 + sums[$1][weight] / Double(counts[$1]) } / Double(kinds.count)
        }
        let least = (averages.max() ?? 0) - WeightChoice.tolerance
        return averages.lastIndex { $0 >= least }.map { WeightChoice.weights[$0] }
    }
}
