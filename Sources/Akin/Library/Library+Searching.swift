import LatentSemantics
import PaperStore
import Papers

// MARK: - Asking

extension Library {
    /// Finds papers on something.
    ///
    ///     let answer = try library.search(for: "long context attention", options: SearchOptions(k: 5))
    ///
    /// - Parameters:
    ///   - text: A question, or a few words. Words that no paper has are ignored and named in the answer; where none is
    ///     known the answer is empty and suggests words that are spelled like them.
    ///   - options: How many papers, ranked how, from which part of the library.
    /// - Returns: The answer, best paper first.
    /// - Throws: `AkinError`: `invalidArgument`, or `damaged` if a file of the library cannot be used.
    /// - Complexity: A few thousand distance computations and one pass over the postings of the query's terms; a few
    ///   milliseconds at 157,000 papers.
    public func search(for text: String, options: SearchOptions = SearchOptions()) throws(AkinError) -> SearchAnswer {
        try options.validate()
        return try read { papers, opened in
            guard let opened else {
                return SearchAnswer(hits: [], mode: options.mode, unknownWords: [], suggestions: [])
            }
            let (query, unknown) = opened.queries.query(forText: text)
            let (ranked, feedback) = try opened.rank(query, options: options, title: text, excluding: [], papers)
            let suggestions = ranked.isEmpty ? opened.suggestions(for: unknown) : []
            let closeness = Closeness(opened.generation)
            let explainer =
                options.explains
                ? Explainer(opened.queries, query, text: text, documents: try feedback.map(papers.read)) : nil
            var answer = SearchAnswer(
                hits: try papers.hits(ranked, closeness, explainedBy: explainer), mode: options.mode,
                unknownWords: unknown, suggestions: suggestions
            )
            if options.mode != .lexical, let closeness, try papers.keys(titled: text).isEmpty {
                answer.isClose = closeness.hasMatch(ranked, for: query)
            }
            return answer
        }
    }

    /// Finds papers like some of the library's own, which are left out of the answer.
    ///
    /// - Parameters:
    ///   - ids: The papers to be near: their ids or alternate ids.
    ///   - unlike: Papers to stay away from.
    ///   - options: How many papers, ranked how, from which part of the library.
    /// - Returns: The answer, best paper first.
    /// - Throws: `AkinError`: `paperNotFound` for an id that the library does not have, `invalidArgument`, or `damaged`.
    public func search(
        like ids: [String], unlike: [String] = [], options: SearchOptions = SearchOptions()
    ) throws(AkinError) -> SearchAnswer {
        try options.validate()
        return try read { papers, opened in
            let (ranked, explainer) = try self.ranked(like: ids, unlike: unlike, options: options, papers, opened)
            let closeness = opened.flatMap { Closeness($0.generation) }
            var answer = SearchAnswer(
                hits: try papers.hits(ranked, closeness, explainedBy: explainer), mode: options.mode, unknownWords: [],
                suggestions: []
            )
            if options.mode != .lexical, let closeness { answer.isClose = closeness.hasMatch(ranked) }
            return answer
        }
    }
}

// MARK: - Ids alone

/// A paper's id with its score.
public struct RankedID: Sendable, Hashable {
    /// The paper's id.
    public var id: String
    /// What it is ranked by.
    public var score: Double
}

extension Library {
    /// What ``search(for:options:)`` finds, as ids and scores alone; ties go to the smaller id.
    public func rankedIDs(for text: String, options: SearchOptions) throws(AkinError) -> [RankedID] {
        try options.validate()
        return try read { papers, opened in
            guard let opened else { return [] }
            let query = opened.queries.query(forText: text, wantsVector: options.mode != .lexical).query
            if options.mode == .lexical {
                return try papers.rankedIDs(opened.rankLexically(query, options: options, papers))
            }
            return try papers.rankedIDs(opened.rank(query, options: options, title: text, excluding: [], papers).papers)
        }
    }

    /// What ``search(like:unlike:options:)`` finds, as ids and scores alone; ties go to the smaller id.
    public func rankedIDs(like ids: [String], options: SearchOptions) throws(AkinError) -> [RankedID] {
        try options.validate()
        return try read { papers, opened in
            try papers.rankedIDs(self.ranked(like: ids, unlike: [], options: options, papers, opened).keys)
        }
    }
}

// MARK: - From a question to keys

extension Library {
    private func ranked(
        like ids: [String], unlike: [String], options: SearchOptions, _ papers: PaperStore.Reader, _ opened: Opened?
    ) throws -> (keys: [RankedKey], explainer: Explainer?) {
        let near = try ids.map { try papers.requiredKey(forID: $0).rawValue }
        let away = try unlike.map { try papers.requiredKey(forID: $0).rawValue }
        guard let opened else { return ([], nil) }
        let nearExamples = try near.map { try opened.example($0, papers) }
        let awayExamples = try away.map { try opened.example($0, papers) }
        let query = opened.queries.query(near: nearExamples, awayFrom: awayExamples)
        var options = options
        options.alpha = options.alpha ?? opened.generation.manifest.calibration.likeAlpha
        let (ranked, feedback) = try opened.rank(query, options: options, excluding: near + away, papers)
        let explainer =
            options.explains
            ? Explainer(
                opened.queries, query, near: nearExamples, awayFrom: awayExamples,
                documents: try feedback.map(papers.read)) : nil
        return (ranked, explainer)
    }
}

extension Library.Opened {
    var queries: QueryTerms { QueryTerms(analyzer: analyzer, generation: generation) }

    /// Ranks papers for a query; those that a text is the whole title of come first. Tells what the first papers said for
    /// the query, too.
    func rank(
        _ query: RankingQuery, options: SearchOptions, title: String? = nil, excluding: [UInt64],
        _ papers: PaperStore.Reader
    ) throws -> (papers: [RankedKey], feedback: Feedback?) {
        let ranking = Ranking(
            mode: options.mode, alpha: options.alpha ?? generation.manifest.calibration.alpha, limit: options.k,
            recall: options.recall,
            filter: try filter(options, excluding: excluding, papers),
            named: try title.map(papers.keys)?.map(\.rawValue) ?? []
        )
        return try ranking.answer(query, in: generation)
    }

    /// Ranks papers by BM25, as ``rank(_:options:title:excluding:_:)`` does under `lexical`, without the cosines that it
    /// gives beside. Neither has a title that comes first.
    func rankLexically(
        _ query: RankingQuery, options: SearchOptions, _ papers: PaperStore.Reader
    ) throws -> [RankedKey] {
        guard options.k > 0 else { return [] }
        return try generation.lexicalCandidates(
            for: query.terms, pairs: query.pairs, limit: max(Ranking.minimumCandidates, options.k),
            filter: try filter(options, excluding: [], papers), scoring: []
        )
        .candidates.prefix { $0.score > 0 }.prefix(options.k)
        .map { RankedKey(key: $0.key, score: $0.score, lexical: $0.score, semantic: 0) }
    }

    /// Which papers may be found.
    private func filter(
        _ options: SearchOptions, excluding: [UInt64], _ papers: PaperStore.Reader
    ) throws -> CandidateFilter {
        let allowed = options.filter.isEmpty ? nil : PaperKeySet(try papers.keys(matching: options.filter))
        return CandidateFilter(allowed: allowed, excluded: PaperKeySet(excluding.map { PaperKey($0) }))
    }

    func example(_ key: UInt64, _ papers: PaperStore.Reader) throws -> QueryTerms.Example {
        let paper = try papers.papers(forKeys: [PaperKey(key)])[0]
        return QueryTerms.Example(texts: paper.indexedTexts, vector: generation.vector(of: key))
    }

    /// Words of the library that are spelled much like the words that it does not know.
    func suggestions(for words: [String]) -> [String] {
        guard let model = generation.model else { return [] }
        var suggestions: [String] = []
        for word in words {
            for term in model.similarlySpelledTerms(to: word, limit: 3) where !suggestions.contains(term) {
                suggestions.append(term)
            }
        }
        return suggestions
    }
}
