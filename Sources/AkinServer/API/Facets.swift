import Akin
import AkinReports
import Papers
import QueryLanguage
import Ranking

/// How many papers of an answer have each value of some fields.
struct Facets: Sendable {
    private var papers = 0
    private var read = 0
    private var values: [String: [String: Int]] = [:]
    private var topicPapers: [String: Int] = [:]

    /// Of a question that ranks, so many papers count: those behind are on other subjects, more and more.
    static let depth = 1_000

    /// The values of a field that are named.
    private static let named = 50

    /// Counts the papers that a filter lets through and that meet conditions.
    ///
    /// - Parameters:
    ///   - conditions: What the papers have to meet.
    ///   - filter: The filter.
    ///   - library: The library.
    ///   - topics: The topics of its papers, if they count, too.
    /// - Throws: `AkinError`.
    /// - Complexity: Reads the fields of each paper.
    init(
        meeting conditions: QueryExpression?, _ filter: PaperFilter, in library: Library, topics: TopicIndex? = nil
    ) throws {
        try library.forEachFacts(matching: filter, meeting: conditions) { facts in
            add(facts, topics)
            return !Task.isCancelled
        }
    }

    /// Counts the papers of a ranking.
    init(_ hits: [SearchAnswer.Hit], topics: TopicIndex? = nil) {
        for hit in hits { add(PaperFacts(hit.paper), topics) }
    }

    private mutating func add(_ facts: PaperFacts, _ topics: TopicIndex?) {
        papers += 1
        if facts.tags.contains(where: { $0.lowercased() == Paper.readTag }) { read += 1 }
        count(facts.year.map(String.init), as: "year")
        count(facts.venue, as: "venue")
        count(facts.type, as: "type")
        for (field, entries) in [
            ("category", facts.categories), ("tag", facts.tags), ("collection", facts.collections),
        ] {
            for entry in entries { count(entry, as: field) }
        }
        if let topic = topics?.topic(of: facts.id) { topicPapers[topic, default: 0] += 1 }
    }

    private mutating func count(_ value: String?, as field: String) {
        guard let value, !value.isEmpty else { return }
        values[field, default: [:]][value, default: 0] += 1
    }

    // MARK: - Results

    /// The counts.
    var report: FacetsReport {
        let years = (values["year"] ?? [:]).sorted { $0.key < $1.key }
        return FacetsReport(
            papers: papers, read: read, year: years.map { FacetsReport.Value(value: $0.key, papers: $0.value) },
            venue: facet("venue"), category: facet("category"), tag: facet("tag"), collection: facet("collection"),
            type: facet("type"))
    }

    /// The topics of the papers, that of most papers first.
    var topics: [FacetsReport.Value] { Self.sorted(topicPapers) }

    private func facet(_ field: String) -> [FacetsReport.Value] {
        Array(Self.sorted(values[field] ?? [:]).prefix(Self.named))
    }

    private static func sorted(_ counts: [String: Int]) -> [FacetsReport.Value] {
        counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .map { FacetsReport.Value(value: $0.key, papers: $0.value) }
    }
}

extension Facets {
    /// Counts the papers of an answer.
    ///
    /// - Parameters:
    ///   - question: The question; an empty one stands for all papers that the filter lets through.
    ///   - filter: The filter.
    ///   - library: The library.
    /// - Throws: `AkinError`; ``Problem`` for a question that does not parse.
    init(asking question: String, _ filter: PaperFilter, in library: Library) throws {
        let expression = question.isEmpty ? nil : try QueryExpression(askedAs: question)
        guard let expression, !expression.rankingText.isEmpty else {
            try self.init(meeting: expression, filter, in: library)
            return
        }
        var options = SearchOptions(k: Self.depth, filter: filter)
        options.foldsDuplicates = false
        let answer = try library.search(asking: question, options: options)
        self.init(answer.isClose || answer.metCount != nil ? answer.hits : [])
    }
}
