/// A unit in an answer: its score and the exact parts that the score is made of.
package struct RankedUnit: Hashable, Sendable {
    package var unit: UnitKey
    package var score = 0.0
    /// The BM25 score of terms and of pairs of terms.
    package var lexical: Double
    /// The share of the question's weight in the words that the unit has, from 0 to 1.
    package var coverage: Double
    /// The cosine with the query: over the spaces that rank, the sum of the parts of their directions (``Direction``).
    package var semantic: Double
    /// The same with the centroid of the feedback documents; 0 where there was no feedback.
    package var feedback = 0.0
    /// What a person's notes on the paper add to the score.
    package var notes = 0.0
    /// What a judge of the first units adds to the score.
    package var judgment = 0.0
    /// What the parts are multiplied by. Both are 0 where the score is not made of the parts, as for a paper that the
    /// question names by its title.
    package var weights = PartWeights()

    package init(unit: UnitKey, lexical: Double, coverage: Double = 0, semantic: Double) {
        self.unit = unit
        self.lexical = lexical
        self.coverage = coverage
        self.semantic = semantic
    }

    /// Best first; ties go to the smaller unit.
    static func precedes(_ first: Self, _ second: Self) -> Bool {
        first.score != second.score ? first.score > second.score : first.unit < second.unit
    }

    /// The semantic side of the score: the cosine with the query plus the weighted cosine with the centroid.
    func semanticSide(_ policy: RankingPolicy) -> Double { semantic + policy.feedbackWeight * feedback }
}

/// What each part of a score is multiplied by.
package struct PartWeights: Hashable, Sendable {
    package var lexical = 0.0
    /// The factor of the semantic side: the cosine with the query plus the weighted cosine with the centroid.
    package var semantic = 0.0

    package init(lexical: Double = 0, semantic: Double = 0) {
        (self.lexical, self.semantic) = (lexical, semantic)
    }
}

/// The parts that a score is made of.
public struct ScoreParts: Hashable, Sendable {
    /// The BM25 score of words and of neighboring words: 0 where paper and query share no term, unbounded above.
    public var lexical: Double
    /// The cosine with the query in the vector space that the library learned, from −1 to 1. In a space of another
    /// encoder it is read against chance: 0 for as near as any paper, 1 for the same direction. Over several spaces it
    /// is the mean.
    public var semantic: Double
    /// The cosine with the centroid of the feedback documents, which counts ¾ of the one with the query; 0 where one
    /// side ranks alone.
    public var feedback: Double
    /// What a person's notes on the paper add to its score: 0 where none has a word of the question.
    public var notes: Double

    /// What the encoder that judges the first papers adds to the score; 0 where none does.
    public var judgment: Double

    /// Creates parts.
    public init(lexical: Double, semantic: Double, feedback: Double, notes: Double = 0, judgment: Double = 0) {
        self.judgment = judgment
        self.lexical = lexical
        self.semantic = semantic
        self.feedback = feedback
        self.notes = notes
    }
}
