import Akin
import AkinAgents
import AkinReports
import Foundation
import Hummingbird
import Papers
import QueryLanguage
import Ranking

/// The page that asks and answers.
struct SearchPage {
    let frame: PageFrame
    let question: PageQuestion

    /// Which part of the page is wanted.
    enum Part: String {
        case whole, results, more
    }

    /// Answers the question, and writes the page or a part of it.
    func response(_ part: Part) async throws -> Response {
        let (question, frame) = (question, frame)
        let topics = try await frame.topics(for: question)
        var context: [String: JSONValue] = ["q": .string(question.text)]
        if question.isEmpty {
            context["start"] = .object(
                try await frame.server.engine(frame.library.library) { library in
                    try StartContext(library, frame, topics).context
                })
            context["hiddenFields"] = []
        } else {
            let answer = try await frame.server.engine(frame.library.library) { library in
                try PageAnswer(to: question, in: library, topics: topics, wantsFilters: part != .more)
            }
            context.merge(self.context(of: answer)) { _, own in own }
        }
        let template = part == .whole ? "search" : part.rawValue
        var response = frame.response(template, title: title, path: "/", context)
        if part != .whole { response.headers[.cacheControl] = "no-store" }
        return response
    }

    private var title: String { question.text.isEmpty ? "" : String(question.text.prefix(80)) }

    // MARK: - The answer

    private func context(of answer: PageAnswer) -> [String: JSONValue] {
        var tray: JSONValue = .null
        if !question.like.isEmpty || !question.unlike.isEmpty {
            tray = .object([
                "hasLiked": .bool(!answer.liked.isEmpty), "liked": trayPapers(answer.liked, \.like),
                "hasUnliked": .bool(!answer.unliked.isEmpty), "unliked": trayPapers(answer.unliked, \.unlike),
            ])
        }
        var hidden = (question.chosen["author"] ?? []).map { ("author", $0) }
        // Without papers there is no histogram that would keep the years.
        if let years = question.years, (answer.facets?.year ?? []).isEmpty { hidden.append(("year", years)) }
        return [
            "tray": tray, "hiddenFields": Self.fields(hidden),
            "answer": .object(results(answer).merging(PageFilters(question: question, answer: answer).context) { $1 }),
        ]
    }

    private func trayPapers(_ papers: [Paper], _ side: WritableKeyPath<PageQuestion, [String]>) -> JSONValue {
        .list(
            papers.map { paper in
                [
                    "id": .string(paper.id), "title": .string(paper.headline),
                    "href": .string(frame.paperHref(paper.id)),
                    "removeHref": .string(question.toggling(paper.id, among: side).href),
                ]
            })
    }

    static func fields(_ fields: [(name: String, value: String)]) -> JSONValue {
        .list(fields.map { ["name": .string($0.name), "value": .string($0.value)] })
    }

    private func results(_ answer: PageAnswer) -> [String: JSONValue] {
        let cards = answer.entries.map { PageCard(entry: $0, question: question, frame: frame).context }
        let heading = heading(of: answer)
        let milliseconds = max(1, Int((answer.duration / .milliseconds(1)).rounded()))
        return [
            "heading": .string(heading), "timing": .string("\(milliseconds) ms"),
            "announcement": .string("\(heading), \(milliseconds) ms"),
            "sorts": .list(
                PaperOrder.allCases.map {
                    [
                        "value": .string($0.rawValue), "label": .string($0.rawValue),
                        "chosen": .bool($0 == question.sort),
                    ]
                }),
            "remarks": .list(remarks(on: answer)), "hasCards": .bool(!cards.isEmpty), "cards": .list(cards),
            "questionFields": Self.fields(
                question.fields + (question.sort == .relevance ? [] : [("sort", question.sort.rawValue)])),
            "more": more(answer),
        ]
    }

    private func heading(of answer: PageAnswer) -> String {
        let shown = question.offset + answer.entries.count
        if let total = answer.total { return counted(total, "paper") }
        if answer.entries.isEmpty { return "No paper" }
        return answer.hasMore ? "The best \(counted(shown, "paper"))" : counted(shown, "paper")
    }

    private func more(_ answer: PageAnswer) -> JSONValue {
        guard answer.hasMore else { return .null }
        var whole = question
        whole.offset = 0
        whole.count = question.offset + answer.entries.count + PageQuestion.usualCount
        var next = question
        (next.count, next.offset) = (PageQuestion.usualCount, 0)
        let place = question.offset + answer.entries.count
        return .object([
            "label": "More papers", "href": .string(whole.href), "nextRank": .integer(place + 1),
            "partHref": .string(
                next.href(with: [
                    ("offset", String(place)), ("count", String(PageQuestion.usualCount)), ("part", Part.more.rawValue),
                ])),
        ])
    }

    // MARK: - Remarks

    private func remarks(on answer: PageAnswer) -> [[String: JSONValue]] {
        var remarks = answer.remarks.map { ["text": JSONValue.string($0), "links": []] }
        if answer.entries.isEmpty, question.isFiltered, answer.remarks.isEmpty {
            remarks.append([
                "text": "No paper meets the filters.",
                "links": .list([
                    ["label": "Ask without filters", "href": .string(question.withoutFilters.href)]
                ]),
            ])
        }
        return remarks + (answer.ranked?.remarks() ?? []).compactMap(context)
    }

    /// A remark with the links that go with it; `nil` for what the heading says.
    private func context(of remark: AnswerRemark) -> [String: JSONValue]? {
        var links: [JSONValue] = []
        switch remark {
        case .nothingFound: return nil
        case .correction(let correction):
            var literal = question.first
            literal.text = question.text.replacing(correction.written, with: "+\(correction.written)")
            links = [["label": .string("Search '\(correction.written)' alone"), "href": .string(literal.href)]]
        default: break
        }
        return ["text": .string(remark.text), "links": .array(links)]
    }
}
