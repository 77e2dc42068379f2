public import TextEncoding

/// A second look at the first units of a ranking, by what knows more and costs more: the vectors of an encoder, or a
/// judge that reads the texts.
///
/// *s′* = (1 − *w*) · *s* + *w* · *s*₁ · (*j* − *j*ₗ) / (*j*ₕ − *j*ₗ)
///
/// Here *s* is the score of a unit, *s*₁ the best score of a unit that the question does not name, *j* what the judge says of the unit, and *j*ₗ and *j*ₕ the
/// least and the most that it says of any. A unit of which the judge says nothing keeps its place, and so do those that
/// the question names.
public struct Reranking: Sendable {
    /// The space whose vectors judge; `nil` if none do.
    public var space: SpaceName?
    /// What reads and judges the units that have no vector in the space; `nil` if these keep their place.
    public var judge: (any TextJudge)?
    /// The units that are judged, *m*: the first ones. Default ``usualDepth``.
    public var depth: Int
    /// The share of the judge, *w*, from 0 to less than 1. Default ``usualWeight``.
    public var weight: Double

    /// The units that are judged unless somebody says otherwise.
    public static let usualDepth = 50
    /// The share of the judge unless somebody says otherwise.
    public static let usualWeight = 0.3

    /// Creates a second look by the vectors of a space.
    ///
    /// - Parameters:
    ///   - space: The space.
    ///   - judge: What reads the units that have no vector there. Its numbers must be cosines of the same encoder.
    ///   - depth: The units that are judged.
    ///   - weight: The share of the judge.
    public init(
        by space: SpaceName, or judge: (any TextJudge)? = nil, depth: Int = Self.usualDepth,
        weight: Double = Self.usualWeight
    ) {
        (self.space, self.judge, self.depth, self.weight) = (space, judge, depth, weight)
    }

    /// Creates a second look by a judge that reads the texts.
    public init(by judge: any TextJudge, depth: Int = Self.usualDepth, weight: Double = Self.usualWeight) {
        (self.judge, self.depth, self.weight) = (judge, depth, weight)
    }
}

extension Reranking: Hashable {
    /// Whether both are the same. Judges are compared by their identity.
    public static func == (first: Self, second: Self) -> Bool {
        first.space == second.space && first.judge === second.judge && first.depth == second.depth
            && first.weight == second.weight
    }

    /// Hashes what makes two equal.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(space)
        hasher.combine(judge.map(ObjectIdentifier.init))
        hasher.combine(depth)
        hasher.combine(weight)
    }
}

extension Reranking {
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
        guard let best = units.first(where: { $0.weights != PartWeights() })?.score, best > 0,
            let least = judged.map(\.judgment).min(), let most = judged.map(\.judgment).max(), least < most
        else { return units }
        var ranked = units
        for place in ranked.indices where ranked[place].weights != PartWeights() {
            ranked[place].scale(by: 1 - weight)
        }
        let chosen = judged.map { place, judgment in
            var unit = ranked[place]
            unit.judgment = weight * best * (judgment - least) / (most - least)
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
