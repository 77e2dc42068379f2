import Foundation
import LexicalIndex
import PaperStore
import Papers
import QueryLanguage
import Ranking
import TextAnalysis

/// Finds the papers that meet the conditions of a question.
///
/// Sets of keys are exact, whatever the vector index finds. A word that is required is met by its forms, as it is in
/// rankings; a stop word is in every paper and no condition.
struct QueryConditions {
    private let papers: PaperStore.Reader
    private let generation: Generation
    private let all: PaperKeySet

    init(_ papers: PaperStore.Reader, _ generation: Generation) throws {
        self.papers = papers
        self.generation = generation
        all = PaperKeySet(try papers.keys())
    }

    /// The papers that meet an expression; `nil` if it is no condition.
    ///
    /// - Parameters:
    ///   - expression: The expression.
    ///   - isRequired: Whether words that only rank otherwise are conditions.
    func keys(meeting expression: QueryExpression, isRequired: Bool = false) throws -> PaperKeySet? {
        switch expression {
        case .word(let text): return isRequired ? try keys(havingWordsOf: text) : nil
        case .phrase(let text): return try keys(having: text)
        case .condition(let condition): return try keys(meeting: condition)
        case .required(let part): return try keys(meeting: part, isRequired: true)
        case .not(let part): return try keys(meeting: part, isRequired: true).map(all.subtracting)
        case .every(let parts):
            let sets = try parts.compactMap { try keys(meeting: $0, isRequired: isRequired) }
            return sets.first.map { sets.dropFirst().reduce($0) { $0.intersection($1) } }
        case .either(let parts):
            let sets = try parts.map { try keys(meeting: $0, isRequired: true) }
            guard sets.allSatisfy({ $0 != nil }) else { return nil }
            return sets.compactMap(\.self).reduce(PaperKeySet()) { $0.union($1) }
        }
    }

    private func keys(meeting condition: QueryCondition) throws -> PaperKeySet? {
        switch condition {
        case .text(let part, let words, let isExact):
            return try isExact ? keys(having: words, in: part) : keys(havingWordsOf: words, in: part)
        case .author(let name): return try keys(PaperFilter(authors: [name]))
        case .venue(let name): return try keys(PaperFilter(venues: [name]))
        case .category(let name): return try keys(PaperFilter(categories: [name]))
        case .years(let years): return try keys(PaperFilter(years: years))
        case .label(let name, let value): return try keys(PaperFilter(attributes: [name: [value]]))
        case .id(let id): return PaperKeySet(try papers.keys(identifiedBy: id))
        case .has(let property): return PaperKeySet(try papers.keys(having: property.part))
        case .added(let time):
            return PaperKeySet(try papers.keys(addedSince: time.start(now: Int(Date().timeIntervalSince1970))))
        }
    }

    private func keys(_ filter: PaperFilter) throws -> PaperKeySet {
        PaperKeySet(try papers.keys(matching: filter))
    }
}

// MARK: - Words in any form

extension QueryConditions {
    /// The terms of words: a list for each language that papers of the library are in. The parts of a compound stand
    /// for it, as they do in the index.
    private func terms(of words: String) -> [[String]] {
        let languages = generation.languages.isEmpty ? [generation.analyzer.settings.language] : generation.languages
        let lists = languages.map { language in
            let terms = generation.analyzer.terms(of: words, language: language)
            let parts = terms.filter { term in
                !terms.contains { $0.range != term.range && term.range.contains($0.range) }
            }
            return Set(parts.map(\.text)).sorted()
        }
        return Set(lists.filter { !$0.isEmpty }).sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// The papers that have all words; `nil` if these are stop words alone.
    private func keys(havingWordsOf words: String) throws -> PaperKeySet? {
        let lists = terms(of: words)
        return lists.isEmpty ? nil : keys(havingAllOf: lists)
    }

    /// The papers that have all terms of one of the lists.
    private func keys(havingAllOf lists: [[String]]) -> PaperKeySet {
        var found = PaperKeySet()
        for list in lists {
            var keys = all
            for term in list {
                let having = generation.index.segments.flatMap { $0.lexical.keys(having: term) }
                keys = keys.intersection(PaperKeySet(having.map { UnitKey(rawValue: $0).paper }))
            }
            found = found.union(keys)
        }
        return found
    }

    private func keys(havingWordsOf words: String, in part: QueryCondition.TextPart) throws -> PaperKeySet? {
        let lists = terms(of: words)
        if lists.isEmpty { return nil }
        switch part {
        case .title: return try keys(havingInTitle: lists, among: keys(havingAllOf: lists))
        case .abstract:
            // What is in a paper and not in its title is in the rest.
            let having = keys(havingAllOf: lists)
            let titled = try keys(havingInTitle: lists, among: having)
            let both = try keys(among: titled) { texts in
                self.has(lists, in: ([texts.abstract] + texts.fields.map(\.text)).joined(separator: "\n"))
            }
            return having.subtracting(titled).union(both)
        case .notes: return try keys(withNotes: { self.has(lists, in: $0) })
        }
    }

    /// The papers with all terms of one of the lists in the title.
    private func keys(havingInTitle lists: [[String]], among keys: PaperKeySet) throws -> PaperKeySet {
        var known: [Substring: Set<String>] = [:]
        let found = try papers.keys(among: keys) { title in
            var terms: Set<String> = []
            for word in title.split(separator: " ") {
                if known[word] == nil { known[word] = Set(self.terms(of: String(word)).joined()) }
                terms.formUnion(known[word] ?? [])
            }
            return lists.contains { terms.isSuperset(of: $0) }
        }
        return PaperKeySet(found)
    }

    private func has(_ lists: [[String]], in text: String) -> Bool {
        let terms = Set(self.terms(of: text).joined())
        return lists.contains { terms.isSuperset(of: $0) }
    }
}

// MARK: - Words as they are written

extension QueryConditions {
    /// The papers that have a phrase.
    private func keys(having phrase: String, in part: QueryCondition.TextPart? = nil) throws -> PaperKeySet? {
        guard let matcher = PhraseMatcher(phrase) else { return nil }
        switch part {
        case .title:
            return PaperKeySet(try papers.keys(among: all) { matcher.matches($0) })
        case .abstract:
            return try keys(among: candidates(phrase)) { texts in
                ([texts.abstract] + texts.fields.map(\.text)).contains(where: matcher.matches)
            }
        case .notes: return try keys(withNotes: matcher.matches)
        case nil:
            return try keys(among: candidates(phrase)) { texts in
                ([texts.title, texts.abstract] + texts.fields.map(\.text)).contains(where: matcher.matches)
            }
        }
    }

    /// The papers that may have a phrase: they have its words, and side by side where the index tells.
    private func candidates(_ phrase: String) throws -> PaperKeySet {
        let lists = terms(of: phrase)
        guard !lists.isEmpty else { return all }
        let having = keys(havingAllOf: lists)
        let pairs = generation.analyzer.analyze([TextField(phrase)]).fields.flatMap(\.neighbors)
            .filter { $0.first.position < $0.second.position }
            .map { LexicalFeature.pair(TermPair(first: $0.first.text, second: $0.second.text)) }
        // The neighbors of other languages have other stems.
        guard lists.count == 1, !pairs.isEmpty else { return having }
        let keys = having.sortedKeys
        let features = Array(Set(pairs))
        let statistics = generation.index.statistics(for: [])
        let factors = generation.index.factors(of: features, statistics, to: keys.map(UnitKey.init))
        return PaperKeySet(
            keys.indices.filter { factors.row($0).allSatisfy { $0 > 0 } }.map { keys[$0] })
    }

    /// Those of some papers whose texts a function accepts.
    private func keys(
        among keys: PaperKeySet, where accept: (PaperStore.SearchedTexts) -> Bool
    ) throws -> PaperKeySet {
        let sorted = keys.sortedKeys
        let accepted = try papers.texts(forKeys: sorted, accept)
        return PaperKeySet(zip(sorted, accepted).lazy.filter(\.1).map(\.0))
    }

    /// The papers with a note that a function accepts.
    private func keys(withNotes accept: (String) -> Bool) throws -> PaperKeySet {
        var found = PaperKeySet()
        for key in try papers.keys(having: .detail(.notes)) {
            let paper = try papers.papers(forKeys: [key])[0]
            if paper.notes.contains(where: accept) { found.insert(key) }
        }
        return found
    }
}

extension Range where Bound == Int {
    fileprivate func contains(_ other: Range<Int>) -> Bool {
        lowerBound <= other.lowerBound && other.upperBound <= upperBound
    }
}

extension QueryCondition.Property {
    /// What the store looks at.
    fileprivate var part: PaperStore.PaperPart {
        switch self {
        case .abstract: .abstract
        case .doi: .identifier(prefix: "doi:")
        case .arxiv: .identifier(prefix: "arxiv:")
        case .pmid: .identifier(prefix: "pmid:")
        case .url: .url
        case .file: .detail(.attachments)
        case .notes: .detail(.notes)
        case .tags: .detail(.tags)
        case .collections: .detail(.collections)
        case .year: .year
        case .authors: .authors
        case .venue: .venue
        case .key: .detail(.citationKey)
        }
    }
}
