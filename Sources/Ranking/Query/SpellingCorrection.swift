import LatentSemantics
import TextAnalysis

/// Finds the words that mistakes in a question stand for.
///
/// A word that no unit has is a mistake if the collection has a word one edit away. So is a rare word, if such a word
/// is much more frequent: mistakes stand in papers too. A word of other papers (``RankingSource/referenceModel``) is
/// none, unless nearly all of them write the other word. Short words have many neighbors, so the first letter of theirs
/// must be the same; people seldom mistake it.
struct SpellingCorrection<Source: RankingSource> {
    let source: Source
    let policy: RankingPolicy

    /// A term that may be a mistake.
    private struct Doubt {
        let term: String
        /// The letters of its word.
        let length: Int
        /// The units that have it.
        let frequency: Int
        /// The words that it may be a mistake for, whether or not the collection has them.
        var candidates: [Analyzer.MeantWord] = []
    }

    /// Finds the corrections of terms.
    ///
    /// - Parameters:
    ///   - asked: The terms that may be mistakes. Those that are not are left out of the result.
    ///   - text: The question.
    ///   - frequencies: For terms that are written otherwise too, the units that have the other form.
    ///   - statistics: Those of the terms. The terms of the corrections are added.
    /// - Returns: For each mistake the word that it likely stands for.
    /// - Throws: The source's error.
    func corrections(
        of asked: [WeightedTerm], in text: QuestionText, frequencies: [String: Int],
        _ statistics: inout CollectionStatistics
    ) throws -> [String: Analyzer.MeantWord] {
        var doubts: [Doubt] = []
        for term in asked.map(\.term) where doubts.count < policy.correctedWordLimit {
            let frequency = max(statistics.documentFrequency(of: term), frequencies[term] ?? 0)
            if let doubt = doubt(of: term, frequency: frequency, in: text, statistics) { doubts.append(doubt) }
        }
        guard !doubts.isEmpty else { return [:] }
        let reference = source.referenceModel
        let considered = doubts.map { withCandidates($0, in: text, reference) }
        guard considered.contains(where: { !$0.candidates.isEmpty }) else { return [:] }
        let found = try source.statistics(for: considered.flatMap(\.candidates).map(\.term))
        var corrections: [String: Analyzer.MeantWord] = [:]
        for doubt in considered {
            // Where the word stands in papers, only a word that papers write is better.
            let candidates = doubt.candidates.filter { candidate in
                found.documentFrequency(of: candidate.term) >= leastFrequency(insteadOf: doubt.frequency)
                    && (doubt.frequency == 0 || source.model?.surfaceForm(of: candidate.term) == candidate.word)
            }
            let others = asked.map(\.term).filter { $0 != doubt.term }
            guard let best = likeliest(of: candidates, beside: others, found), !others.contains(best.term) else {
                continue
            }
            corrections[doubt.term] = best
            statistics.documentFrequencies[best.term] = found.documentFrequency(of: best.term)
        }
        return corrections
    }

    /// The doubt about a term; `nil` if it is no mistake for certain.
    private func doubt(
        of term: String, frequency: Int, in text: QuestionText, _ statistics: CollectionStatistics
    ) -> Doubt? {
        // Most words are too frequent to be mistakes, and none of the rest is looked at.
        guard frequency == 0 || leastFrequency(insteadOf: frequency) <= statistics.unitCount else { return nil }
        let written = text.writtenForm(of: term)
        let doubt = Doubt(term: term, length: written.unicodeScalars.count, frequency: frequency)
        guard written.contains(where: \.isLetter), !written.contains(where: \.isNumber), !isName(written),
            doubt.length <= policy.longestCorrectedWord
        else { return nil }
        let isDoubtful =
            frequency > 0
            ? doubt.length >= policy.shortestDoubtedWord
            : doubt.length >= policy.shortestCorrectedWord && source.model?.contains(term) != true
        return isDoubtful ? doubt : nil
    }

    /// The units that must have another word for one that some units have to be a mistake for it.
    private func leastFrequency(insteadOf frequency: Int) -> Int {
        frequency <= policy.rarestCertainWord
            ? (frequency > 0 ? policy.doubtFactor * (frequency + 1) : 1) : policy.knownWordFactor * frequency
    }

    /// Whether a word has capitals inside: `tSNE`.
    private func isName(_ word: String) -> Bool {
        word.dropFirst().contains(where: \.isUppercase) && word.contains(where: \.isLowercase)
    }

    private func withCandidates(
        _ doubt: Doubt, in text: QuestionText, _ reference: LatentSemanticModel?
    ) -> Doubt {
        let least = policy.knownWordFactor * (reference?.documentFrequency(of: doubt.term) ?? 0)
        let mayBeginOtherwise = doubt.frequency > 0 || doubt.length > policy.shortestDoubtedWord
        var doubt = doubt
        doubt.candidates = text.meantWords(for: doubt.term).filter { candidate in
            (mayBeginOtherwise || candidate.term.first == doubt.term.first)
                && (least == 0 || reference?.documentFrequency(of: candidate.term) ?? 0 >= least)
        }
        return doubt
    }

    /// The word that is most frequent and fits the rest of the question best.
    ///
    /// Stems are shorter than words: `allowation`, which nobody writes, has the term of `allow`. So a word counts less
    /// if the model shows another one for its term.
    private func likeliest(
        of candidates: [Analyzer.MeantWord], beside others: [String], _ statistics: CollectionStatistics
    ) -> Analyzer.MeantWord? {
        guard candidates.count > 1 else { return candidates.first }
        let context = source.model?.embed(others.map { ($0, 1) })
        func likelihood(_ candidate: Analyzer.MeantWord) -> Double {
            let vector = source.model?.embed([(candidate.term, 1)])
            let cosine = zip(vector ?? [], context ?? []).reduce(0) { $0 + Double($1.0 * $1.1) }
            let shown = source.model?.surfaceForm(of: candidate.term)
            let form = shown == nil ? policy.unknownFormShare : shown == candidate.word ? 1 : policy.otherFormShare
            return Double(statistics.documentFrequency(of: candidate.term) + 1) * (policy.leastFit + max(0, cosine))
                * form
        }
        return candidates.map { ($0, likelihood($0)) }.max { $0.1 < $1.1 }?.0
    }
}
