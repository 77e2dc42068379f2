/// A second look at the first units of a ranking, by a judge that knows more and costs more: the vectors of an encoder.
///
/// *s′* = (1 − *w*) · *s* / *s*₁ + *w* · (*j* − *j*ₗ) / (*j*ₕ − *j*ₗ)
///
/// Here *s* is the score of a unit, *s*₁ the best score, *j* what the judge says of the unit, and *j*ₗ and *j*ₕ the
/// least and the most that it says of any. A unit of which the judge says nothing keeps its place, and so do those that
/// the question names.
public struct Reranking: Hashable, Sendable {
    /// The space whose vectors judge.
    public var space: SpaceName
    /// The units that are judged, *m*: the first ones. Default 20.
    public var depth: Int
    /// The share of the judge, *w*, from 0 to 1. Default .3.
    public var weight: Double

    /// Creates a second look.
    public init(by space: SpaceName, depth: Int = 20, weight: Double = 0.3) {
        (self.space, self.depth, self.weight) = (space, depth, weight)
    }

    /// Ranks the first units anew.
    ///
    /// - Parameters:
    ///   - units: The units, best first.
    ///   - judgments: What the judge says of the first ones; `nil` where it says nothing.
    /// - Returns: The units, best first.
    package func ranked(_ units: [RankedUnit], by judgments: [Double?]) -> [RankedUnit] {
        let judged = zip(units.indices, judgments).compactMap { place, judgment -> (place: Int, judgment: Double)? in
            // The score of a unit that the question names is not made of parts.
            guard let judgment, units[place].weights != PartWeights() else { return nil }
            return (place, judgment)
        }
        guard let first = judged.first, units[first.place].score > 0,
            let least = judged.map(\.judgment).min(), let most = judged.map(\.judgment).max(), least < most
        else { return units }
        let scale = (1 - weight) / units[first.place].score
        var ranked = units
        for place in ranked.indices where ranked[place].weights != PartWeights() { ranked[place].scale(by: scale) }
        let chosen = judged.map { place, judgment in
            var unit = ranked[place]
            unit.judgment = weight * (judgment - least) / (most - least)
            unit.score += unit.judgment
            return unit
        }
        for (place, unit) in zip(judged.map(\.place), chosen.sorted(by: RankedUnit.precedes)) { ranked[place] = unit }
        return ranked
    }
}

extension RankedUnit {
    /// Multiplies the score, and what it is made of.
    fileprivate mutating func scale(by factor: Double) {
        score *= factor
        notes *= factor
        weights.lexical *= factor
        weights.semantic *= factor
    }
}
