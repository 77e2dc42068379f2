/// What a library learns about itself from its own papers when its model is fitted.
///
/// The manifest keeps it. Nothing in it needs a person's judgment.
package struct Calibration: Codable, Sendable, Equatable {
    /// The semantic weight of hybrid rankings, unless a search says otherwise.
    package var semanticWeight = RankingPolicy.standard.defaultSemanticWeight
    /// The questions that the weight was chosen by; 0 where the library was too small to ask any.
    package var questionCount = 0
    /// The papers that the library had when the weight was chosen.
    package var paperCount = 0
    /// How similar two papers are that were drawn at random; `nil` where there are no vectors.
    package var randomSimilarity: RandomSimilarity?

    package init() {}

    /// The semantic weight where a query is made of papers.
    package func likeSemanticWeight(_ policy: RankingPolicy = .standard) -> Double {
        max(semanticWeight, min(policy.largestLikeWeight, semanticWeight + policy.likeBonus))
    }

    /// Whether the numbers are ones that a calibration gives.
    package var isSound: Bool {
        (0...1).contains(semanticWeight) && questionCount >= 0 && paperCount >= 0 && randomSimilarity?.isSound ?? true
    }
}
