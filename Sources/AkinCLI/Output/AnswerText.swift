import Akin
import AkinReports

extension SearchAnswer {
    /// The words that a remark names before it counts the rest.
    private static let namedWords = 10

    /// The answer as a command's result. An answer without papers ends with status 1.
    ///
    /// - Parameters:
    ///   - query: The question.
    ///   - heading: A line above the papers.
    ///   - elapsed: How long the library took to answer.
    ///   - listsFar: Whether to list papers even if none is close to the question.
    ///   - unknownFilters: The entries of the filter that no paper has.
    /// - Returns: The result.
    func result(
        query: String, heading: String? = nil, elapsed: Duration, listsFar: Bool,
        unknownFilters: [UnknownFilter] = []
    ) -> CommandResult<AnswerReport> {
        let listed = listed(includingFar: listsFar)
        return CommandResult(
            report: AnswerReport(
                query: query, answer: listed, elapsed: elapsed, unknownFilters: unknownFilters),
            text: {
                let headings = listed.hits.isEmpty ? [] : [heading].compactMap(\.self).map(TextStyle.dim.callAsFunction)
                return headings + PaperListing.lines(listed.hits)
            },
            remarks: listed.remarks(nearest: hits.first, unknownFilters),
            status: listed.hits.isEmpty ? .nothingFound : .done
        )
    }

    private func remarks(nearest: Hit?, _ unknownFilters: [UnknownFilter]) -> [String] {
        if let absentID { return ["The library has no paper with the id '\(absentID)'."] }
        var remarks = unknownFilters.map(\.remark)
        if hits.isEmpty, let nearest {
            remarks.append(
                "Nothing close: the nearest is \"\(PaperListing.headline(of: nearest.paper))\". --far lists the rest.")
        } else if hits.isEmpty, remarks.isEmpty {
            remarks.append("No paper found.")
        }
        if !unknownWords.isEmpty {
            let words = unknownWords.prefix(Self.namedWords).map { "'\($0)'" }.joined(separator: ", ")
            let rest = unknownWords.count - Self.namedWords
            remarks.append("No paper has \(words)\(rest > 0 ? " and \(rest) more" : "").")
        }
        if !suggestions.isEmpty { remarks.append("Did you mean \(suggestions.joined(separator: ", "))?") }
        return remarks
    }
}

extension UnknownFilter {
    /// What a person reads about it.
    var remark: String {
        let nearest = suggestions.isEmpty ? "" : " Did you mean \(suggestions.joined(separator: ", "))?"
        return "No paper has the \(part.rawValue) '\(value)'." + nearest
    }
}
