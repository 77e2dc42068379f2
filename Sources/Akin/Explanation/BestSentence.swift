package import TextAnalysis

/// Finds the sentence of an abstract whose words add most to a score.
///
/// - Parameters:
///   - abstract: The abstract.
///   - shares: What each term adds to the score, over all places of the paper where it stands.
///   - frequencies: The number of these places, title included.
///   - analyzer: That of the library.
/// - Returns: The bytes of the sentence in the abstract; the first of equal ones; `nil` if none adds anything.
package func bestSentence(
    of abstract: String, shares: [String: Double], frequencies: [String: Float], analyzer: Analyzer
) -> Range<Int>? {
    let sentences = sentenceRanges(in: abstract)
    var totals = [Double](repeating: 0, count: sentences.count)
    var sentence = 0
    for term in analyzer.terms(of: abstract).sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
        guard let share = shares[term.text], let frequency = frequencies[term.text], frequency > 0 else { continue }
        while sentence < sentences.count, sentences[sentence].upperBound <= term.range.lowerBound { sentence += 1 }
        guard sentence < sentences.count else { break }
        totals[sentence] += share / Double(frequency)
    }
    guard let best = totals.max(), best > 0, let index = totals.firstIndex(of: best) else { return nil }
    return sentences[index]
}
