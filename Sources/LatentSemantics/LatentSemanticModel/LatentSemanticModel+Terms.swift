import TextAnalysis

/// A term of a model's vocabulary, with a number that says how it stands to something.
public struct TermMeasure: Hashable, Sendable {
    /// The term, as the analyzer writes it.
    public var term: String
    /// The word that the documents of the fit write most often for it.
    public var word: String
    /// The number: a cosine, or the component of an axis.
    public var value: Float
}

// MARK: - Exploring the space

extension LatentSemanticModel {
    /// The terms that the model knows, ascending by their bytes.
    ///
    /// - Complexity: O(``termCount``).
    public var terms: [String] { (0..<termCount).map { vocabulary.term(VocabularyID(rawValue: UInt32($0))) } }

    /// The terms that are used most like a word: those whose vectors have the largest cosines with its own.
    ///
    /// The vector of a term is its row of V times the singular values.
    ///
    /// - Parameters:
    ///   - word: A word; the first term that the analyzer makes of it counts.
    ///   - k: The most terms to return.
    /// - Returns: The terms, the word's own left out, nearest first; ties go to the smaller term. Nothing for a word
    ///   that the model does not know, or for `k` below 1.
    /// - Complexity: O(``termCount`` · ``rank``).
    public func nearestTerms(to word: String, k: Int) -> [TermMeasure] {
        guard k > 0, let term = (try? Analyzer(settings))?.terms(of: word).first?.text,
            let id = vocabulary.id(of: term)
        else { return [] }
        let squares = singularValues.map { $0 * $0 }
        let own = directedWeights(of: id, squares)
        return measures(k) { other in
            guard other != id else { return nil }
            let (product, squaredLength) = termVectors.products(of: other, with: own, squares)
            return squaredLength > 0 ? product / squaredLength.squareRoot() : nil
        } by: {
            $0
        }
    }

    /// The terms that an axis of the space is made of: those with the components of the largest magnitude.
    ///
    /// An axis has two ends. Terms of one sign occur together, and rarely with those of the other sign.
    ///
    /// - Parameters:
    ///   - dimension: The number of the axis, from 0; the first has the largest singular value.
    ///   - k: The most terms to return.
    /// - Returns: The terms, largest magnitude first; ties go to the smaller term. Nothing for `k` below 1
    ///   and for a number that is none of ``rank``.
    /// - Complexity: O(``termCount`` · ``rank``).
    public func topTerms(ofDimension dimension: Int, k: Int) -> [TermMeasure] {
        guard k > 0, (0..<rank).contains(dimension) else { return [] }
        return measures(k) {
            self.termVector(of: $0)[dimension]
        } by: {
            $0.magnitude
        }
    }

    /// The `k` terms that come first by their measures; terms without one are left out.
    private func measures(
        _ k: Int, of measure: (VocabularyID) -> Float?, by order: (Float) -> Float
    ) -> [TermMeasure] {
        var measured: [(id: VocabularyID, value: Float)] = []
        for number in 0..<termCount {
            let id = VocabularyID(rawValue: UInt32(number))
            if let value = measure(id), value.isFinite { measured.append((id, value)) }
        }
        measured.sort { order($0.value) != order($1.value) ? order($0.value) > order($1.value) : $0.id < $1.id }
        return measured.prefix(k).map { id, value in
            TermMeasure(term: vocabulary.term(id), word: vocabulary.surfaceForm(of: id), value: value)
        }
    }
}
