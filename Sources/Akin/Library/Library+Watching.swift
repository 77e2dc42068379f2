import Foundation
import PaperStore
import Papers
import QueryLanguage

/// A question that a library keeps, to tell what is new on it.
public struct WatchedQuestion: Hashable, Sendable {
    /// Its name, unique within the library.
    public var name: String
    /// The question in the query language; empty if it is papers alone.
    public var query: String
    /// The ids of papers that answers should be like.
    public var like: [String]

    /// Creates a question.
    public init(name: String, query: String, like: [String] = []) {
        (self.name, self.query, self.like) = (name, query, like)
    }
}

/// What is new in a library: for each watched question the papers that were added since a moment and are close to it.
public struct Digest: Sendable {
    /// A question with the new papers on it, best first.
    public struct Section: Sendable {
        /// The question; `nil` for papers that fit no question and are like papers under a tag.
        public var question: WatchedQuestion?
        /// The papers.
        public var hits: [SearchAnswer.Hit]
    }

    /// The second since 1970 from which on papers count.
    public var since: Int
    /// The questions that have new papers. A paper stands under the first question that it is close to.
    public var sections: [Section]
    /// The number of papers that were added, also those on none of the questions.
    public var addedCount: Int
    /// When the papers of the sections were added, in seconds since 1970, by their ids.
    public var times: [String: Int] = [:]
}

extension Library {
    /// The questions that the library watches, by their names.
    ///
    /// - Throws: `AkinError` with code `damaged` if the store cannot be read.
    public func watchedQuestions() throws(AkinError) -> [WatchedQuestion] {
        try readPapers { papers in
            try papers.savedQuestions().map { WatchedQuestion(name: $0.name, query: $0.query, like: $0.like) }
        }
    }

    /// Watches a question, in place of the one of its name.
    ///
    /// - Throws: `AkinError`: `invalidArgument` for an empty name or question, or one that does not parse;
    ///   `paperNotFound` for an id that the library
    ///   does not have; `locked`, `noLibrary`, `noSpace`, `cannotWrite`, `damaged`.
    public func watch(_ question: WatchedQuestion) throws(AkinError) {
        let name = tidied(question.name)
        if !question.query.isEmpty {
            do {
                _ = try QueryExpression(parsing: question.query)
            } catch {
                throw AkinError(.invalidArgument, "Cannot watch '\(name)': \(error)")
            }
        }
        guard !name.isEmpty, !tidied(question.query).isEmpty || !question.like.isEmpty else {
            throw AkinError(.invalidArgument, "Cannot watch this question: its name or its text is empty.")
        }
        try change("watch") { store in
            let like = try store.ids(forKeys: question.like.map { try store.requiredKey(forID: $0) })
            try store.save(PaperStore.SavedQuestion(name: name, query: question.query, like: like))
            return LibraryChange()
        }
    }

    /// Watches a question no longer.
    ///
    /// - Returns: Whether there was one of this name.
    /// - Throws: `AkinError`: `locked`, `noLibrary`, `noSpace`, `cannotWrite`, `damaged`.
    @discardableResult
    public func unwatch(_ name: String) throws(AkinError) -> Bool {
        var isKnown = false
        try change("unwatch") { store in
            isKnown = try store.savedQuestions().contains { $0.name == tidied(name) }
            try store.removeQuestion(tidied(name))
            return LibraryChange()
        }
        return isKnown
    }

    /// Tells what is new.
    ///
    /// - Parameters:
    ///   - time: The second since 1970 from which on papers count.
    ///   - k: The most papers of a question.
    ///   - tag: Papers that fit no question and are close to papers with this tag form the last section; `nil` leaves
    ///     it
    ///     out.
    /// - Returns: The digest. In a library of at least 200 papers, a paper counts from a z-score of ``leastZScore`` on.
    /// - Throws: `AkinError`: what `search(asking:vectors:options:)` throws.
    /// - Complexity: A search for each question.
    public func digest(since time: Int, k: Int = 20, tag: String? = nil) throws(AkinError) -> Digest {
        var options = SearchOptions(k: k, filter: PaperFilter(addedSince: time))
        options.minimumZScore = Self.leastZScore
        options.findsSnippets = true
        var seen: Set<String> = []
        var digest = Digest(since: time, sections: [], addedCount: try paperCount(matching: options.filter))
        func append(_ question: WatchedQuestion?, _ answer: SearchAnswer) {
            let hits = answer.hits.filter { seen.insert($0.paper.id).inserted }
            if !hits.isEmpty { digest.sections.append(Digest.Section(question: question, hits: hits)) }
        }
        for question in try watchedQuestions() {
            append(question, try answer(to: question, options))
        }
        if let tag {
            let tagged = try papers(matching: PaperFilter(attributes: ["tag": [tag]]), limit: Self.mostTagged)
            if !tagged.isEmpty { append(nil, try search(like: tagged.map(\.id), options: options)) }
        }
        digest.times = try timesAdded(of: seen)
        return digest
    }

    private func timesAdded(of ids: Set<String>) throws(AkinError) -> [String: Int] {
        try readPapers { papers in
            var times: [String: Int] = [:]
            for id in ids { times[id] = try papers.key(forID: id).flatMap { try papers.timeAdded(of: $0) } }
            return times
        }
    }

    /// From which z-score on a paper of a digest is close to its question. 4 is no accident; see
    /// ``SearchAnswer/Hit/zScore``.
    public static let leastZScore = 4.0

    /// The papers under a tag that new ones are compared with.
    private static let mostTagged = 100

    private func answer(to question: WatchedQuestion, _ options: SearchOptions) throws(AkinError) -> SearchAnswer {
        guard !question.like.isEmpty else { return try search(asking: question.query, options: options) }
        // A paper that was removed since is passed over.
        let known = try canonicalIDs(of: question.like)
        let query = try? QueryExpression(parsing: question.query)
        guard !known.isEmpty || query?.rankingText.isEmpty == false else { return .empty(options.mode) }
        return try search(like: question.like.compactMap { known[$0] }, meeting: query, options: options)
    }
}
