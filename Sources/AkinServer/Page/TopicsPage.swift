import Akin
import AkinAgents
import Foundation
import HTTPTypes
import Hummingbird
import Papers

/// The page of the topics, with what they grew by.
struct TopicsPage {
    let frame: PageFrame

    /// How long the page waits for topics before it says that they are being looked for.
    private static let patience = Duration.milliseconds(600)
    /// The years of a small chart.
    private static let charted = 12
    private static let typical = 3
    private static let words = 10

    func response() async throws -> Response {
        switch try await frame.library.explorations.topics(patience: Self.patience) {
        case .running(let fraction):
            frame.response(
                "topics", title: "Topics", path: "/topics",
                [
                    "heading": "Topics", "summary": "Looking for topics among all papers …", "hasTopics": false,
                    "topics": [],
                    "computing": .object(["computedPart": .string("\(Int((fraction * 100).rounded()))")]),
                ])
        case .done(let index):
            frame.response(
                "topics", title: "Topics", path: "/topics",
                [
                    "heading": "Topics",
                    "summary": .string(
                        "\(counted(index.answer.topics.count, "topic")) among "
                            + "\(counted(index.answer.paperCount, "paper"))."),
                    "hasTopics": .bool(!index.answer.topics.isEmpty),
                    "topics": .list(
                        index.answer.topics.map { context(of: $0, lastYear: index.answer.years.keys.max()) }),
                ])
        }
    }

    private func context(of topic: Topic, lastYear: Int?) -> [String: JSONValue] {
        let last = lastYear ?? 0
        let years = (last - Self.charted + 1)...last
        let highest = max(1, years.map { topic.years[$0] ?? 0 }.max() ?? 1)
        let bars: [[String: JSONValue]] = years.enumerated().map { place, year in
            let height = 1000 * Double(topic.years[year] ?? 0) / Double(highest)
            return ["x": .integer(place), "height": .number(height.rounded() / 10)]
        }
        return [
            "label": .string(topic.name), "href": .string(frame.href("/", [("topic", topic.name)])),
            "tally": .string(counted(topic.paperCount, "paper")),
            "growth": .text(topic.growth.map { "× \(($0 * 10).rounded() / 10) in three years" }),
            "words": .string(topic.terms.prefix(Self.words).map(\.text).joined(separator: ", ")),
            "papers": .list(topic.typicalPapers.prefix(Self.typical).map { frame.line($0) }),
            "barCount": .integer(bars.count), "bars": .list(bars), "firstYear": .integer(years.lowerBound),
            "lastYear": .integer(years.upperBound),
            "sparkLabel": .string(
                "Papers of each year: " + years.map { "\(topic.years[$0] ?? 0) in \($0)" }.joined(separator: ", ")),
        ]
    }
}
