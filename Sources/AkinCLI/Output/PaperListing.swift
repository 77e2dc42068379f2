import Akin
import Foundation
import Papers

/// Papers as a person reads them in a terminal: the title, and under it year, venue and id.
struct PaperListing {
    /// Ranked papers with their scores, and how far above chance they lie, in standard deviations.
    static func print(_ hits: [SearchAnswer.Hit]) {
        let places = String(hits.count).count
        for hit in hits {
            let place = String(repeating: " ", count: places - String(hit.rank).count) + "\(hit.rank)"
            line(
                place: TextStyle.dim(place), score: String(format: "%.3f", hit.score), paper: hit.paper, indent: places,
                remark: hit.zScore.map { String(format: "%.1fσ", $0) })
            guard let explanation = hit.explanation else { continue }
            let margin = String(repeating: " ", count: places + 9)
            for line in ExplanationListing.lines(explanation, of: hit.paper, margin: margin) { Swift.print(line) }
        }
    }

    /// Papers in no order but their own.
    static func print(_ papers: [Paper]) {
        for paper in papers { line(place: "", score: nil, paper: paper, indent: 0) }
    }

    private static func line(place: String, score: String?, paper: Paper, indent: Int, remark: String? = nil) {
        let start = place.isEmpty ? "" : place + "  "
        let number = score.map { TextStyle.accent($0) + "  " } ?? ""
        let margin = String(repeating: " ", count: indent + (place.isEmpty ? 0 : 2) + (score.map { $0.count + 2 } ?? 0))
        // A terminal's lines are broken between words; what goes to a file or another program stays whole.
        let width = Terminal.isInteractive ? Terminal.width : Int.max
        let lines = wrapped(headline(of: paper), width: width, indent: margin).split(separator: "\n")
        let first = lines.first.map { String($0.dropFirst(margin.count)) } ?? ""
        Swift.print(start + number + TextStyle.bold(first))
        for line in lines.dropFirst() { Swift.print(TextStyle.bold(String(line))) }
        Swift.print(margin + TextStyle.dim(details(of: paper) + (remark.map { " · " + $0 } ?? "")))
    }

    /// The title, or for a paper that has none the beginning of its abstract.
    static func headline(of paper: Paper) -> String {
        paper.title.isEmpty ? String(paper.abstract.prefix(80)) + "…" : paper.title
    }

    /// Year, venue and id, those that are known.
    static func details(of paper: Paper) -> String {
        [paper.year.map(String.init), paper.venue, paper.id].compactMap(\.self).filter { !$0.isEmpty }
            .joined(separator: " · ")
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
