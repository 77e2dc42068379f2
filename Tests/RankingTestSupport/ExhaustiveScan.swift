import Foundation
package import LatentSemantics
package import LexicalIndex
package import Ranking
package import TextAnalysis

/// A collection that looks at every unit: BM25 by its formula, cosines by their definition. It is what a source of
/// rankings ought to answer, as slowly as can be.
package struct ExhaustiveScan: RankingSource {
    package let model: LatentSemanticModel?
    package let calibration: Calibration
    package var fittedPaperCount: Int { texts.count }
    private let texts: [UnitKey: AnalyzedText]
    private let vectors: [UnitKey: [Float]]
    /// Units that statistics count and nobody finds.
    private let removed: Set<UnitKey>

    package init(
        _ texts: [UnitKey: AnalyzedText], model: LatentSemanticModel? = nil, vectors: [UnitKey: [Float]] = [:],
        removed: Set<UnitKey> = [], calibration: Calibration = Calibration()
    ) {
        self.calibration = calibration
        self.texts = texts
        self.model = model
        self.vectors = vectors
        self.removed = removed
    }

    package func statistics(for terms: [String]) -> CollectionStatistics {
        CollectionStatistics(
            unitCount: texts.count,
            totalLength: texts.values.reduce(0) { $0 + length($1) },
            documentFrequencies: Dictionary(
                terms.map { term in (term, texts.values.count { $0.frequencies[term] != nil }) },
                uniquingKeysWith: { first, _ in first }))
    }

    package func documentFrequencies(of pairs: [TermPair]) -> [Int] {
        pairs.map { pair in texts.values.count { frequency(.pair(pair), $0) > 0 } }
    }

    package func candidates(for request: CandidateRequest) -> Candidates {
        let units = texts.keys.filter { request.filter.admits($0) && !removed.contains($0) }
        func best(_ limit: Int, by score: (UnitKey) -> Double, above least: Double) -> [UnitKey] {
            let scored = units.map { (unit: $0, score: score($0)) }.filter { $0.score > least }
            return scored.sorted { $0.score != $1.score ? $0.score > $1.score : $0.unit < $1.unit }
                .prefix(limit).map(\.unit)
        }
        var named = Set(best(request.lexicalLimit, by: { sumOfWords(request.lexical, $0) }, above: 0))
        for vector in request.vectors where request.semanticLimit > 0 {
            named.formUnion(best(request.semanticLimit, by: { cosine($0, vector) }, above: -.infinity))
        }
        named.formUnion(request.required.filter { units.contains($0) })
        let all = Array(named)
        return Candidates(
            units: all, factors: factors(of: request.lexical.features, request.lexical.statistics, to: all),
            cosines: request.vectors.map { vector in all.map { cosine($0, vector) } })
    }

    package func cosines(of units: [UnitKey], with vector: SpaceVector) -> [Double] { units.map { cosine($0, vector) } }

    package func vectors(of units: [UnitKey], in space: SpaceName) -> [[Float]?] {
        units.map { removed.contains($0) ? nil : vectors[$0] }
    }

    package func factors(
        of features: [LexicalFeature], _ statistics: CollectionStatistics, to units: [UnitKey]
    ) -> FeatureFactors {
        FeatureFactors(
            featureCount: features.count,
            values: units.flatMap { unit in
                features.map { feature in
                    guard !removed.contains(unit), let text = texts[unit] else { return 0 }
                    return Float(factor(frequency(feature, text), text, statistics))
                }
            })
    }
}

// MARK: - Formulas

extension ExhaustiveScan {
    private func cosine(_ unit: UnitKey, _ vector: SpaceVector) -> Double {
        guard !removed.contains(unit), let own = vectors[unit], own.count == vector.components.count else { return 0 }
        return zip(own, vector.components).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }

    /// What candidates are named by: every word and every alternative adds. Two adjacent terms count as the rarer one.
    private func sumOfWords(_ lexical: LexicalTerms, _ unit: UnitKey) -> Double {
        guard let text = texts[unit] else { return 0 }
        let statistics = lexical.statistics
        var sum = 0.0
        for word in lexical.words {
            let own = min(
                idf(word.term, statistics),
                BM25Parameters.inverseDocumentFrequency(
                    of: word.documentFrequencyFloor, among: statistics.unitCount))
            sum += Double(word.weight) * own * factor(text.frequencies[word.term] ?? 0, text, statistics)
            for alternative in word.alternatives {
                let term = lexical.rarestTerm(of: alternative.feature)
                let weight = Double(word.weight * alternative.weight) * min(own, idf(term, statistics))
                sum += weight * factor(text.frequencies[term] ?? 0, text, statistics)
            }
        }
        return sum
    }

    private func frequency(_ feature: LexicalFeature, _ text: AnalyzedText) -> Int {
        switch feature {
        case .term(let term): text.frequencies[term] ?? 0
        case .pair(let pair):
            text.fields.reduce(0) { sum, field in
                sum + field.field.weight
                    * field.neighbors.count { $0.text == pair.first && $1.text == pair.second }
            }
        }
    }

    private func idf(_ term: String, _ statistics: CollectionStatistics) -> Double {
        let frequency = Double(statistics.documentFrequency(of: term))
        return log(1 + (Double(statistics.unitCount) - frequency + 0.5) / (frequency + 0.5))
    }

    private func factor(_ frequency: Int, _ text: AnalyzedText, _ statistics: CollectionStatistics) -> Double {
        let (k1, b) = (1.2, 0.75)
        let average = Double(statistics.totalLength) / Double(statistics.unitCount)
        let f = Double(frequency)
        return f * (k1 + 1) / (f + k1 * (1 - b + b * Double(length(text)) / average))
    }

    private func length(_ text: AnalyzedText) -> Int { text.frequencies.values.reduce(0, +) }
}
