package import Akin

/// The terms that papers use most like some words.
package struct NearestTermsReport: Codable, Hashable, Sendable {
    /// A word and the terms near it.
    package struct Entry: Codable, Hashable, Sendable {
        package var word: String
        /// Whether the space knows the word.
        package var known: Bool
        package var terms: [Term]
        /// Words that are spelled like an unknown one.
        package var suggestions: [String]
    }

    /// A term and how near it is.
    package struct Term: Codable, Hashable, Sendable {
        package var word: String
        /// The cosine.
        package var similarity: Float
        /// The papers of the fit that have it.
        package var papers: Int
    }

    package var words: [Entry]

    /// Reports words in their order.
    package init(_ words: [NearestTerms]) {
        self.words = words.map { word in
            Entry(
                word: word.word, known: word.isKnown,
                terms: word.terms.map { Term(word: $0.word, similarity: $0.similarity, papers: $0.paperCount) },
                suggestions: word.suggestions)
        }
    }
}
