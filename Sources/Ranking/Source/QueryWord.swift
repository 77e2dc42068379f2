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

    /// What counts in place of the term.
    package var alternatives: [Alternative]

    /// The least number of units that count as having the word. A mistake or a rare spelling is no rarer than the word
    /// that it stands for.
    package var documentFrequencyFloor: Int

    package init(
        term: String, weight: Float, alternatives: [Alternative] = [], documentFrequencyFloor: Int = 0
    ) {
        self.term = term
        self.weight = weight
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
        package var reason: Reason

        package init(_ feature: LexicalFeature, weight: Float, reason: Reason) {
            self.feature = feature
            self.weight = weight
            self.reason = reason
        }
    }

    /// Why an alternative counts.
    package enum Reason: String, Hashable, Sendable {
        /// It begins alike, and papers use it in like company.
        case relative
        /// It is the same word, joined or parted: `dataset` and `data set`.
        case spelling
        /// The word is likely a mistake for it.
        case correction
    }
}
