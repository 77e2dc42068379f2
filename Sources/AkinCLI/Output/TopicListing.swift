import Akin
import Foundation
import Papers

/// Topics as a person reads them in a terminal.
enum TopicListing {
    /// The typical papers that are shown of each topic.
    private static let paperCount = 2
    /// The years of a trend.
    private static let yearCount = 10

    /// The lines of topics: the number of papers, the name, further terms, and typical papers.
    static func lines(_ answer: TopicAnswer, showsTrend: Bool) -> [String] {
        let counts = answer.topics.map { grouped($0.paperCount) }
        let width = counts.map(\.count).max() ?? 0
        let margin = String(repeating: " ", count: width + 2)
        let room = max(20, (Terminal.isInteractive ? Terminal.width : 100) - margin.count)
        return zip(answer.topics, counts).flatMap { topic, count in
            let place = String(repeating: " ", count: width - count.count) + count
            let head = TextStyle.accent(place) + "  " + TextStyle.bold(oneLine(topic.name))
            var details: [String] = []
            if showsTrend { details.append(trend(of: topic, answer)) }
            let named = Set(topic.name.components(separatedBy: ", "))
            let others = topic.terms.map(\.text).filter { !named.contains($0) }
            if !others.isEmpty { details.append(others.joined(separator: ", ")) }
            details += topic.typicalPapers.prefix(paperCount).map { paper in
                "· " + PaperListing.headline(of: paper) + (paper.year.map { " (\($0))" } ?? "")
            }
            return [head] + details.map { margin + TextStyle.dim(shortened(oneLine($0), to: room)) }
        }
    }

    /// A line on all of them.
    static func summary(_ answer: TopicAnswer) -> String {
        let (topics, outside) = (answer.topics.count, answer.outsideCount)
        let rest = outside > 0 ? " \(grouped(outside)) papers have no topic." : ""
        return "\(topics) \(topics == 1 ? "topic" : "topics") of \(grouped(answer.paperCount)) papers.\(rest)"
    }

    /// The share of all papers in the last years, a bar for each year, and how it has changed.
    private static func trend(of topic: Topic, _ answer: TopicAnswer) -> String {
        let years = answer.years.keys.sorted().suffix(yearCount)
        guard let first = years.first, let last = years.last else { return "no paper has a year" }
        let shares = years.map { Double(topic.years[$0] ?? 0) / Double(answer.years[$0] ?? 1) }
        let largest = shares.max() ?? 0
        let bars = shares.map { share in
            largest > 0 ? String(steps[Int((share / largest * Double(steps.count - 1)).rounded())]) : "▁"
        }
        let growth = topic.growth.map { String(format: "  ×%.2f in three years", $0) } ?? ""
        return "\(bars.joined()) \(first)–\(last)\(growth)"
    }

    private static let steps = Array("▁▂▃▄▅▆▇█")

    /// A number with a comma between thousands.
    static func grouped(_ number: Int) -> String {
        let digits = Array(String(number))
        return digits.enumerated().map { place, digit in
            (place > 0 && (digits.count - place) % 3 == 0 ? "," : "") + String(digit)
        }.joined()
    }
}
