import Foundation
import LatentSemantics
import LexicalIndex
import LinearClassification
import Papers
import Ranking
import SeededRandom

/// What a person wants, learned from examples: a weight for each term and for each axis of the vector space.
///
/// A linear support vector machine divides the liked papers from a sample of all others, as arxiv-sanity-lite does with
/// all others (A. Karpathy, <https://github.com/karpathy/arxiv-sanity-lite>). Most of the others are no papers that a
/// person has refused, so all of them together count as much as the liked ones. Papers that are not wanted count as
/// much as liked ones, each.
///
/// A paper is described by its terms with their BM25 parts, divided by the mean length of such rows, and by its vector.
/// Words tell fine differences, and the vector is what finds papers when few are liked.
struct PreferenceModel {
    /// The measurements behind the constants are in `Benchmarks/Results/2026-11-30-recommend.md`.
    enum Constants {
        /// The others that are learned from. More of them gain little and take longer.
        static let sampleSize = 8_000
        /// The most liked papers, and the most unwanted ones, that are learned from. Of more, a sample serves.
        static let mostExamples = 4_000
        /// What an error on a liked paper costs. More of it fits the liked papers more closely, and less keeps nearer
        /// to their mean. The others cost as much together as the liked ones do.
        static let cost: Float = 8
        /// The length of a paper's vector beside its row of terms, whose mean length is 1.
        static let vectorLength: Float = 1
        static let seed: UInt64 = 1
    }

    private let index: SegmentedIndex
    private let statistics: CorpusStatistics
    /// The weight of each term of each segment, idf and scale included.
    private var termWeights: [[Float]] = []
    /// The direction of the weights in the vector space; `nil` without one.
    private var direction: SpaceVector?
    /// What a cosine with the direction counts.
    private var directionWeight = 0.0
    private var bias = 0.0

    /// The parts of a paper's decision, which is their sum and the bias.
    struct Decision {
        var lexical: Double
        var semantic: Double
        var total: Double

        /// The decision as a number from 0 to 1.
        var relevance: Double { 1 / (1 + exp(-2 * total)) }
    }

    /// Learns from examples.
    ///
    /// - Parameters:
    ///   - liked: The liked papers.
    ///   - against: Those that are not wanted.
    ///   - all: All papers, ascending.
    ///   - index: The indexes.
    init(liked: [PaperKey], against: [PaperKey], all: [PaperKey], _ index: SegmentedIndex) {
        self.index = index
        statistics = index.statistics(for: []).corpusStatistics(for: [])
        let examples = PaperKeySet(liked + against)
        var generator = SplitMix64(seed: Constants.seed)
        let liked = Self.sample(liked, Constants.mostExamples, using: &generator)
        let against = Self.sample(against, Constants.mostExamples, using: &generator)
        let others = Self.sample(
            all.filter { !examples.contains($0) }, Constants.sampleSize, using: &generator)
        guard !liked.isEmpty else { return }
        var rows = PreferenceRows(index, statistics)
        rows.append(liked + against + others)
        let otherCost = Constants.cost * Float(liked.count) / Float(max(1, others.count))
        let machine = LinearSupportVectorMachine(
            rows.rows(),
            isPositive: liked.map { _ in true } + (against + others).map { _ in false },
            costs: (liked + against).map { _ in Constants.cost } + others.map { _ in otherCost }, seed: Constants.seed)
        bias = Double(machine.bias)
        termWeights = rows.termWeights(machine.weights)
        let axes = Array(machine.weights.prefix(rows.rank))
        direction = SpaceVector(normalizing: axes, in: .latentSemantics)
        directionWeight =
            Double(Constants.vectorLength) * axes.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    }

    /// Some of the keys, without repetition, in ascending order.
    private static func sample(
        _ keys: [PaperKey], _ count: Int, using generator: inout SplitMix64
    ) -> [PaperKey] {
        guard keys.count > count else { return keys }
        var keys = keys
        for place in 0..<count { keys.swapAt(place, place + generator.next(below: keys.count - place)) }
        return keys.prefix(count).sorted()
    }
}

// MARK: - Deciding

extension PreferenceModel {
    /// The decisions on some papers, in their order.
    ///
    /// - Throws: `HNSWError`.
    /// - Complexity: O(*p* + *n*) for *p* postings and *n* papers of the library, and a product of vectors for each
    ///   paper.
    func decisions(on keys: [PaperKey]) throws -> [Decision] {
        let units = keys.map { UnitKey($0) }
        var lexical = [Double](repeating: 0, count: units.count)
        for (segment, weights) in zip(index.segments, termWeights) {
            let scores = segment.lexical.scores(ofTermWeights: weights, statistics)
            for (place, unit) in units.enumerated() where !segment.removed.contains(unit.rawValue) {
                if let ordinal = segment.lexical.ordinal(of: unit.rawValue) { lexical[place] = Double(scores[ordinal]) }
            }
        }
        let cosines = try direction.map { try index.cosines(of: units, with: $0) }
        return lexical.indices.map { place in
            let semantic = directionWeight * (cosines?[place] ?? 0)
            return Decision(lexical: lexical[place], semantic: semantic, total: lexical[place] + semantic + bias)
        }
    }

    /// The terms that speak most for a paper, the strongest first.
    ///
    /// Only liked papers give a term a weight above 0, so at least one of them has each.
    func strongestTerms(of key: PaperKey, _ limit: Int) -> [RecommendationAnswer.Term] {
        var found: [(term: String, share: Float)] = []
        for (segment, weights) in zip(index.segments, termWeights)
        where !segment.removed.contains(UnitKey(key).rawValue) {
            let lexical = segment.lexical
            var frequencies = TermFrequencies(lexical)
            lexical.forEachTerm(of: UnitKey(key).rawValue, statistics, counting: &frequencies) { number, factor in
                let share = weights[Int(number)] * factor
                if share > 0, let term = lexical.term(numbered: number) { found.append((term, share)) }
            }
        }
        found.sort { $0.share != $1.share ? $0.share > $1.share : $0.term < $1.term }
        return found.prefix(limit).map { term, share in
            RecommendationAnswer.Term(word: index.model?.surfaceForm(of: term) ?? term, share: Double(share))
        }
    }
}
