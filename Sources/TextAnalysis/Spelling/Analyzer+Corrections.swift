extension Analyzer {
    /// A word that another one may be a mistake for.
    package struct MeantWord: Hashable, Sendable {
        /// Its term.
        package var term: String

        /// The word, case folded.
        package var word: String
    }

    /// The words that a word may be a mistake for: those one edit away (``Swift/String/wordsOneEditAway``).
    ///
    /// Most of them are words that nobody writes. Whoever asks looks their terms up in an index.
    ///
    /// - Parameters:
    ///   - word: A word as it is written.
    ///   - language: The language of its text.
    /// - Returns: The words in the order of the edits. None if one of them is a stop word: `wiht`
    ///   means `with`, which finds nothing.
    /// - Complexity: one analysis of about 54 words for each letter.
    package func meantWords(for word: String, language: Language) -> [MeantWord] {
        let candidates = caseFolded(word).wordsOneEditAway
        // Each word is a chunk of its own, and one analysis serves all of them.
        var indices: [Int: Int] = [:]
        var joined = ""
        for (index, candidate) in candidates.enumerated() {
            indices[joined.utf8.count] = index
            joined += candidate + " "
        }
        var meant: [MeantWord] = []
        var becameTerm: Set<Int> = []
        for term in terms(of: joined, language: language) {
            guard let index = indices[term.range.lowerBound] else { continue }
            becameTerm.insert(index)
            guard term.range.count == candidates[index].utf8.count else { continue }
            meant.append(MeantWord(term: term.text, word: candidates[index]))
        }
        return becameTerm.count == candidates.count ? meant : []
    }
}
