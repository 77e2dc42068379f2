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
        guard let id = vocabulary.id(of: term), letters.count >= Self.shortestPrefix, letters.allSatisfy(\.isLetter)
        else { return [] }
        let squares = singularValues.map { $0 * $0 }
        let own = directedWeights(of: id, squares)
        let prefix = String(String.UnicodeScalarView(letters.prefix(Self.shortestPrefix)))
        var relatives: [Relative] = []
        for index in vocabulary.terms.indices(beginningWith: Array(prefix.utf8)) {
            let other = VocabularyID(rawValue: UInt32(index))
            guard other != id, vocabulary.documentFrequency(of: other) >= Self.fewestDocuments else { continue }
            let word = vocabulary.term(other)
            guard let prefixLength = Self.sharedPrefix(of: word, with: letters), isAdmitted(word) else { continue }
            let (product, squaredLength) = termVectors.products(of: other, with: own, squares)
            let similarity = product / squaredLength.squareRoot()
            guard similarity > leastSimilarity else { continue }
            relatives.append(Relative(term: word, similarity: similarity, prefixLength: prefixLength))
        }
        relatives.sort { ($1.similarity, $0.term) < ($0.similarity, $1.term) }
        return Array(relatives.prefix(limit))
    }

    /// The letters that a word and some letters both begin with; `nil` if they are too few, or if the word has other
    /// characters than letters.
    private static func sharedPrefix(of word: String, with letters: [Unicode.Scalar]) -> Int? {
        var (count, shared) = (0, 0)
        for scalar in word.unicodeScalars {
            guard scalar.isLetter else { return nil }
            if shared == count, count < letters.count, letters[count] == scalar { shared += 1 }
            count += 1
        }
        return Double(shared) >= leastPrefixShare * Double(max(letters.count, count)) ? shared : nil
    }

    /// What the axes of other terms' rows are multiplied by for the cosine with a term: its row of V times σ², divided
    /// by the length of its row times σ. Zeros if it has none.
    func directedWeights(of id: VocabularyID, _ squares: [Float]) -> [Float] {
        let row = termVector(of: id)
        let squaredLength = termVectors.products(of: id, with: row, squares).squaredLength
        let scale = squaredLength > 0 && squaredLength.isFinite ? 1 / squaredLength.squareRoot() : 0
        return zip(row, squares).map { $0 * $1 * scale }
    }

    private static let shortestPrefix = 4
    private static let leastPrefixShare = 0.6
    private static let fewestDocuments = 2
}

extension Unicode.Scalar {
    fileprivate var isLetter: Bool {
        isASCII ? ("a"..."z").contains(self) || ("A"..."Z").contains(self) : properties.isAlphabetic
    }
}
