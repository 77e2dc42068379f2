package import LexicalIndex

/// A word of a query, and what may stand in its place.
///
/// People and papers write one thing in several ways: `oversmoothing` and `over-smoothing`, `summary` and `summaries`,
/// `language` and, by mistake, `langauge`. A paper that has several of them has the word once: the one that scores
/// highest counts, and the others do not add to it.
package struct QueryWord: Hashable, Sendable {
    /// The term, as the analyzer makes it.
    package var term: String

    /// How much the word counts: as often as the question has it.
    package var weight: Float

    /// Whether the term counts by itself. The first part of `few-shot` counts only before the second, which is an
    /// alternative.
    package var countsAlone: Bool

    /// What counts in place of the term.
    package var alternatives: [Alternative]

    /// The least number of units that count as having the word. A mistake or a rare spelling is no rarer than the word
    /// that it stands for.
    package var documentFrequencyFloor: Int

    package init(
        term: String, weight: Float, countsAlone: Bool = true, alternatives: [Alternative] = [],
        documentFrequencyFloor: Int = 0
    ) {
        self.term = term
        self.weight = weight
        self.countsAlone = countsAlone
        self.alternatives = alternatives
        self.documentFrequencyFloor = documentFrequencyFloor
    }

    /// Something that counts in place of a word.
    package struct Alternative: Hashable, Sendable {
        /// The term or the two adjacent terms.
        package var feature: LexicalFeature

        /// How much it counts, against 1 for the word itself.
        package var weight: Float

        /// Why it counts.
        package var reason: Substitution

        package init(_ feature: LexicalFeature, weight: Float, reason: Substitution) {
            self.feature = feature
            self.weight = weight
            self.reason = reason
        }
    }
}

/// Why something counts in place of a word of a question.
public enum Substitution: String, CaseIterable, Codable, Hashable, Sendable {
    /// It begins alike, and papers use it in like company.
    case relative
    /// It is the same word written otherwise, joined or parted, as `dataset` and `data set`, or as another language of
    /// the collection takes its stem; or the compound that the word is a part of.
    case spelling
    /// The word is likely a mistake for it.
    case correction
}
