import LexicalIndex

/// Makes the lexical score of a unit out of the factors of a query's features.
///
/// ```
///   word     weight · max ( factor(term) · idf(term), max over alternatives a of
///                           weight(a) · factor(a) · min ( idf(term), idf(a) ) )
///   score    ( Σ words ) · ( 1 − c + c · coverage )  +  Σ pairs
/// ```
///
/// The *coverage* is the share of the question's idf in the words that the unit has, in whatever form. Without it a
/// paper that repeats one subject of a question gains as much as a paper that has both. Its share *c* falls with the
/// number of words: a long question has many words beside its subjects.
struct LexicalScorer {
    private struct Word {
        let feature: Int
        /// Weight times idf.
        let weight: Float
        /// What the term itself counts: the weight, or 0.
        let ownWeight: Float
        let alternatives: [(feature: Int, weight: Float)]
    }

    private struct Pair {
        let feature: Int
        let weight: Float
    }

    private let words: [Word]
    private let pairs: [Pair]
    private let totalWeight: Float
    private let coverageShare: Float

    init(_ lexical: LexicalTerms, _ policy: RankingPolicy) {
        let statistics = lexical.statistics
        words = zip(lexical.words, lexical.wordFeatures).map { word, features in
            let idf = statistics.idf(of: word)
            return Word(
                feature: features.own, weight: word.weight * Float(idf),
                ownWeight: word.countsAlone ? word.weight * Float(idf) : 0,
                alternatives: zip(word.alternatives, features.alternatives).map { alternative, feature in
                    (
                        feature,
                        word.weight * alternative.weight * Float(min(idf, statistics.idf(of: alternative.feature)))
                    )
                })
        }
        pairs = zip(lexical.pairs, lexical.pairFeatures).map { pair, feature in
            Pair(feature: feature, weight: pair.weight * Float(statistics.idf(of: .pair(pair.pair))))
        }
        totalWeight = words.reduce(0) { $0 + $1.weight }
        coverageShare =
            policy.coverageShare * min(1, policy.coveredWordCount / max(1, Float(words.count)))
    }

    /// The score of a unit and the share of the question's weight that the unit has.
    func score(_ factors: ArraySlice<Float>) -> (score: Double, coverage: Double) {
        var sum: Float = 0
        var covered: Float = 0
        for word in words {
            let best = best(of: word, factors)
            guard best.value > 0 else { continue }
            sum += best.value
            covered += word.weight
        }
        let coverage = totalWeight > 0 ? covered / totalWeight : 0
        var score = sum * multiplier(coverage)
        for pair in pairs { score += value(of: pair, factors) }
        return (Double(score), Double(coverage))
    }

    /// What each part of the query adds to the score of a unit.
    func contributions(_ factors: ArraySlice<Float>) -> LexicalContributions {
        let coverage = score(factors).coverage
        let multiplier = multiplier(Float(coverage))
        return LexicalContributions(
            words: words.map { word in
                let best = best(of: word, factors)
                return (Double(best.value * multiplier), best.feature)
            },
            pairs: pairs.map { Double(value(of: $0, factors)) })
    }

    /// What the sum of the words is multiplied by.
    private func multiplier(_ coverage: Float) -> Float { 1 - coverageShare + coverageShare * coverage }

    private func value(of pair: Pair, _ factors: ArraySlice<Float>) -> Float {
        pair.weight * factors[factors.startIndex + pair.feature]
    }

    private func best(
        of word: Word, _ factors: ArraySlice<Float>
    ) -> (value: Float, feature: Int) {
        let start = factors.startIndex
        var best = (value: word.ownWeight * factors[start + word.feature], feature: word.feature)
        for alternative in word.alternatives {
            let value = alternative.weight * factors[start + alternative.feature]
            if value > best.value { best = (value, alternative.feature) }
        }
        return best
    }
}

/// What each part of a query's lexical side adds to the score of one unit.
struct LexicalContributions {
    /// What each word adds, in the order of ``LexicalTerms/words``, and the feature that counted.
    let words: [(value: Double, feature: Int)]
    /// What each pair adds, in the order of ``LexicalTerms/pairs``.
    let pairs: [Double]
}
