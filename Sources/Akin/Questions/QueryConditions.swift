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
/// rankings. Stop words are not in the index: where a sign demands one, it is looked for in the texts as it is written.
struct QueryConditions {
    private let papers: PaperStore.Reader
    private let indexed: IndexedPapers
    private let all: PaperKeySet
    /// What parts of the question meet, so that a part that stands in it again is not looked for again.
    private let known = KnownParts()

    /// A part of a question, and what its words without a sign are.
    private struct Part: Hashable {
        var expression: QueryExpression
        var demand: Demand
    }

    private final class KnownParts {
        var sets: [Part: PaperKeySet?] = [:]
    }

    init(_ papers: PaperStore.Reader, _ indexed: IndexedPapers) throws {
        self.papers = papers
        self.indexed = indexed
        all = PaperKeySet(try papers.keys())
    }

    /// What a word that has no sign is.
    enum Demand {
        /// No condition: it ranks.
        case none
        /// A condition, unless it is a stop word.
        case words
        /// A condition, because a sign before it or around it says so.
        case allWords
    }

    /// The papers that meet an expression; `nil` if it is no condition.
    ///
    /// - Parameters:
    ///   - expression: The expression.
    ///   - demand: What words are that have no sign.
    /// - Returns: Their keys.
    /// - Throws: The error of the store.
    func keys(meeting expression: QueryExpression, demand: Demand = .none) throws -> PaperKeySet? {
        let part = Part(expression: expression, demand: demand)
        if let set = known.sets[part] { return set }
        try Task.checkCancellation()
        let set = try look(for: expression, demand)
        known.sets[part] = .some(set)
        return set
    }

    private func look(for expression: QueryExpression, _ demand: Demand) throws -> PaperKeySet? {
        switch expression {
        case .word(let text):
            if demand == .none { return nil }
            return try keys(havingWordsOf: text) ?? (demand == .allWords ? keys(having: text) : nil)
        case .phrase(let text): return try keys(having: text)
        case .condition(let condition): return try keys(meeting: condition)
        case .required(let part): return try keys(meeting: part, demand: .allWords)
        case .not(let part): return try keys(meeting: part, demand: .allWords).map(all.subtracting)
        case .every(let parts):
            let sets = try parts.compactMap { try keys(meeting: $0, demand: demand) }
            return sets.first.map { sets.dropFirst().reduce($0) { $0.intersection($1) } }
        case .either(let parts):
            let sets = try parts.map { try keys(meeting: $0, demand: .allWords) }
            guard sets.allSatisfy({ $0 != nil }) else { return nil }
            return sets.compactMap(\.self).reduce(PaperKeySet()) { $0.union($1) }
        }
    }

    private func keys(meeting condition: QueryCondition) throws -> PaperKeySet? {
        switch condition {
        case .text(let part, let words, let isExact):
            return try isExact
                ? keys(having: words, in: part)
                : keys(havingWordsOf: words, in: part) ?? keys(having: words, in: part)
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
    /// The terms that words have in a language. The parts of a compound stand for it, as they do in the index.
    private func terms(of words: String, in language: Language) -> Set<String> {
        let terms = indexed.analyzer.terms(of: words, language: language)
        let parts = terms.filter { term in
            !terms.contains { $0.range != term.range && term.range.contains($0.range) }
        }
        return Set(parts.map(\.text))
    }

    /// The terms of words as the languages of the library's papers have them: each list once, with a language that it
    /// is of. None for words that are stop words in one of the languages, because its papers are indexed without them.
    private func terms(of words: String) -> [(terms: Set<String>, language: Language)] {
        var lists: [(terms: Set<String>, language: Language)] = []
        for language in languages {
            let terms = terms(of: words, in: language)
            if terms.isEmpty { return [] }
            if !lists.contains(where: { $0.terms == terms }) { lists.append((terms, language)) }
        }
        return lists
    }

    /// The languages that papers may be indexed in, the library's own first.
    private var languages: [Language] {
        let own = indexed.analyzer.settings.language
        return [own] + indexed.languages.filter { $0 != own }.sorted { $0.rawValue < $1.rawValue }
    }

    /// The papers that have all words; `nil` if these are stop words alone.
    private func keys(havingWordsOf words: String) throws -> PaperKeySet? {
        let lists = terms(of: words)
        return try lists.isEmpty ? nil : keys(havingAllOf: lists.map(\.terms))
    }

    /// The papers that have all terms of one of the lists.
    private func keys(havingAllOf lists: [Set<String>]) throws -> PaperKeySet {
        var found = PaperKeySet()
        for list in lists {
            var keys = all
            for term in list {
                keys = keys.intersection(PaperKeySet(try indexed.index.keys(having: term)))
            }
            found = found.union(keys)
        }
        return found
    }

    private func keys(havingWordsOf words: String, in part: QueryCondition.TextPart) throws -> PaperKeySet? {
        let lists = terms(of: words)
        if lists.isEmpty { return nil }
        switch part {
        case .title: return try keys(havingInTitle: lists, among: keys(havingAllOf: lists.map(\.terms)))
        case .abstract:
            let having = try keys(havingAllOf: lists.map(\.terms))
            // A single word that is in a paper and not in its title is in the rest.
            let isOneWord = lists.allSatisfy { $0.terms.count == 1 }
            let unclear = isOneWord ? try keys(havingInTitle: lists, among: having) : having
            let met = try keys(among: unclear) { texts in
                self.has(lists, in: ([texts.abstract] + texts.fields.map(\.text)).joined(separator: "\n"))
            }
            return having.subtracting(unclear).union(met)
        case .notes: return try keys(withNotes: { self.has(lists, in: $0) })
        }
    }

    /// The papers with all terms of one of the lists in the title.
    ///
    /// A word is analyzed once, and only if it may have one of the terms: it begins like one, or is of those that
    /// British and American spelling begin differently, as in `oestrogen`.
    private func keys(
        havingInTitle lists: [(terms: Set<String>, language: Language)], among keys: PaperKeySet
    ) throws -> PaperKeySet {
        let beginnings = Set(lists.flatMap(\.terms).compactMap(\.utf8.first) + Array("ao".utf8))
        var known = lists.map { _ in [Substring: Set<String>]() }
        let found = try papers.keys(among: keys) { title in
            let words = title.split(separator: " ").filter { word in
                word.utf8.first.map { $0 >= 0x80 || beginnings.contains($0) } ?? false
            }
            return lists.indices.contains { place in
                var missing = lists[place].terms
                for word in words where !missing.isEmpty {
                    let terms = known[place][word] ?? self.terms(of: String(word), in: lists[place].language)
                    known[place][word] = terms
                    missing.subtract(terms)
                }
                return missing.isEmpty
            }
        }
        return PaperKeySet(found)
    }

    private func has(_ lists: [(terms: Set<String>, language: Language)], in text: String) -> Bool {
        lists.contains { terms(of: text, in: $0.language).isSuperset(of: $0.terms) }
    }
}

// MARK: - Words as they are written

extension QueryConditions {
    /// The papers that have a phrase.
    private func keys(having phrase: String, in part: QueryCondition.TextPart? = nil) throws -> PaperKeySet? {
        guard let matcher = PhraseMatcher(phrase) else { return nil }
        switch part {
        case .title:
            return PaperKeySet(try papers.keys(among: all, withTitle: matcher.matchesStored(title:)))
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
        // A language leaves its stop words out, so each word that all languages index narrows the papers down.
        // The words of a compound may stand in a paper without it.
        let phrase = Paper.matchingForm(of: phrase)
        let words = phrase.split(separator: " ").map { terms(of: String($0)) }.filter { !$0.isEmpty }
        let having = try words.reduce(all) { try $0.intersection(self.keys(havingAllOf: $1.map(\.terms))) }
        let lists = terms(of: phrase)
        let pairs = indexed.analyzer.analyze([TextField(phrase)]).fields.flatMap(\.neighbors)
            .filter { $0.first.position < $0.second.position }
            .map { LexicalFeature.pair(TermPair(first: $0.first.text, second: $0.second.text)) }
        // The neighbors of other languages have other stems.
        guard lists.count == 1, !pairs.isEmpty else { return having }
        let keys = having.sortedKeys
        let features = Array(Set(pairs))
        let statistics = try indexed.index.statistics(for: [])
        let factors = try indexed.index.factors(of: features, statistics, to: keys.map(UnitKey.init))
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
        PaperKeySet(try papers.notes().filter { $0.texts.contains(where: accept) }.map(\.key))
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
