import Akin
import AkinAgents
import AkinReports
import Foundation
import Papers

/// The page before anything is asked: what the library holds, and what may be asked of it.
struct StartContext {
    let context: [String: JSONValue]

    /// The values of lists that are shown.
    private static let shown = 12
    private static let newest = 5

    /// Looks at a library.
    ///
    /// - Throws: `AkinError`.
    init(_ library: Library, _ frame: PageFrame, _ topics: TopicIndex?) throws {
        let overview = try library.overview()
        let years = overview.years.map {
            $0.lowerBound == $0.upperBound ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)"
        }
        let added = overview.lastAddition.map { "last added " + Self.day($0) }
        let papers = counted(overview.paperCount, "paper")
        func asked(_ text: String) -> String { frame.href("/", [("q", text)]) }
        let suggestions = [overview.phrase, overview.namedPaper?.name, overview.venue.map { "venue:\"\($0)\"" }]
            .compactMap(\.self)
        let tags = try library.values(ofField: "tag").filter { ![Paper.readTag, Paper.hiddenTag].contains($0.value) }
        let watched = try library.watchedQuestions()
        let latest = try Self.latest(library, overview.paperCount)
        context = [
            "announcement": .string(papers), "isEmpty": .bool(overview.paperCount == 0),
            "summary": .string([papers, years, added].compactMap(\.self).joined(separator: " · ")),
            "addHref": .string(frame.href("/add")), "hasSuggestions": .bool(!suggestions.isEmpty),
            "suggestions": .list(suggestions.map { ["label": .string($0), "href": .string(asked($0))] }),
            "hasTopics": .bool(!(topics?.answer.topics ?? []).isEmpty),
            "startTopics": .list(
                (topics?.answer.topics.prefix(Self.shown) ?? []).map {
                    [
                        "label": .string($0.name), "tally": .string(grouped($0.paperCount)),
                        "href": .string(frame.href("/", [("topic", $0.name)])),
                    ]
                }),
            "hasNewest": .bool(!latest.isEmpty),
            "newest": .object(["papers": .list(latest.map { frame.line($0) })]),
            "hasWatched": .bool(!watched.isEmpty),
            "watched": .list(
                watched.map { question in
                    [
                        "label": .string(question.name), "tally": .string(question.query),
                        "href": .string(frame.href(question)),
                    ]
                }),
            "hasStartTags": .bool(!tags.isEmpty),
            "startTags": .list(
                tags.prefix(Self.shown).map {
                    [
                        "label": .string($0.value), "tally": .string(grouped($0.paperCount)),
                        "href": .string(frame.href("/", [("tag", $0.value)])),
                    ]
                }),
        ]
    }

    /// The papers that were added last, the last first.
    private static func latest(_ library: Library, _ count: Int) throws -> [Paper] {
        try library.papers(offset: max(0, count - newest), limit: newest).reversed()
    }

    /// How long ago a day is.
    static func day(_ time: Int) -> String {
        let days = (Int(Date().timeIntervalSince1970) - time) / 86_400
        return days <= 0 ? "today" : days == 1 ? "yesterday" : "\(grouped(days)) days ago"
    }
}

extension PageFrame {
    /// A paper as one line of a list.
    func line(_ paper: Paper) -> [String: JSONValue] {
        let details = [paper.shortAuthors, paper.year.map(String.init), paper.venue].compactMap(\.self)
            .filter { !$0.isEmpty }
        return [
            "title": .string(paper.headline), "href": .string(paperHref(paper.id)),
            // Each part keeps its direction to itself.
            "details": details.isEmpty
                ? .null : .string(details.map { "\u{2068}\($0)\u{2069}" }.joined(separator: " · ")),
        ]
    }

    /// The address that asks a watched question.
    func href(_ question: WatchedQuestion) -> String {
        href("/", (question.query.isEmpty ? [] : [("q", question.query)]) + question.like.map { ("like", $0) })
    }
}
