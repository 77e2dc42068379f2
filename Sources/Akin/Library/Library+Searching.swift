import PaperStore
import Papers
public import QueryLanguage
public import Ranking
import TextAnalysis
public import TextEncoding

// MARK: - Asking

extension Library {
    /// Finds papers on something.
    ///
    ///     let answer = try library.search(for: "long context attention", options: SearchOptions(k: 5))
    ///
    /// - Parameters:
    ///   - text: A question, or a few words. A word that is likely a mistake is searched beside the word that it stands
    ///     for, and the answer says so. Other words that no paper has are ignored and named in the answer. The id of a
    ///     paper asks for its title: the paper comes first. An id that the library does not have is
    ///     ``SearchAnswer/absentID``.
    ///   - vectors: The question's vectors in those of the options' spaces whose vectors were given.
    ///   - options: How many papers, ranked how, from which part of the library.
    /// - Returns: The answer, best paper first.
    /// - Throws: `AkinError`: `invalidArgument` for an option or a vector out of range; `spaceNotFound`; `damaged`,
    ///   `olderVersion` or `newerVersion` if a file of the library cannot be used.
    /// - Complexity: A few thousand distance computations and one pass over the postings of the query's terms; a few
    ///   milliseconds at 157,000 papers.
    public func search(
        for text: String, vectors: [SpaceName: Embedding] = [:], options: SearchOptions = SearchOptions()
    ) throws(AkinError) -> SearchAnswer {
        try options.validate()
        return try ask { papers, indexed in try answer(for: text, vectors, options, papers, indexed) }
    }

    /// The answer to a question in words.
    func answer(
        for text: String, _ vectors: [SpaceName: Embedding], _ options: SearchOptions, _ papers: PaperStore.Reader,
        _ indexed: IndexedPapers?
    ) throws -> SearchAnswer {
        let vectors = try options.checkedVectors(vectors, papers)
        guard let indexed else { return .empty(options.mode) }
        switch try papers.meaning(of: text) {
        case .text(let text, let named):
            return try indexed.searchAnswer(text, vectors, named: named, options, papers)
        case .absentID(let id):
            var answer = SearchAnswer.empty(options.mode)
            answer.absentID = id
            return answer
        }
    }

    /// Finds papers like some of the library's own, which are left out of the answer, or like other texts.
    ///
    ///     let answer = try library.search(like: ["arxiv:2402.04617"], texts: ["streaming"], unlikeTexts: ["medical"])
    ///
    /// - Parameters:
    ///   - ids: The papers to be near: their ids or alternate ids.
    ///   - unlike: Papers to stay away from.
    ///   - texts: Other texts to be near, words or abstracts. Each counts as much as a paper. They have a place in the
    ///     space that the library learned, and none in spaces whose vectors were given.
    ///   - unlikeTexts: Other texts to stay away from.
    ///   - query: Conditions that papers have to meet; its words count as one of the texts.
    ///   - options: How many papers, ranked how, from which part of the library.
    /// - Returns: The answer, best paper first.
    /// - Throws: `AkinError`: `paperNotFound` for an id that the library does not have, and what
    ///   `search(for:vectors:options:)` throws.
    /// - Complexity: That of `search(for:vectors:options:)`, for a query of 64 terms.
    public func search(
        like ids: [String], unlike: [String] = [], texts: [String] = [], unlikeTexts: [String] = [],
        meeting query: QueryExpression? = nil, options: SearchOptions = SearchOptions()
    ) throws(AkinError) -> SearchAnswer {
        try options.validate()
        return try ask { papers, indexed in
            let query = try query.map(papers.known)
            let words = query?.rankingText ?? ""
            let texts = texts + (words.isEmpty ? [] : [words])
            try options.checkSpaces(papers)
            let near = try ids.map { try papers.requiredKey(forID: $0) }
            let away = try unlike.map { try papers.requiredKey(forID: $0) }
            guard let indexed else { return .empty(options.mode) }
            if texts.isEmpty { try options.checkVectors(of: near, in: indexed) }
            let question = Question.papers(
                near: try indexed.examples(near, papers) + texts.map(indexed.example),
                awayFrom: try indexed.examples(away, papers) + unlikeTexts.map(indexed.example))
            let allowed = try query.flatMap { try QueryConditions(papers, indexed).keys(meeting: $0) }
            let answer = try indexed.answer(question, options, papers, among: allowed)
            return try SearchAnswer(answer, options, from: indexed, papers)
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
    /// Finds what `search(for:vectors:options:)` finds, as ids and scores alone; ties go to the smaller id. Papers
    /// that are nearly the same are not folded.
    ///
    /// - Throws: `AkinError`, as `search(for:vectors:options:)`.
    public func rankedIDs(
        for text: String, vectors: [SpaceName: Embedding] = [:], options: SearchOptions = SearchOptions()
    ) throws(AkinError) -> [RankedID] {
        try options.validate()
        return try ask { papers, indexed in
            let vectors = try options.checkedVectors(vectors, papers)
            guard let indexed else { return [] }
            guard case .text(let text, let named) = try papers.meaning(of: text) else { return [] }
            let answer = try indexed.answer(text, vectors, named: named, options, papers, wantsAllParts: false)
            return try papers.rankedIDs(Array(answer.units.dropFirst(options.offset).prefix(options.k)))
        }
    }

    /// Finds what `search(like:unlike:texts:unlikeTexts:meeting:options:)` finds, as ids and scores alone; ties go to
    /// the smaller id. Papers
    /// that are nearly the same are not folded.
    ///
    /// - Throws: `AkinError`, as `search(like:unlike:texts:unlikeTexts:meeting:options:)`.
    public func rankedIDs(
        like ids: [String], options: SearchOptions = SearchOptions()
    ) throws(AkinError) -> [RankedID] {
        try options.validate()
        return try ask { papers, indexed in
            try options.checkSpaces(papers)
            let near = try ids.map { try papers.requiredKey(forID: $0) }
            guard let indexed else { return [] }
            let question = Question.papers(near: try indexed.examples(near, papers), awayFrom: [])
            let answer = try indexed.answer(question, options, papers, wantsAllParts: false)
            return try papers.rankedIDs(Array(answer.units.dropFirst(options.offset).prefix(options.k)))
        }
    }
}

// MARK: - Spaces and vectors

extension SearchOptions {
    /// Checks that the library has the spaces.
    ///
    /// - Throws: `AkinError` with code `spaceNotFound`.
    fileprivate func checkSpaces(_ papers: PaperStore.Reader) throws {
        let given = (spaces + [reranking?.space].compactMap(\.self)).filter { $0 != .latentSemantics }
        guard !given.isEmpty else { return }
        let known = Set(try papers.spaces().map(\.name))
        if let unknown = given.first(where: { !known.contains($0.rawValue) }) {
            throw AkinError(noSpace: unknown, amongThoseOf: papers)
        }
    }

    /// Checks that papers have a vector to rank by, if nothing else ranks.
    ///
    /// - Throws: `AkinError` with code `invalidArgument`.
    fileprivate func checkVectors(of keys: [PaperKey], in indexed: IndexedPapers) throws {
        guard mode == .semantic, !spaces.contains(.latentSemantics), !keys.isEmpty else { return }
        let units = keys.map(UnitKey.init)
        guard
            try spaces.allSatisfy({ space in try indexed.index.vectors(of: units, in: space).allSatisfy { $0 == nil } })
        else { return }
        throw AkinError(
            .invalidArgument,
            "Cannot rank by meaning alone in the space '\(spaces[0])': none of these papers has a vector there. Give "
                + "them vectors, or rank by words too.")
    }

    /// The vectors of a question as unit vectors.
    ///
    /// - Throws: `AkinError`: `spaceNotFound`; `invalidArgument` for a vector that the space cannot have or that is of
    ///   no space of the options.
    func checkedVectors(
        _ vectors: [SpaceName: Embedding], _ papers: PaperStore.Reader
    ) throws -> [SpaceVector] {
        try checkSpaces(papers)
        if mode == .semantic, !spaces.contains(.latentSemantics), vectors.isEmpty {
            throw AkinError(
                .invalidArgument,
                "Cannot rank by meaning alone in the space '\(spaces[0])': its encoder is not here, and the question "
                    + "has no vector. Give one, or rank by words too.")
        }
        guard !vectors.isEmpty else { return [] }
        let known = try papers.spaces()
        return try vectors.sorted { $0.key < $1.key }.map { space, vector in
            guard spaces.contains(space) || reranking?.space == space,
                let own = known.first(where: { $0.name == space.rawValue })
            else {
                throw AkinError(
                    .invalidArgument,
                    "Cannot take a vector of the space '\(space)': "
                        + (space == .latentSemantics
                            ? "the library makes vectors of questions there itself." : "the search is not made in it."))
            }
            try vector.validate(for: own.identity, "the question")
            guard let unit = SpaceVector(normalizing: vector.components, in: space) else {
                throw AkinError(.invalidArgument, "Cannot take the vector of the question: it has no direction.")
            }
            return unit
        }
    }
}

// MARK: - From a question to units

extension IndexedPapers {
    /// The answer to a question in words.
    ///
    /// - Parameters:
    ///   - text: The words.
    ///   - vectors: The question's vectors in spaces whose vectors were given.
    ///   - named: The papers that the question names.
    ///   - options: How many papers, ranked how, from which part of the library.
    ///   - papers: The store.
    ///   - allowed: The papers that may be found, besides what the options say; `nil` for all.
    /// - Returns: The answer.
    /// - Throws: The error of an index or of the store.
    func searchAnswer(
        _ text: String, _ vectors: [SpaceVector], named: [PaperKey], _ options: SearchOptions,
        _ papers: PaperStore.Reader, among allowed: PaperKeySet? = nil
    ) throws -> SearchAnswer {
        let answer = try answer(text, vectors, named: named, options, papers, among: allowed)
        return try SearchAnswer(answer, options, from: self, papers)
    }

    fileprivate func answer(
        _ text: String, _ vectors: [SpaceVector], named: [PaperKey], _ options: SearchOptions,
        _ papers: PaperStore.Reader, among allowed: PaperKeySet? = nil, wantsAllParts: Bool = true
    ) throws -> RankedAnswer {
        let question = QuestionText(text, by: analyzer, languages: languages)
        var asked = try answerOptions(options, papers, among: allowed, wantsAllParts: wantsAllParts)
        asked.named = named
        asked.vectors = vectors
        if options.mode != .semantic { asked.noted = try noteShares(of: question, among: asked.filter, papers) }
        if question.isOfStopwords {
            // The indexes leave such words out. Titles that have all of them in this order are what is meant.
            let titled = try papers.keys(withTitleContaining: text, limit: .max)
            asked.named += titled.filter { asked.filter.admits(UnitKey($0)) }.prefix(asked.limit)
        }
        return try index.answer(.text(question), asked, judgments: judgments(options, papers))
    }

    fileprivate func answer(
        _ question: Question, _ options: SearchOptions, _ papers: PaperStore.Reader, among allowed: PaperKeySet? = nil,
        wantsAllParts: Bool = true
    ) throws -> RankedAnswer {
        try index.answer(
            question, answerOptions(options, papers, among: allowed, wantsAllParts: wantsAllParts),
            judgments: judgments(options, papers))
    }

    /// Lets the judge of the options read papers.
    private func judgments(
        _ options: SearchOptions, _ papers: PaperStore.Reader
    ) -> ([UnitKey], [QuestionPart]) throws -> [Double]? {
        { units, question in
            guard let judge = options.reranking?.judge else { return nil }
            let texts = try papers.papers(forKeys: units.map(\.paper)).map(\.text)
            let judgments: [Double]
            do {
                judgments = try judge.judgments(of: texts, for: question)
            } catch {
                if error is CancellationError || Task.isCancelled { throw AkinError.cancelled }
                if let error = error as? AkinError { throw error }
                throw AkinError(
                    .encoderFailed, "The judge of the first papers failed: \(plainReason(of: error)).", cause: error)
            }
            guard judgments.count == texts.count, judgments.allSatisfy(\.isFinite) else {
                throw AkinError(
                    .invalidArgument,
                    "The judge of the first papers gave \(judgments.count) numbers for \(texts.count) papers, or some "
                        + "that are not finite.")
            }
            return judgments
        }
    }

    /// A text that is no paper of the library, as a question is made of it.
    fileprivate func example(_ text: String) -> Question.Example {
        Question.Example(unit: nil, text: analyzer.analyze([TextField(text)]))
    }

    private func answerOptions(
        _ options: SearchOptions, _ papers: PaperStore.Reader, among asked: PaperKeySet? = nil, wantsAllParts: Bool
    ) throws -> AnswerOptions {
        let filtered = options.filter.isEmpty ? nil : PaperKeySet(try papers.keys(matching: options.filter))
        let allowed = asked.map { filtered?.intersection($0) ?? $0 } ?? filtered
        let hidden = try papers.keys(leftOutBy: options)
        var answerOptions = AnswerOptions(
            mode: options.mode, semanticWeight: options.alpha,
            limit: wantsAllParts && options.foldsDuplicates ? Self.limitWithDuplicates(options.depth) : options.depth,
            spaces: options.spaces, recall: options.recall,
            filter: CandidateFilter(allowed: allowed, excluded: PaperKeySet(hidden)),
            wantsAllParts: wantsAllParts)
        answerOptions.reranking = options.reranking
        // A second look may move papers up that a short answer would not have.
        if let depth = options.reranking?.depth { answerOptions.limit = max(answerOptions.limit, depth) }
        return answerOptions
    }

    /// The papers that are ranked, more than wanted, so that near duplicates leave enough.
    private static func limitWithDuplicates(_ k: Int) -> Int {
        k == 0 ? 0 : max(RankingPolicy.standard.candidateCount, k > Int.max / 2 ? k : k + k / 4)
    }

    /// Papers of the library as a question is made of them.
    func examples(_ keys: [PaperKey], _ papers: PaperStore.Reader) throws -> [Question.Example] {
        try zip(keys, papers.papers(forKeys: keys)).map { key, paper in
            Question.Example(unit: UnitKey(key), text: analyzer.analyze(PaperText(paper)))
        }
    }
}

extension PaperStore.Reader {
    /// The papers that searches leave out: those with the tag `hidden`, unless the filter asks for it.
    ///
    /// - Throws: `PaperStoreError`.
    func keys(leftOutBy options: SearchOptions) throws(PaperStoreError) -> [PaperKey] {
        func isSame(_ one: String, _ other: String) -> Bool { tidied(one).lowercased() == other }
        let asks = options.filter.attributes.contains { name, values in
            isSame(name, "tag") && values.contains { isSame($0, Paper.hiddenTag) }
        }
        guard options.leavesOutHidden, !asks else { return [] }
        return try keys(matching: PaperFilter(attributes: ["tag": [Paper.hiddenTag]]))
    }
}
