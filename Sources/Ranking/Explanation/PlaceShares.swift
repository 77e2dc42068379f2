package import LexicalIndex
package import TextAnalysis

/// What a score gains by each place of a text where a term, or a pair of neighbors, stands.
package struct PlaceShares {
    /// What one occurrence of each term adds.
    package private(set) var terms: [String: Double] = [:]
    /// What one occurrence of each pair adds.
    package private(set) var pairs: [TermPair: Double] = [:]

    /// Divides shares evenly among the places where terms and pairs stand.
    ///
    /// - Parameters:
    ///   - shares: What each term adds to the score.
    ///   - pairs: What each pair of neighbors adds to it. Where the text has no such place, the two terms get half of
    ///     the share each: the index sees neighbors in the parts of a compound that has a stop word inside.
    ///   - text: The text that the places are in. A place of a field of weight *w* counts *w* times.
    package init(_ shares: [String: Double], pairs: [TermPair: Double] = [:], in text: AnalyzedText) {
        var shares = shares
        var pairPlaces: [TermPair: Double] = [:]
        for field in text.fields where field.field.weight > 0 {
            for (first, second) in field.neighbors {
                pairPlaces[TermPair(first: first.text, second: second.text), default: 0] += Double(field.field.weight)
            }
        }
        for (pair, share) in pairs {
            if let count = pairPlaces[pair] {
                self.pairs[pair] = share / count
            } else {
                shares[pair.first, default: 0] += share / 2
                shares[pair.second, default: 0] += share / 2
            }
        }
        for (term, share) in shares {
            if let count = text.frequencies[term] { terms[term] = share / Double(count) }
        }
    }

    /// Finds the sentence of a field whose words add most to the score.
    ///
    /// - Returns: The bytes of the sentence in the field's UTF-8, the first of equal ones; `nil` if none adds anything.
    package func bestSentence(of field: AnalyzedText.Field) -> Range<Int>? {
        let sentences = sentenceRanges(in: field.field.text)
        var totals = [Double](repeating: 0, count: sentences.count)
        let places =
            field.terms.map { ($0.range.lowerBound, terms[$0.text]) }
            + field.neighbors.map { first, second in
                (first.range.lowerBound, pairs[TermPair(first: first.text, second: second.text)])
            }
        var sentence = 0
        for (place, share) in places.sorted(by: { $0.0 < $1.0 }) {
            guard let share else { continue }
            while sentence < sentences.count, sentences[sentence].upperBound <= place { sentence += 1 }
            guard sentence < sentences.count else { break }
            totals[sentence] += share
        }
        let bytes = Array(field.field.text.utf8)
        // Where something can be had is named only if nothing else is.
        let isBoilerplate = sentences.map { isBoilerplateSentence(bytes[$0]) }
        if zip(totals, isBoilerplate).contains(where: { $0 > 0 && !$1 }) {
            for index in totals.indices where isBoilerplate[index] { totals[index] = 0 }
        }
        guard let best = totals.max(), best > 0, let index = totals.firstIndex(of: best) else { return nil }
        return sentences[index]
    }
}
