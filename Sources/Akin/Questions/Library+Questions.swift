import PaperStore
import Papers
public import QueryLanguage
public import Ranking
public import TextEncoding

extension Library {
    /// Finds papers by a question in the query language: words, phrases, conditions and operators.
    ///
    ///     let answer = try library.search(asking: "\"key value cache\" -survey year:2023..")
    ///
    /// A text that does not parse is searched as words, and ``SearchAnswer/syntaxError`` says why. So is a text that is
    /// the title or the id of a paper. `name=value` is a condition if papers have a field of that name, and words
    /// otherwise. The documentation of `QueryLanguage` has the grammar.
    ///
    /// - Parameters:
    ///   - text: The question.
    ///   - vectors: The question's vectors in those of the options' spaces whose vectors were given.
    ///   - options: How many papers, ranked how, from which part of the library.
    /// - Returns: The answer, best paper first. A question with conditions and without words that rank lists the papers
    ///   that meet it, the latest first.
    /// - Throws: What `search(for:vectors:options:)` throws.
    /// - Complexity: That of `search(for:vectors:options:)`, and a scan of the papers for most conditions: 30 to 150 ms
    ///   for 157,000 papers.
    public func search(
        asking text: String, vectors: [SpaceName: Embedding] = [:], options: SearchOptions = SearchOptions()
    ) throws(AkinError) -> SearchAnswer {
        do {
            let query = try QueryExpression(parsing: text)
            if query.isPlain { return try search(for: text, vectors: vectors, options: options) }
            try options.validate()
            return try ask { papers, indexed in
                try papers.names(text)
                    ? answer(for: text, vectors, options, papers, indexed)
                    : answer(meeting: query, vectors, options, papers, indexed)
            }
        } catch let error as QuerySyntaxError {
            var answer = try search(for: text, vectors: vectors, options: options)
            answer.syntaxError = error
            return answer
        } catch {
            throw AkinError(translating: error)
        }
    }

    /// Finds papers by a question that is parsed already. See `search(asking:vectors:options:)`.
    ///
    /// - Throws: What that function throws.
    public func search(
        meeting query: QueryExpression, vectors: [SpaceName: Embedding] = [:], options: SearchOptions = SearchOptions()
    ) throws(AkinError) -> SearchAnswer {
        try options.validate()
        return try ask { papers, indexed in try answer(meeting: query, vectors, options, papers, indexed) }
    }

    /// The answer to a question that is parsed.
    private func answer(
        meeting query: QueryExpression, _ vectors: [SpaceName: Embedding], _ options: SearchOptions,
        _ papers: PaperStore.Reader, _ indexed: IndexedPapers?
    ) throws -> SearchAnswer {
        let vectors = try options.checkedVectors(vectors, papers)
        guard let indexed else { return .empty(options.mode) }
        let query = try papers.known(query)
        var options = options
        if query.conditions.contains(where: \.asksForHidden) { options.leavesOutHidden = false }
        let conditions = try QueryConditions(papers, indexed)
        var answer = SearchAnswer.empty(options.mode)
        let (allowed, unmet) = try conditions.keys(meetingAllOf: query.conjuncts)
        let words = query.rankingText
        if let unmet {
            answer.unmet = unmet
        } else if try words.isEmpty || allowed != nil && indexed.isOfStopwords(words) {
            // Stop words rank nothing.
            answer = try indexed.listing(of: allowed, options, papers)
        } else {
            switch try papers.meaning(of: words) {
            case .absentID(let id): answer.absentID = id
            case .text(let text, let named):
                answer = try indexed.searchAnswer(text, vectors, named: named, options, papers, among: allowed)
            }
        }
        answer.understood = query
        return answer
    }

    /// The text that a question is ranked by: its words without conditions, or the title of a paper whose id it is.
    ///
    /// - Parameters:
    ///   - text: The question.
    ///   - isLiteral: Whether no sign of it has a meaning.
    /// - Returns: The text; `nil` if nothing ranks.
    /// - Throws: `AkinError` with code `damaged` if the store cannot be read.
    package func rankedText(of text: String, isLiteral: Bool) throws(AkinError) -> String? {
        try readPapers { papers in
            var words = text
            if !isLiteral, let query = try? QueryExpression(parsing: text), !query.isPlain, try !papers.names(text) {
                words = try papers.known(query).rankingText
            }
            guard !words.isEmpty, case .text(let ranked, _) = try papers.meaning(of: words) else { return nil }
            return ranked
        }
    }
}

extension PaperStore.Reader {
    /// Whether a text is the title or an id of a paper.
    fileprivate func names(_ text: String) throws -> Bool {
        try !keys(titled: text).isEmpty || !keys(identifiedBy: text).isEmpty
    }

    /// A question as this library understands it: with words in place of conditions on fields that no paper has,
    /// `k=10`, and asked of notes where it says so.
    func known(_ query: QueryExpression) throws -> QueryExpression {
        let query = try query.askedOfNotes {
            try !labels(ofField: "collection", limit: .max).filter { $0 == "notes" }.isEmpty
        }
        return try query.replacingConditions { condition in
            guard let field = condition.sourceField, try labels(ofField: field, limit: 1).isEmpty else { return nil }
            return .word(condition.description)
        }
    }
}

extension QueryConditions {
    /// The papers that meet all of some expressions, and the first expression that leaves none.
    fileprivate func keys(
        meetingAllOf expressions: [QueryExpression]
    ) throws -> (allowed: PaperKeySet?, unmet: UnmetCondition?) {
        var allowed: PaperKeySet?
        var met: [QueryExpression] = []
        for expression in expressions {
            guard let keys = try keys(meeting: expression) else { continue }
            let rest = allowed.map { $0.intersection(keys) } ?? keys
            if rest.isEmpty {
                let isAlone = keys.isEmpty
                return (
                    rest,
                    UnmetCondition(
                        condition: expression.description,
                        others: isAlone ? "" : met.map(\.description).joined(separator: " "),
                        paperCount: isAlone ? 0 : allowed?.count ?? 0)
                )
            }
            allowed = rest
            met.append(expression)
        }
        return (allowed, nil)
    }
}

extension QueryCondition {
    /// Whether papers with the tag `hidden` are asked for, or asked not to be there.
    fileprivate var asksForHidden: Bool {
        guard case .label("tag", let value) = self else { return false }
        return tidied(value).lowercased() == Paper.hiddenTag
    }
}

extension IndexedPapers {
    /// Whether a text has no words but stop words.
    fileprivate func isOfStopwords(_ text: String) throws -> Bool {
        QuestionText(text, by: analyzer, languages: languages).isOfStopwords
    }

    /// The papers that a question without words allows, the latest first unless another order is asked for.
    fileprivate func listing(
        of allowed: PaperKeySet?, _ options: SearchOptions, _ papers: PaperStore.Reader
    ) throws -> SearchAnswer {
        var keys: [PaperKey]
        if let allowed, options.filter.isEmpty {
            keys = allowed.sortedKeys
        } else {
            keys = try papers.keys(matching: options.filter)
            if let allowed { keys = keys.filter(allowed.contains) }
        }
        let hidden = PaperKeySet(try papers.keys(leftOutBy: options))
        if !hidden.isEmpty { keys.removeAll(where: hidden.contains) }
        let order = try papers.sorted(keys, by: options.sort == .relevance ? .date : options.sort)
        let sorted = order.dropFirst(options.offset).prefix(options.k)
        var answer = SearchAnswer.empty(options.mode)
        answer.hits = try papers.papers(forKeys: sorted).enumerated().map { place, paper in
            SearchAnswer.Hit(
                rank: options.offset + place + 1, paper: paper, score: 0,
                parts: SearchAnswer.Parts(lexical: 0, semantic: 0, feedback: 0))
        }
        answer.isClose = !answer.hits.isEmpty
        answer.metCount = keys.count
        return answer
    }
}
