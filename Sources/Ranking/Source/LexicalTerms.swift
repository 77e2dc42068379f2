package import LexicalIndex

/// A term and how much it counts.
package struct WeightedTerm: Hashable, Sendable {
    package var term: String
    package var weight: Float

    package init(term: String, weight: Float) {
        self.term = term
        self.weight = weight
    }
}

/// Two terms that follow each other in a query.
package struct WeightedPair: Hashable, Sendable {
    package var pair: TermPair
    /// How much it counts that they follow each other in a paper too, against 1 for a term.
    package var weight: Float

    package init(_ pair: TermPair, weight: Float) {
        self.pair = pair
        self.weight = weight
    }
}

/// The lexical side of a query: what BM25 looks for, with the statistics that it is weighed by.
package struct LexicalTerms: Sendable {
    /// The words, by ascending terms.
    package let words: [QueryWord]
    /// The pairs of terms that add to the score of a paper where they follow each other. A pair that is given twice
    /// adds twice.
    package let pairs: [WeightedPair]
    /// The statistics of the whole collection, for all these terms.
    package let statistics: CollectionStatistics
    /// All that is counted in a paper, each once: terms, alternatives and pairs.
    package let features: [LexicalFeature]
    /// For each word the feature that is its term, and those of its alternatives.
    let wordFeatures: [(own: Int, alternatives: [Int])]
    /// For each pair its feature.
    let pairFeatures: [Int]

    package init(words: [QueryWord], pairs: [WeightedPair] = [], statistics: CollectionStatistics) {
        self.words = words
        self.pairs = pairs
        self.statistics = statistics
        var numbers: [LexicalFeature: Int] = [:]
        var features: [LexicalFeature] = []
        func number(_ feature: LexicalFeature) -> Int {
            if let number = numbers[feature] { return number }
            numbers[feature] = features.count
            features.append(feature)
            return features.count - 1
        }
        wordFeatures = words.map { (number(.term($0.term)), $0.alternatives.map { number($0.feature) }) }
        pairFeatures = pairs.map { number(.pair($0.pair)) }
        self.features = features
    }

    /// The terms that a lexical index names candidates by: those of the words and of their alternatives.
    ///
    /// Here a paper that has a word in several ways gains by each of them. That only decides who is a candidate.
    package var query: LexicalQuery {
        let terms = words.flatMap { word -> [(term: String, weight: Float)] in
            let idf = statistics.idf(of: word)
            let own = (term: word.term, weight: word.weight * share(idf, ofIDFOf: word.term))
            return (word.countsAlone ? [own] : [])
                + word.alternatives.map { alternative in
                    let term = rarestTerm(of: alternative.feature)
                    return (term, alternative.weight * word.weight * min(1, share(idf, ofIDFOf: term)))
                }
        }
        return LexicalQuery(terms: terms, statistics: statistics.corpusStatistics(for: terms.map(\.term)))
    }

    /// What a term must weigh to count with another idf than its own. An index that is damaged may give it an idf of 0.
    private func share(_ idf: Double, ofIDFOf term: String) -> Float {
        let own = statistics.idf(of: term)
        return own > 0 ? Float(idf / own) : 1
    }

    /// The term that candidates of a feature are named by: of two adjacent terms the one that fewer units have.
    package func rarestTerm(of feature: LexicalFeature) -> String {
        switch feature {
        case .term(let term): term
        case .pair(let pair):
            statistics.documentFrequency(of: pair.first) < statistics.documentFrequency(of: pair.second)
                ? pair.first : pair.second
        }
    }
}

extension CollectionStatistics {
    /// The inverse document frequency of a term.
    package func idf(of term: String) -> Double {
        BM25Parameters.inverseDocumentFrequency(of: documentFrequency(of: term), among: unitCount)
    }

    /// The inverse document frequency of a word.
    package func idf(of word: QueryWord) -> Double {
        BM25Parameters.inverseDocumentFrequency(
            of: max(word.countsAlone ? documentFrequency(of: word.term) : 1, word.documentFrequencyFloor),
            among: unitCount)
    }

    /// The inverse document frequency of a feature. Two adjacent terms have that of the rarer one: their own document
    /// frequency is not known, and the rarer term's ranks as well
    /// (`Benchmarks/Results/2026-11-25-lexical-index.md`).
    package func idf(of feature: LexicalFeature) -> Double { feature.terms.map(idf(of:)).max() ?? 0 }
}

/// How strongly each unit has each feature of a query, by BM25's frequency factor: a row for each unit and a column for
/// each feature.
package struct FeatureFactors: Sendable {
    package let featureCount: Int
    /// The rows, one after another; a row of zeros for a unit that the collection does not have.
    package var values: [Float]

    package init(featureCount: Int, values: [Float]) {
        self.featureCount = featureCount
        self.values = values
    }

    /// The factors of a unit, by the position of the unit.
    package func row(_ index: Int) -> ArraySlice<Float> { values[index * featureCount..<(index + 1) * featureCount] }
}
