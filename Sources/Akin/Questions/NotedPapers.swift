import PaperStore
import Papers
import QueryLanguage
import Ranking
import TextAnalysis

extension IndexedPapers {
    /// The share of a question that a person's notes on papers have: of the weight of its terms, from 0 to 1.
    ///
    /// - Parameters:
    ///   - question: The question.
    ///   - filter: Which papers may be found.
    ///   - papers: The store. One of an earlier format, in which notes are slow to find, is not asked.
    /// - Returns: The papers whose notes have a term of the question, those with the greatest shares if they are many.
    /// - Throws: The error of the store.
    /// - Complexity: The notes of all papers are read.
    func noteShares(
        of question: QuestionText, among filter: CandidateFilter, _ papers: PaperStore.Reader
    ) throws -> [UnitKey: Double] {
        guard papers.findsNotesFast else { return [:] }
        let notes = try papers.notes()
        let terms = question.analyzed.frequencies.keys.sorted()
        guard !notes.isEmpty, !terms.isEmpty else { return [:] }
        let statistics = try index.statistics(for: terms)
        let weights = terms.map { statistics.idf(of: $0) }
        let whole = weights.reduce(0, +)
        guard whole > 0 else { return [:] }
        var shares: [(unit: UnitKey, share: Double)] = []
        for (key, texts) in notes where filter.admits(UnitKey(key)) {
            let frequencies = analyzer.analyze(texts.map { TextField($0) }).frequencies
            let share = zip(terms, weights).reduce(0) { $0 + (frequencies[$1.0] == nil ? 0 : $1.1) } / whole
            if share > 0 { shares.append((UnitKey(key), share)) }
        }
        let policy = RankingPolicy.standard
        if shares.count > policy.notedCount { shares.sort { ($1.share, $0.unit) < ($0.share, $1.unit) } }
        return Dictionary(uniqueKeysWithValues: shares.prefix(policy.notedCount).map { ($0.unit, $0.share) })
    }
}

extension QueryExpression {
    /// The question with its words asked of notes, if it says `in:notes` and no collection has that name.
    ///
    /// - Parameter hasCollection: Whether papers are in a collection of that name.
    /// - Returns: The question.
    /// - Throws: What `hasCollection` throws.
    func askedOfNotes(unless hasCollection: () throws -> Bool) rethrows -> QueryExpression {
        guard try conjuncts.contains(where: \.saysInNotes) && !hasCollection() else { return self }
        let rest = conjuncts.filter { !$0.saysInNotes }.map(\.ofNotes)
        return rest.isEmpty ? .condition(.has(.notes)) : .every(rest + [.condition(.has(.notes))])
    }

    private var saysInNotes: Bool {
        guard case .condition(.label("collection", let name)) = self else { return false }
        return tidied(name).lowercased() == "notes"
    }

    private var ofNotes: QueryExpression {
        switch self {
        case .word(let text): .condition(.text(.notes, words: text, isExact: false))
        case .phrase(let text): .condition(.text(.notes, words: text, isExact: true))
        case .condition: self
        case .required(let part): .required(part.ofNotes)
        case .not(let part): .not(part.ofNotes)
        case .every(let parts): .every(parts.map(\.ofNotes))
        case .either(let parts): .either(parts.map(\.ofNotes))
        }
    }
}
