package import TextAnalysis

/// Finds the sentence of an abstract whose words add most to a score.
///
/// - Parameters:
///   - abstract: The abstract.
///   - shares: What each place of a word, or of two side by side, adds to the score.
///   - analyzer: That of the library.
/// - Returns: The bytes of the sentence in the abstract; the first of equal ones; `nil` if none adds anything.
package func bestSentence(of abstract: String, shares: PlaceShares, analyzer: Analyzer) -> Range<Int>? {
    let sentences = sentenceRanges(in: abstract)
    var totals = [Double](repeating: 0, count: sentences.count)
    let words = analyzer.terms(of: abstract)
    let places =
        words.map { ($0.range.lowerBound, shares.words[$0.text]) }
        + QueryTerms.neighbors(words).map { first, second in
            (first.range.lowerBound, shares.pairs[TermPair(first: first.text, second: second.text)])
        }
    var sentence = 0
    for (place, share) in places.sorted(by: { $0.0 < $1.0 }) {
        guard let share else { continue }
        while sentence < sentences.count, sentences[sentence].upperBound <= place { sentence += 1 }
        guard sentence < sentences.count else { break }
        totals[sentence] += share
    }
    guard let best = totals.max(), best > 0, let index = totals.firstIndex(of: best) else { return nil }
    return sentences[index]
}

/// Two terms side by side.
package struct TermPair: Hashable, Sendable {
    package var first: String
    package var second: String

    package init(first: String, second: String) {
        self.first = first
        self.second = second
    }
}

/// What a score gains by each place of a text where a term, or two side by side, stand.
package struct PlaceShares {
    package private(set) var words: [String: Double]
    package private(set) var pairs: [TermPair: Double] = [:]

    /// Divides shares evenly among the places.
    ///
    /// - Parameters:
    ///   - shares: What each term adds to the score.
    ///   - pairs: What terms side by side add to it. Where the texts have no such place, for the index sees neighbours in
    ///     the parts of a compound that has a stop word inside, the share is that of the two terms, half each.
    ///   - texts: The texts that the places are in, title included.
    package init(_ shares: [String: Double], pairs: [TermPair: Double] = [:], in texts: [[Term]]) {
        var shares = shares
        let places = texts.joined().reduce(into: [:]) { $0[$1.text, default: 0.0] += 1 }
        let pairPlaces = texts.flatMap(QueryTerms.neighbors).reduce(into: [:]) {
            $0[TermPair(first: $1.first.text, second: $1.second.text), default: 0.0] += 1
        }
        for (pair, share) in pairs {
            if let count = pairPlaces[pair] {
                self.pairs[pair] = share / count
            } else {
                shares[pair.first, default: 0] += share / 2
                shares[pair.second, default: 0] += share / 2
            }
        }
        words = [:]
        for (term, share) in shares {
            if let count = places[term] { words[term] = share / count }
        }
    }
}
