import LatentSemantics
import LexicalIndex

/// Finds what may stand in place of the words of a question in one collection: relatives, other spellings, and the
/// words that mistakes stand for.
struct WordAlternatives<Source: RankingSource> {
    let source: Source
    let policy: RankingPolicy

    /// The words of a question with their alternatives, and the statistics of them all.
    struct Words {
        /// The words that some unit has, or an alternative of.
        var words: [QueryWord] = []
        /// The other terms.
        var unknown: [WeightedTerm] = []
        /// Terms that enter the vector beside those that are asked.
        var vectorTerms: [WeightedTerm] = []
        /// For each corrected term the word that is searched beside it.
        var corrections: [String: String] = [:]
        var statistics: CollectionStatistics
    }

    /// Finds the alternatives of terms.
    ///
    /// - Parameters:
    ///   - asked: The terms, ascending.
    ///   - spellings: The other forms of their words, as the analyzer makes them.
    ///   - writtenForm: The word behind a term; `nil` corrects nothing.
    /// - Returns: The words.
    /// - Throws: The source's error.
    func words(
        of asked: [WeightedTerm], spellings: [String: [[String]]] = [:], writtenForm: ((String) -> String)? = nil
    ) throws -> Words {
        let relatives = relatives(of: asked)
        var terms = asked.map(\.term) + relatives.values.flatMap { $0.map(\.term) }
        for forms in spellings.values { for form in forms { terms += form } }
        var result = Words(statistics: try source.statistics(for: terms))
        let forms = try forms(of: spellings, result.statistics)
        for term in asked {
            var word = QueryWord(term: term.term, weight: term.weight)
            for form in forms[term.term] ?? [] {
                word.alternatives.append(
                    QueryWord.Alternative(form.feature, weight: policy.spellingWeight, reason: .spelling))
                word.documentFrequencyFloor = max(word.documentFrequencyFloor, form.frequency)
            }
            if let writtenForm, word.alternatives.isEmpty {
                try correct(&word, written: writtenForm(term.term), among: asked, &result)
            }
            for relative in relatives[term.term] ?? []
            where result.statistics.documentFrequency(of: relative.term) > 0 {
                word.alternatives.append(
                    QueryWord.Alternative(.term(relative.term), weight: policy.relativeWeight, reason: .relative))
                if relative.prefixLength >= policy.vectorRelativePrefix,
                    relative.similarity > policy.vectorRelativeSimilarity
                {
                    result.vectorTerms.append(
                        WeightedTerm(term: relative.term, weight: policy.vectorRelativeFrequency * term.weight))
                }
            }
            if result.statistics.documentFrequency(of: term.term) > 0 || !word.alternatives.isEmpty {
                result.words.append(word)
            } else {
                result.unknown.append(term)
            }
            // What papers write in place of the word says what it means where the model knows too little of the word.
            let isKnown = source.model?.contains(term.term) ?? false
            for alternative in word.alternatives
            where alternative.reason == .correction || alternative.reason == .spelling && !isKnown {
                for part in alternative.feature.terms {
                    result.vectorTerms.append(WeightedTerm(term: part, weight: term.weight))
                }
            }
        }
        return result
    }

    /// For each term the terms that count in its place, most similar first, none of which is asked for.
    private func relatives(of asked: [WeightedTerm]) -> [String: [LatentSemanticModel.Relative]] {
        guard let model = source.model, policy.relativeCount > 0 else { return [:] }
        let own = Set(asked.map(\.term))
        var relatives: [String: [LatentSemanticModel.Relative]] = [:]
        for term in own {
            relatives[term] = model.relatives(
                of: term, limit: policy.relativeCount, leastSimilarity: policy.relativeSimilarity
            ) { !own.contains($0) }
        }
        return relatives
    }

    /// For each term the forms of its word that the collection has, and the number of units that have each. A frequent
    /// word is not parted: it finds enough as it is, and pairs are looked for in the texts.
    private func forms(
        of spellings: [String: [[String]]], _ statistics: CollectionStatistics
    ) throws -> [String: [(feature: LexicalFeature, frequency: Int)]] {
        var forms: [String: [(feature: LexicalFeature, frequency: Int)]] = [:]
        var parted: [(term: String, pair: TermPair)] = []
        for (term, spellings) in spellings.sorted(by: { $0.key < $1.key }) {
            let isFrequent = statistics.documentFrequency(of: term) > policy.frequentWord
            for form in spellings where form.allSatisfy({ statistics.documentFrequency(of: $0) > 0 }) {
                if form.count == 1 {
                    forms[term, default: []].append((.term(form[0]), statistics.documentFrequency(of: form[0])))
                } else if !isFrequent {
                    parted.append((term, TermPair(first: form[0], second: form[1])))
                }
            }
        }
        guard !parted.isEmpty else { return forms }
        let frequencies = try source.documentFrequencies(of: parted.map(\.pair))
        for ((term, pair), frequency) in zip(parted, frequencies) where frequency > 0 {
            forms[term, default: []].append((.pair(pair), frequency))
        }
        return forms
    }

    /// Adds the word that a mistake likely stands for.
    ///
    /// A word that no unit has is a mistake if the vocabulary has one that differs at one place. So is a rare word
    /// if one that differs by a single letter is much more frequent: mistakes stand in papers too. A word that the
    /// model knows from other papers than the collection's is none. Short words have many neighbors, so the first
    /// letter of theirs must be the same; people seldom mistake it.
    private func correct(
        _ word: inout QueryWord, written: String, among asked: [WeightedTerm], _ result: inout Words
    ) throws {
        let own = result.statistics.documentFrequency(of: word.term)
        guard let model = source.model, own <= policy.rarestCertainWord, own > 0 || !model.contains(word.term),
            written.contains(where: \.isLetter),
            !written.contains(where: \.isNumber)
        else { return }
        let length = written.unicodeScalars.count
        let others = asked.map(\.term).filter { $0 != word.term }
        let context = model.embed(others.map { ($0, 1) })
        let candidates = model.corrections(of: written, term: word.term).filter { candidate in
            if own > 0 {
                return candidate.distance == 1 && length >= policy.shortestDoubtedWord
                    && candidate.documentFrequency >= policy.doubtFactor * (own + 1)
            }
            return length >= policy.shortestCorrectedWord
                && (length >= policy.shortestDoubtedWord + 1 || candidate.term.first == word.term.first)
                && candidate.distance == 1
        }
        func likelihood(_ candidate: LatentSemanticModel.SimilarTerm) -> Double {
            let vector = model.embed([(candidate.term, 1)])
            let cosine = zip(vector, context).reduce(0) { $0 + Double($1.0 * $1.1) }
            return Double(candidate.documentFrequency + 1) * (0.05 + max(0, cosine))
        }
        let best = candidates.prefix(policy.correctionLimit)
            .map { ($0, likelihood($0)) }.max { $0.1 < $1.1 }?.0
        guard let best, !others.contains(best.term) else { return }
        let statistics = try source.statistics(for: [best.term])
        let frequency = statistics.documentFrequency(of: best.term)
        guard frequency > 0 else { return }
        result.statistics.documentFrequencies[best.term] = frequency
        word.alternatives.append(
            QueryWord.Alternative(.term(best.term), weight: policy.correctionWeight, reason: .correction))
        word.documentFrequencyFloor = max(word.documentFrequencyFloor, frequency)
        result.corrections[word.term] = best.surfaceForm
    }
}
