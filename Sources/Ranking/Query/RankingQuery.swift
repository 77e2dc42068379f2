/// What a collection is asked, once a text or papers have been turned into it.
package struct RankingQuery: Sendable {
    /// The lexical side.
    package var lexical: LexicalTerms
    /// The terms of the question that no paper has. A space that started from a model may know what they go with, and
    /// they count where the coverage of the question is measured.
    package var unknownTerms: [WeightedTerm]
    /// The terms that the vector is made of; empty where papers made it. A term that is there twice counts twice.
    package var vectorTerms: [WeightedTerm]
    /// The semantic side: a unit vector; `nil` if the model knows no term of the query.
    package var vector: SpaceVector?

    package init(
        lexical: LexicalTerms, unknownTerms: [WeightedTerm] = [], vectorTerms: [WeightedTerm] = [],
        vector: SpaceVector?
    ) {
        self.lexical = lexical
        self.unknownTerms = unknownTerms
        self.vectorTerms = vectorTerms
        self.vector = vector
    }
}
