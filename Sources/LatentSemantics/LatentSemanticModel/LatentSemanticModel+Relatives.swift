import Bisection
import MappedFiles

extension LatentSemanticModel {
    /// A term that begins like another and stands in like company.
    package struct Relative: Hashable, Sendable {
        /// The term.
        package var term: String

        /// The cosine of the two terms' vectors, the rows of V times σ.
        package var similarity: Float

        /// The letters that both begin with.
        package var prefixLength: Int
    }

    /// The relatives of a term: forms of its word that the stemmer keeps apart, as `summari` and `summar`.
    ///
    /// After J. Xu and W. B. Croft, "Corpus-based stemming using cooccurrence of word variants", ACM Transactions on
    /// Information Systems 16 (1998), <https://doi.org/10.1145/267954.267957>: words that begin alike are forms of one
    /// word where the corpus uses them alike. There the measure is the words' co-occurrence, here the cosine of their
    /// vectors.
    ///
    /// - Parameters:
    ///   - term: A term as the analyzer writes it.
    ///   - limit: The most relatives.
    ///   - leastSimilarity: The cosine that they exceed.
    ///   - isAdmitted: Which terms may be relatives.
    /// - Returns: Terms of letters alone in at least two documents of the fit, which share at least four letters with
    ///   the term and at least .6 of the longer one's letters; the most similar first, ties by the terms' order.
    ///   Nothing for a term that the model does not know.
    /// - Complexity: O(*n* · ``rank``) for the *n* terms of the vocabulary that share so many letters, about a hundred.
    package func relatives(
        of term: String, limit: Int, leastSimilarity: Float, where isAdmitted: (String) -> Bool = { _ in true }
    ) -> [Relative] {
        let letters = Array(term.unicodeScalars)
        guard let id = vocabulary.id(of: term), letters.count >= Self.shortestPrefix,
            letters.allSatisfy(\.properties.isAlphabetic)
        else { return [] }
        let own = directedVector(of: id)
        var relatives: [Relative] = []
        for index in vocabulary.range(withPrefix: String(String.UnicodeScalarView(letters.prefix(Self.shortestPrefix))))
        {
            let other = VocabularyID(rawValue: UInt32(index))
            guard other != id, vocabulary.documentFrequency(of: other) >= Self.fewestDocuments else { continue }
            let word = vocabulary.term(other)
            let scalars = Array(word.unicodeScalars)
            let prefix = zip(letters, scalars).prefix { $0 == $1 }.count
            let longer = Double(max(letters.count, scalars.count))
            guard Double(prefix) >= Self.leastPrefixShare * longer, scalars.allSatisfy(\.properties.isAlphabetic),
                isAdmitted(word)
            else { continue }
            let similarity = zip(own, directedVector(of: other)).reduce(0) { $0 + $1.0 * $1.1 }
            guard similarity > leastSimilarity else { continue }
            relatives.append(Relative(term: word, similarity: similarity, prefixLength: prefix))
        }
        relatives.sort { ($1.similarity, $0.term) < ($0.similarity, $1.term) }
        return Array(relatives.prefix(limit))
    }

    /// A term's row of V times σ, of length 1; zeros if it has none.
    private func directedVector(of id: VocabularyID) -> [Float] {
        var vector = zip(termVector(of: id), singularValues).map(*)
        let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        if length > 0, length.isFinite { for axis in vector.indices { vector[axis] /= length } }
        return vector
    }

    private static let shortestPrefix = 4
    private static let leastPrefixShare = 0.6
    private static let fewestDocuments = 2
}

extension Vocabulary {
    /// The indexes of the terms that begin with a prefix.
    fileprivate func range(withPrefix prefix: String) -> Range<Int> {
        let bytes = Array(prefix.utf8)
        let start = (0..<count).partitioningIndex { index in
            !Array(terms[index].utf8).lexicographicallyPrecedes(bytes)
        }
        let rest = (start..<count).partitioningIndex { index in !Array(terms[index].utf8).starts(with: bytes) }
        return start..<rest
    }
}
