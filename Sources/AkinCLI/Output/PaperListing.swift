import Akin
import AkinReports
import Foundation
import Papers
import Ranking

/// Papers as a person reads them in a terminal: the title, under it authors, year, venue and id, and the sentence that
/// says most.
enum PaperListing {
    /// The lines of ranked papers, with what tells how close they are.
    ///
    /// - Parameters:
    ///   - hits: The papers.
    ///   - style: How they are listed.
    ///   - detail: How much is told of explanations.
    ///   - note: Lines to set under a paper, behind a margin.
    /// - Returns: The lines.
    static func lines(
        _ hits: [SearchAnswer.Hit], _ style: ListingStyle = .standard, reasons detail: ExplanationDetail = .brief,
        note: (_ hit: SearchAnswer.Hit, _ margin: String) -> [String] = { _, _ in [] }
    ) -> [String] {
        if case .format(let format) = style { return hits.map { format.line(for: $0.paper, $0) } }
        let places = hits.map { String($0.rank).count }.max() ?? 0
        return hits.flatMap { hit in
            let place = String(repeating: " ", count: places - String(hit.rank).count) + "\(hit.rank)"
            let closeness = closeness(of: hit)
            let start = TextStyle.dim(place) + "  " + TextStyle.accent(closeness) + (closeness.isEmpty ? "" : "  ")
            let margin = String(
                repeating: " ", count: places + 2 + (closeness.isEmpty ? 0 : displayWidth(closeness) + 2))
            let same = hit.duplicates.map { margin + TextStyle.dim("also \(oneLine($0.id)) · \(headline(of: $0))") }
            let reasons = hit.explanation.map { explanation in
                switch detail {
                case .brief: ReasonSummary.lines(explanation, of: hit.paper, margin: margin)
                case .full: ExplanationListing.lines(explanation, of: hit.paper, margin: margin)
                }
            }
            // An explanation ends with the best sentence.
            let snippet = reasons == nil ? hit.snippet : nil
            return entry(hit.paper, start: start, margin: margin, style, snippet) + same + (reasons ?? [])
                + note(hit, margin)
        }
    }

    /// The lines of papers that are not ranked.
    static func lines(_ papers: [Paper], _ style: ListingStyle = .standard) -> [String] {
        if case .format(let format) = style { return papers.map { format.line(for: $0) } }
        return papers.flatMap { entry($0, start: "", margin: "", style, nil) }
    }

    /// How close a paper is: its z-score, or its score in a library that is too small to tell; nothing for a paper that
    /// is not ranked.
    private static func closeness(of hit: SearchAnswer.Hit) -> String {
        if let zScore = hit.zScore {
            let text = String(format: "%.1fσ", zScore)
            return String(repeating: " ", count: max(0, 5 - text.count)) + text
        }
        return hit.score == 0 ? "" : String(format: "%.3f", hit.score)
    }

    private static func entry(
        _ paper: Paper, start: String, margin: String, _ style: ListingStyle, _ snippet: Snippet?
    ) -> [String] {
        // A terminal's lines are broken between words. What goes to a file or another program stays whole.
        let width = Terminal.isInteractive ? Terminal.width : Int.max
        let lines = wrapped(headline(of: paper), width: width, indent: margin).split(separator: "\n")
        let first = lines.first.map { String($0.dropFirst(margin.count)) } ?? ""
        let address = Terminal.showsLinks ? paper.link : nil
        func linked(_ text: some StringProtocol) -> String {
            TextStyle.link(TextStyle.bold(String(text)), to: address)
        }
        let title = [start + linked(first)] + lines.dropFirst().map { margin + linked($0.dropFirst(margin.count)) }
        if case .titles = style { return title }
        let about = wrapped(details(of: paper), width: width, indent: margin).split(separator: "\n")
            .map { TextStyle.dim(String($0)) }
        if case .long = style {
            let abstract = paper.abstract.isEmpty ? [] : [wrapped(paper.abstract, width: width, indent: margin)]
            return title + about + abstract
        }
        return title + about + (snippet.map { Self.lines(of: $0, width: width, margin: margin) } ?? [])
    }

    /// The lines of a snippet that a listing shows.
    private static let snippetLines = 2

    /// A snippet in two lines at most, with the words of the question set off.
    private static func lines(of snippet: Snippet, width: Int, margin: String) -> [String] {
        var marked = ""
        let bytes = Array(snippet.text.utf8)
        var place = 0
        for match in snippet.matches where match.lowerBound >= place && match.upperBound <= bytes.count {
            marked += String(decoding: bytes[place..<match.lowerBound], as: UTF8.self)
            marked += TextStyle.accent(String(decoding: bytes[match], as: UTF8.self))
            place = match.upperBound
        }
        marked += String(decoding: bytes[place...], as: UTF8.self)
        let lines = wrapped(oneLine(marked), width: width, indent: margin).split(separator: "\n").map(String.init)
        guard lines.count > snippetLines else { return lines }
        return Array(lines.prefix(snippetLines - 1)) + [lines[snippetLines - 1] + " …"]
    }

    /// All that is known of a paper, and the papers near to it.
    static func card(_ paper: Paper, near neighbors: [Paper] = []) -> String {
        let date = paper.date ?? paper.year.map(String.init)
        let ids = [paper.id] + paper.alternateIDs
        var fields: [(name: String, value: String)] = [
            ("authors", paper.authors.joined(separator: ", ")),
            ("year", date ?? ""),
            ("venue", paper.venue ?? ""),
            ("categories", paper.categories.joined(separator: ", ")),
            ("keywords", paper.keywords.joined(separator: ", ")),
            ("type", paper.type ?? ""),
            ("language", paper.language ?? ""),
            ("url", paper.url ?? ""),
            ("id", ids.joined(separator: ", ")),
            ("key", paper.citationKey ?? ""),
            ("tags", paper.tags.joined(separator: ", ")),
            ("in", paper.collections.joined(separator: ", ")),
            ("files", paper.attachments.joined(separator: ", ")),
        ]
        for (name, values) in paper.attributes.sorted(by: { $0.key < $1.key }) {
            fields.append((name, values.joined(separator: "; ")))
        }
        // A link lies in one line, so the title is broken here.
        let width = Terminal.isInteractive ? Terminal.width : Int.max
        let title = wrapped(headline(of: paper), width: width).split(separator: "\n")
        var lines =
            title.map { TextStyle.link(TextStyle.bold(String($0)), to: paper.link) }
            + fieldLines(fields.filter { !$0.value.isEmpty })
        if !paper.abstract.isEmpty { lines += ["", wrapped(paper.abstract, width: min(100, Terminal.width))] }
        let notes = paper.notes.enumerated().map { place, text in
            (paper.notes.count > 1 ? "note \(place + 1)" : "note", text)
        }
        for (name, text) in paper.fields.map({ ($0.name, $0.text) }) + notes {
            lines += ["", TextStyle.dim(oneLine(name))]
            lines += text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                wrapped(oneLine(String(line)), width: min(100, Terminal.width))
            }
        }
        if !neighbors.isEmpty {
            lines += ["", TextStyle.dim("near")]
            lines += neighbors.map { neighbor in
                wrapped("\(headline(of: neighbor)) · \(oneLine(neighbor.id))", width: min(100, Terminal.width))
            }
        }
        return lines.joined(separator: "\n")
    }

    /// The title of a paper, or what stands for it, on one line.
    static func headline(of paper: Paper) -> String { oneLine(paper.headline) }

    /// Authors, year, venue and id on one line.
    static func details(of paper: Paper) -> String { oneLine(paper.detailsLine) }
}
