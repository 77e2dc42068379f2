/// What a collection is asked, once a text or papers have been turned into it.
package struct RankingQuery: Sendable {
    /// The lexical side.
    package var lexical: LexicalTerms
    /// The terms of the question that no paper has. A space that started from a model may know what they go with, and
    /// they count where the coverage of the question is measured.
    package var unknownTerms: [WeightedTerm]
    /// The terms that the vector is made of; empty where papers made it. A term that is there twice counts twice.
    package var vectorTerms: [WeightedTerm]
    /// The semantic side: a direction in each space that ranks. A space has none if the model knows no term of the
    /// query, or if nobody gave the query's vector there.
    package var directions: [Direction]
    /// The spaces that rank, whether or not the query has a direction there.
    package var spaces: [SpaceName]

    package init(
        lexical: LexicalTerms, unknownTerms: [WeightedTerm] = [], vectorTerms: [WeightedTerm] = [],
        directions: [Direction], spaces: [SpaceName] = [.latentSemantics]
    ) {
        self.lexical = lexical
        self.unknownTerms = unknownTerms
        self.vectorTerms = vectorTerms
        self.directions = directions
        self.spaces = spaces
    }
}
