import Akin
import AkinReports
import Papers
import Ranking

/// How much an explanation says.
enum ExplanationDetail {
    /// What counts most, in five lines.
    case brief
    /// All numbers.
    case full
}

extension ReasonSummary {
    /// The lines of the summary and the sentence that says most, each after a margin.
    ///
    ///     both      streaming 41 %, memory 20 %
    ///     related   texts ~ documents 6 %
    ///     like      “Streaming memories” 18 %, “Long texts” 9 %
    ///     “Long texts need a memory that streams.”
    static func lines(_ explanation: Explanation, of paper: Paper, margin: String) -> [String] {
        let summary = ReasonSummary(explanation, of: paper)
        var lines = summary.lines.map { line in
            let items = line.items.map { item in
                let text = line.kind == .like ? ExplanationListing.shortTitle(item.text) : item.text
                return "\(text) \(Int((item.part * 100).rounded())) %"
            }
            let rest = line.furtherCount > 0 ? ["\(line.furtherCount) more"] : []
            return ExplanationListing.line(
                line.kind.rawValue, (items + rest).joined(separator: ", "), margin: margin)
        }
        if summary.isNamed {
            lines.insert(ExplanationListing.line("named", "the question names this paper", margin: margin), at: 0)
        }
        if let range = explanation.bestSentence,
            let sentence = ExplanationListing.sentence(range, of: paper.abstract, margin: margin)
        {
            lines.append(sentence)
        }
        return lines
    }
}
