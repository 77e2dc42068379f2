import LatentSemantics
import PaperStore
import Papers

/// The terms of a library's own space that are used most like a word.
public struct NearestTerms: Hashable, Sendable {
    /// A term and how near it is.
    public struct Term: Hashable, Sendable {
        /// The word that the papers write most often for the term.
        public var word: String
        /// The cosine with the word that was asked about.
        public var similarity: Float
        /// The papers that have the term, of those that the space was fitted on.
        public var paperCount: Int
    }

    /// The word that was asked about.
    public var word: String
    /// Whether the space knows the word.
    public var isKnown: Bool
    /// The terms, nearest first.
    public var terms: [Term]
    /// Words of the space that are spelled like an unknown one.
    public var suggestions: [String]
}

extension Library {
    /// The terms that papers use most like a word, by the cosine of their vectors in the library's own space.
    ///
    /// - Parameters:
    ///   - word: A word. Of several, the first that is no stop word counts.
    ///   - limit: The most terms to return.
    /// - Returns: The terms. A word that the space does not know has none, and suggestions instead.
    /// - Throws: `AkinError`: `invalidArgument` for a limit below 0; `damaged` if a file cannot be read.
    /// - Complexity: O(*t* · *d*) for *t* terms of the space and *d* dimensions.
    public func nearestTerms(to word: String, limit: Int = 10) throws(AkinError) -> NearestTerms {
        guard limit >= 0 else {
            throw AkinError(.invalidArgument, "Cannot return \(limit) terms: the limit is 0 or more.")
        }
        return try read { _, generation in
            let term = generation?.analyzer.terms(of: word).first?.text
            guard let model = generation?.model, let term, model.contains(term) else {
                let suggestions = generation?.model?.similarlySpelledTerms(to: word, limit: Self.spellingLimit) ?? []
                return NearestTerms(word: word, isKnown: false, terms: [], suggestions: suggestions)
            }
            // A space may know terms of the model that it started from, which no paper of the library has.
            let terms = model.nearestTerms(to: word, k: limit).map {
                NearestTerms.Term(
                    word: $0.word, similarity: $0.value, paperCount: model.documentFrequency(of: $0.term))
            }
            return NearestTerms(word: word, isKnown: true, terms: terms, suggestions: [])
        }
    }

    /// The most words to suggest for an unknown one.
    private static let spellingLimit = 3
}
