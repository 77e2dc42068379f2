import Akin
import AkinReports
import Papers
import QueryLanguage
import Ranking

/// How many papers of an answer have each value of some fields.
struct Facets: Sendable {
    let report: FacetsReport

    /// Of a question that ranks, so many papers count: those behind are on other subjects, more and more.
    static let depth = 1_000

    /// The values of a field that are named.
    private static let named = 50

    /// Counts.
    ///
    /// - Parameters:
    ///   - question: The question; an empty one stands for all papers that the filter lets through.
    ///   - filter: The filter.
    ///   - library: The library.
    /// - Throws: `AkinError`.
    /// - Complexity: Reads each paper that counts.
    init(asking question: String, _ filter: PaperFilter, in library: Library) throws {
        var options = SearchOptions(k: Self.depth, filter: filter)
        options.foldsDuplicates = false
        let expression = question.isEmpty ? nil : try QueryExpression(askedAs: question)
        var counts = FacetCounts()
        if let expression, !expression.rankingText.isEmpty {
            let answer = try library.search(asking: question, options: options)
            if answer.isClose || answer.metCount != nil { for hit in answer.hits { counts.add(hit.paper) } }
        } else {
            try library.forEachPaper(matching: filter, meeting: expression) { papers in
                for paper in papers { counts.add(paper) }
                return !Task.isCancelled
            }
        }
        report = counts.report(named: Self.named)
    }
}

/// Counts papers by the values of their fields.
struct FacetCounts {
    private var papers = 0
    private var read = 0
    private var values: [String: [String: Int]] = [:]

    mutating func add(_ paper: Paper) {
        papers += 1
        if paper.tags.contains(where: { $0.lowercased() == Paper.readTag }) { read += 1 }
        for (field, entries) in [
            ("year", [paper.year.map(String.init)].compactMap(\.self)),
            ("venue", [paper.venue].compactMap(\.self).filter { !$0.isEmpty }),
            ("category", paper.categories), ("tag", paper.tags), ("collection", paper.collections),
            ("type", [paper.type].compactMap(\.self)),
        ] {
            for entry in entries { values[field, default: [:]][entry, default: 0] += 1 }
        }
    }

    /// The counts.
    ///
    /// - Parameter named: The most values of a field that are named.
    /// - Returns: The counts.
    func report(named: Int) -> FacetsReport {
        func facet(_ field: String) -> [FacetsReport.Value] {
            let sorted = (values[field] ?? [:]).sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            return sorted.prefix(named).map { FacetsReport.Value(value: $0.key, papers: $0.value) }
        }
        let years = (values["year"] ?? [:]).sorted { $0.key < $1.key }
            .map { FacetsReport.Value(value: $0.key, papers: $0.value) }
        return FacetsReport(
            papers: papers, read: read, year: years, venue: facet("venue"), category: facet("category"),
            tag: facet("tag"), collection: facet("collection"), type: facet("type"))
    }
}
