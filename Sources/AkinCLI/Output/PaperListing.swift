import Akin
import Foundation
import Papers

/// Papers as a person reads them in a terminal: the title, and under it year, venue and id.
enum PaperListing {
    /// The lines of ranked papers, with their scores and z-scores.
    static func lines(_ hits: [SearchAnswer.Hit]) -> [String] {
        let places = String(hits.count).count
        return hits.flatMap { hit in
            let place = String(repeating: " ", count: places - String(hit.rank).count) + "\(hit.rank)"
            let lines = entry(
                place: TextStyle.dim(place), score: String(format: "%.3f", hit.score), paper: hit.paper, indent: places,
                remark: hit.zScore.map { String(format: "%.1fσ", $0) })
            let margin = String(repeating: " ", count: places + 9)
            let reasons = hit.explanation.map { ExplanationListing.lines($0, of: hit.paper, margin: margin) }
            let same = hit.duplicates.map { margin + TextStyle.dim("also \(oneLine($0.id)) · \(headline(of: $0))") }
            return lines + same + (reasons ?? [])
        }
    }

    /// The lines of papers that are not ranked.
    static func lines(_ papers: [Paper]) -> [String] {
        papers.flatMap { entry(place: "", score: nil, paper: $0, indent: 0) }
    }

    private static func entry(
        place: String, score: String?, paper: Paper, indent: Int, remark: String? = nil
    ) -> [String] {
        let start = place.isEmpty ? "" : place + "  "
        let number = score.map { TextStyle.accent($0) + "  " } ?? ""
        let margin = String(repeating: " ", count: indent + (place.isEmpty ? 0 : 2) + (score.map { $0.count + 2 } ?? 0))
        // A terminal's lines are broken between words. What goes to a file or another program stays whole.
        let width = Terminal.isInteractive ? Terminal.width : Int.max
        let lines = wrapped(headline(of: paper), width: width, indent: margin).split(separator: "\n")
        let first = lines.first.map { String($0.dropFirst(margin.count)) } ?? ""
        return [start + number + TextStyle.bold(first)]
            + lines.dropFirst().map { TextStyle.bold(String($0)) }
            + [margin + TextStyle.dim(details(of: paper) + (remark.map { " · " + $0 } ?? ""))]
    }

    /// All that is known of a paper.
    static func card(_ paper: Paper) -> String {
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
        var lines = [TextStyle.bold(headline(of: paper))] + fieldLines(fields.filter { !$0.value.isEmpty })
        if !paper.abstract.isEmpty { lines += ["", wrapped(paper.abstract, width: min(100, Terminal.width))] }
        for (name, text) in paper.fields.map({ ($0.name, $0.text) }) + paper.notes.map({ ("note", $0) }) {
            lines += ["", TextStyle.dim(oneLine(name))]
            lines += text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                wrapped(oneLine(String(line)), width: min(100, Terminal.width))
            }
        }
        return lines.joined(separator: "\n")
    }

    /// The title, or the beginning of the first text for a paper without a title, or its authors without both.
    static func headline(of paper: Paper) -> String {
        if !paper.title.isEmpty { return oneLine(paper.title) }
        if let text = ([paper.abstract] + paper.fields.map(\.text)).first(where: { !$0.isEmpty }) {
            return oneLine(String(text.prefix(80)) + "…")
        }
        return oneLine((["(no title)"] + paper.authors.prefix(3)).joined(separator: " · "))
    }

    /// Year, venue and id, as far as they are known.
    static func details(of paper: Paper) -> String {
        [paper.year.map(String.init), paper.venue, paper.id].compactMap(\.self).filter { !$0.isEmpty }
            .map(oneLine).joined(separator: " · ")
    }
}

/// Text cut into lines for a terminal.
func wrapped(_ text: String, width: Int, indent: String = "") -> String {
    var lines: [String] = []
    var line = ""
    for word in text.split(whereSeparator: \.isWhitespace) {
        if !line.isEmpty, indent.count + line.count + 1 + word.count > width {
            lines.append(indent + line)
            line = ""
        }
        line += (line.isEmpty ? "" : " ") + word
    }
    if !line.isEmpty { lines.append(indent + line) }
    return lines.joined(separator: "\n")
}
