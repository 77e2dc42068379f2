import Akin
import AkinReports
import Papers
import QueryLanguage
import Ranking

/// The answer to a question of the page: the papers that are shown, and the counts for the filters.
struct PageAnswer: Sendable {
    /// A paper that is shown.
    struct Entry: Sendable {
        var rank: Int
        var paper: Paper
        /// What the ranking says of it; `nil` where nothing ranks.
        var hit: SearchAnswer.Hit?
    }

    var entries: [Entry] = []
    /// The answer of the ranking; `nil` where nothing ranks.
    var ranked: SearchAnswer?
    /// The papers that meet a question of conditions alone; `nil` for one that ranks.
    var total: Int?
    /// Whether there may be papers behind those that are shown.
    var hasMore = false
    var facets: FacetsReport?
    /// The counts of the topics, if these are known.
    var topics: [FacetsReport.Value] = []
    /// The papers of the tray.
    var liked: [Paper] = []
    var unliked: [Paper] = []
    /// What the question asks for that cannot be had.
    var remarks: [String] = []
    var duration = Duration.zero

    /// Answers a question.
    ///
    /// - Parameters:
    ///   - question: The question.
    ///   - library: The library.
    ///   - topics: The topics of its papers, if they are known.
    ///   - wantsFilters: Whether to count for the filters.
    ///   - explains: Whether each paper says why it is there.
    /// - Throws: `AkinError`.
    init(
        to question: PageQuestion, in library: Library, topics: TopicIndex?, wantsFilters: Bool, explains: Bool = true
    ) throws {
        let start = ContinuousClock.now
        liked = try question.like.compactMap { try library.paper(id: $0) }
        unliked = try question.unlike.compactMap { try library.paper(id: $0) }
        let missing = question.like.count + question.unlike.count - liked.count - unliked.count
        if missing > 0 { remarks.append("The library no longer has \(missing) of the papers in the tray.") }
        if topics == nil, question.chosen["topic"] != nil {
            remarks.append("The topics are being looked for. Ask again in a while.")
        }
        let filter = self.filter(of: question, topics)
        let words = question.words
        try SearchParameters.checkParts(of: words)
        if liked.isEmpty, unliked.isEmpty, question.text.isEmpty {
            try list(question, words, filter, in: library)
        } else {
            try rank(question, words, filter, in: library, explains: explains)
        }
        duration = ContinuousClock.now - start
        if wantsFilters { try count(question, words, filter, in: library, topics) }
    }

    private func filter(of question: PageQuestion, _ topics: TopicIndex?) -> PaperFilter {
        var filter = PaperFilter(
            years: question.years.flatMap { YearRange($0) }, venues: question.chosen["venue"] ?? [],
            categories: question.chosen["category"] ?? [], authors: question.chosen["author"] ?? [])
        for name in ["tag", "collection"] { filter.attributes[name] = question.chosen[name] }
        if let names = question.chosen["topic"] {
            if let topics {
                filter.ids = Set(names.flatMap { topics.ids(ofTopic: $0) })
            } else {
                filter.ids = []
            }
        }
        return filter
    }

    // MARK: - Papers

    /// What papers of a list have to meet. Hidden papers are left out unless they are asked for, as searches do.
    private static func conditions(_ words: String, _ question: PageQuestion) throws -> QueryExpression? {
        let asked = words.isEmpty ? nil : try QueryExpression(askedAs: words)
        let hidden = try QueryExpression(parsing: "is:hidden")
        let asksForHidden =
            question.chosen["tag"]?.contains(Paper.hiddenTag) == true
            || (asked?.conditions ?? []).contains { hidden.conditions.contains($0) }
        return asksForHidden ? asked : .every([asked, .not(hidden)].compactMap(\.self))
    }

    /// Lists what meets conditions.
    private mutating func list(
        _ question: PageQuestion, _ words: String, _ filter: PaperFilter, in library: Library
    ) throws {
        let expression = try Self.conditions(words, question)
        var papers: [Paper] = []
        try library.forEachPaper(
            matching: filter, meeting: expression, sort: question.sort, offset: question.offset, limit: question.count
        ) {
            papers += $0
            return !Task.isCancelled
        }
        let count = try library.paperCount(matching: filter, meeting: expression)
        total = count
        entries = papers.enumerated().map { Entry(rank: question.offset + $0 + 1, paper: $1) }
        hasMore = question.offset + papers.count < count
    }

    /// Ranks papers by words, and by the papers of the tray.
    private mutating func rank(
        _ question: PageQuestion, _ words: String, _ filter: PaperFilter, in library: Library, explains: Bool
    ) throws {
        var options = SearchOptions(k: question.count, offset: question.offset, filter: filter)
        options.sort = question.sort
        options.findsSnippets = true
        options.explains = explains
        let answer = try search(words, options, in: library)
        ranked = answer
        total = answer.metCount
        entries = answer.hits.map { Entry(rank: $0.rank, paper: $0.paper, hit: $0) }
        let shown = question.offset + answer.hits.count
        hasMore = total.map { shown < $0 } ?? (answer.hits.count == question.count && shown < SearchParameters.deepest)
    }

    private func search(_ words: String, _ options: SearchOptions, in library: Library) throws -> SearchAnswer {
        if liked.isEmpty, unliked.isEmpty { return try library.search(asking: words, options: options) }
        let expression = words.isEmpty ? nil : try? QueryExpression(parsing: words)
        // What does not parse counts as words.
        let texts = expression == nil && !words.isEmpty ? [words] : []
        return try library.search(
            like: liked.map(\.id), unlike: unliked.map(\.id), texts: texts, meeting: expression, options: options)
    }

    // MARK: - Counts

    /// Of a question that ranks, so many papers count for the filters.
    private static let countedPapers = 300

    /// Counts the values of the filters among the papers of the answer. Those of a filter in force are counted as if it
    /// were not, because one may want another value of it.
    private mutating func count(
        _ question: PageQuestion, _ words: String, _ filter: PaperFilter, in library: Library, _ topics: TopicIndex?
    ) throws {
        let counts = try facets(of: question, words, filter, in: library, topics)
        var report = counts.report
        self.topics = counts.topics
        var inForce = PageQuestion.filters.filter { question.chosen[$0] != nil }
        if question.years != nil { inForce.append("year") }
        for name in inForce where name != "author" {
            var wider = question
            wider.chosen[name] = nil
            if name == "year" { wider.years = nil }
            let others = try facets(of: wider, words, self.filter(of: wider, topics), in: library, topics)
            report.take(name, from: others.report)
            if name == "topic" { self.topics = others.topics }
        }
        facets = report
    }

    private func facets(
        of question: PageQuestion, _ words: String, _ filter: PaperFilter, in library: Library, _ topics: TopicIndex?
    ) throws -> Facets {
        guard question.isRanked else {
            return try Facets(meeting: Self.conditions(words, question), filter, in: library, topics: topics)
        }
        var options = SearchOptions(k: Self.countedPapers, filter: filter)
        options.foldsDuplicates = false
        return Facets(try search(words, options, in: library).hits, topics: topics)
    }
}
