import LatentSemantics
import LexicalIndex
import TextAnalysis

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
    ///   - text: The question that they are of. Without it they have relatives alone: no other spelling and no
    ///     correction.
    /// - Returns: The words.
    /// - Throws: The source's error.
    func words(of asked: [WeightedTerm], in text: QuestionText? = nil) throws -> Words {
        let relatives = relatives(of: asked)
        var spellings = text?.otherSpellings ?? [:]
        let parts = text?.boundParts ?? []
        let terms =
            asked.map(\.term) + relatives.values.joined().map(\.term) + spellings.values.joined().joined()
            + parts.flatMap { [$0.part, $0.next] }
        var statistics = try source.statistics(for: terms)
        if let text { spellings.merge(try partedSpellings(of: asked, in: text, &statistics)) { $0 + $1 } }
        let (forms, compounds) = try forms(of: spellings, parts, statistics)
        let bound = Set(parts.lazy.filter(\.isWritten).map(\.part))
        var corrections: [String: Analyzer.MeantWord] = [:]
        if let text {
            corrections = try SpellingCorrection(source: source, policy: policy).corrections(
                of: asked.filter { !bound.contains($0.term) }, in: text,
                frequencies: forms.mapValues { $0.map(\.frequency).max() ?? 0 }, &statistics)
        }
        var result = Words(corrections: corrections.mapValues(\.word), statistics: statistics)
        for term in asked where !bound.contains(term.term) {
            let word = word(
                term, forms: forms[term.term] ?? [], correction: corrections[term.term]?.term,
                relatives: (relatives[term.term] ?? []).filter { statistics.documentFrequency(of: $0.term) > 0 },
                statistics)
            if statistics.documentFrequency(of: term.term) > 0 || !word.alternatives.isEmpty {
                result.words.append(word)
            } else {
                result.unknown.append(term)
            }
            result.vectorTerms += vectorTerms(beside: word, relatives[term.term] ?? [])
        }
        result.words += compounds.map { part, form in
            // A part before several words shares its weight between them.
            let weight = asked.first { $0.term == part.part }?.weight ?? 1
            let places = compounds.count { $0.part.part == part.part }
            return QueryWord(
                term: part.part, weight: weight / Float(places), countsAlone: false,
                alternatives: alternatives([form] + (forms[part.part] ?? [])), documentFrequencyFloor: form.frequency)
        }
        result.words.sort { $0.term < $1.term }
        return result
    }

    private func alternatives(_ forms: [Form]) -> [QueryWord.Alternative] {
        forms.map { QueryWord.Alternative($0.feature, weight: policy.spellingWeight, reason: .spelling) }
    }

    /// A term with what may stand in its place.
    private func word(
        _ term: WeightedTerm, forms: [Form], correction: String?, relatives: [LatentSemanticModel.Relative],
        _ statistics: CollectionStatistics
    ) -> QueryWord {
        var word = QueryWord(
            term: term.term, weight: term.weight, alternatives: alternatives(forms),
            documentFrequencyFloor: forms.map(\.frequency).max() ?? 0)
        if let correction {
            word.alternatives.append(
                QueryWord.Alternative(.term(correction), weight: policy.correctionWeight, reason: .correction))
            word.documentFrequencyFloor = max(
                word.documentFrequencyFloor, statistics.documentFrequency(of: correction))
        }
        for relative in relatives {
            word.alternatives.append(
                QueryWord.Alternative(.term(relative.term), weight: policy.relativeWeight, reason: .relative))
        }
        return word
    }

    /// The terms that enter the vector beside a word's own: relatives that are near enough, and what papers write in
    /// place of the word, which says what it means where the model knows too little of it.
    private func vectorTerms(
        beside word: QueryWord, _ relatives: [LatentSemanticModel.Relative]
    ) -> [WeightedTerm] {
        let isKnown = source.model?.contains(word.term) ?? false
        return word.alternatives.flatMap { alternative -> [WeightedTerm] in
            switch alternative.reason {
            case .spelling where isKnown: []
            case .spelling, .correction:
                alternative.feature.terms.map { WeightedTerm(term: $0, weight: word.weight) }
            case .relative:
                relatives.filter { isNear($0) && alternative.feature == .term($0.term) }.map {
                    WeightedTerm(term: $0.term, weight: policy.vectorRelativeFrequency * word.weight)
                }
            }
        }
    }

    private func isNear(_ relative: LatentSemanticModel.Relative) -> Bool {
        relative.prefixLength >= policy.vectorRelativePrefix
            && relative.similarity > policy.vectorRelativeSimilarity
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

    /// The parted words of a question. A frequent word is not parted: it finds enough as it is.
    private func partedSpellings(
        of asked: [WeightedTerm], in text: QuestionText, _ statistics: inout CollectionStatistics
    ) throws -> [String: [[String]]] {
        let rare = asked.map(\.term).filter { statistics.documentFrequency(of: $0) <= policy.frequentWord }
        let spellings = text.partedSpellings(of: Set(rare))
        guard !spellings.isEmpty else { return [:] }
        let found = try source.statistics(for: Array(spellings.values.joined().joined()))
        statistics.documentFrequencies.merge(found.documentFrequencies) { known, _ in known }
        return spellings
    }

    /// Another form of a word, joined or parted, and the number of units that have it.
    private typealias Form = (feature: LexicalFeature, frequency: Int)

    /// For each term the forms of its word that the collection has, and the compounds that parts are bound in.
    ///
    /// Pairs are looked for in the texts, and not for a frequent word.
    private func forms(
        of spellings: [String: [[String]]], _ parts: [BoundPart], _ statistics: CollectionStatistics
    ) throws -> (forms: [String: [Form]], compounds: [(part: BoundPart, form: Form)]) {
        var forms: [String: [Form]] = [:]
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
        let parts = parts.filter {
            statistics.documentFrequency(of: $0.part) > 0 && statistics.documentFrequency(of: $0.next) > 0
        }
        let bound = parts.map { TermPair(first: $0.part, second: $0.next) }
        guard !parted.isEmpty || !bound.isEmpty else { return (forms, []) }
        let frequencies = try source.documentFrequencies(of: parted.map(\.pair) + bound)
        for ((term, pair), frequency) in zip(parted, frequencies) where frequency > 0 {
            forms[term, default: []].append((.pair(pair), frequency))
        }
        var compounds: [(part: BoundPart, form: Form)] = []
        for (part, (pair, frequency)) in zip(parts, zip(bound, frequencies.dropFirst(parted.count))) {
            let next = statistics.documentFrequency(of: part.next)
            let isMeant = part.isWritten || Double(frequency) >= max(1, policy.compoundShare * Double(next))
            // Where a sample has none, the text may have a few all the same.
            if isMeant { compounds.append((part, (.pair(pair), max(1, frequency)))) }
        }
        return (forms, compounds)
    }
}
