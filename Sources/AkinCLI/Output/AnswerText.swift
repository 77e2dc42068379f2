import Akin
import AkinReports
import Ranking

extension SearchAnswer {
    /// The words that a remark names before it counts the rest.
    private static let namedWords = 10

    /// The answer as a command's result. An answer without a close paper ends with status 1.
    ///
    /// - Parameters:
    ///   - query: The question.
    ///   - heading: A line above the papers.
    ///   - elapsed: How long the library took to answer.
    ///   - unknownFilters: The entries of the filter that no paper has.
    ///   - listing: How papers are listed.
    ///   - groups: The group of each paper, if papers stand together by one.
    ///   - reasons: How much the explanations say.
    ///   - filed: How many papers were filed; `nil` if the command was not asked to.
    /// - Returns: The result.
    func result(
        query: String, heading: String? = nil, elapsed: Duration, unknownFilters: [UnknownFilter] = [],
        listing: ListingStyle = .standard, groups: [String]? = nil, reasons: ExplanationDetail = .brief,
        filed: Int? = nil
    ) -> CommandResult<AnswerReport> {
        var report = AnswerReport(query: query, answer: self, elapsed: elapsed, unknownFilters: unknownFilters)
        report.filed = filed
        return CommandResult(
            report: report,
            text: {
                // A person's own lines go to another program.
                if case .format = listing { return PaperListing.lines(hits, listing) }
                let headings = hits.isEmpty ? [] : [heading].compactMap(\.self).map(TextStyle.dim.callAsFunction)
                return headings
                    + (groups.map { GroupedHits(hits, named: $0).lines(listing, reasons: reasons) }
                        ?? PaperListing.lines(hits, listing, reasons: reasons))
            },
            remarks: remarks(unknownFilters) + (filed.map { [filingRemark($0)] } ?? []),
            // A condition that does not hold is told, however quiet the command is.
            failures: syntaxError.map { error in
                [
                    "Searched as words, because the question has no meaning with its signs: \(error) --literal searches "
                        + "any text as words."
                ]
            } ?? [],
            status: hits.isEmpty || !isClose ? .nothingFound : .done
        )
    }

    private func filingRemark(_ count: Int) -> String {
        if !isClose { return "No paper was filed, because none is close." }
        return "Filed \(count) \(count == 1 ? "paper" : "papers"); akin undo takes it back."
    }

    private func remarks(_ unknownFilters: [UnknownFilter]) -> [String] {
        if let unmet { return [unmet.remark] + unknownFilters.map(\.remark) }
        let share = metCount.flatMap { shareRemark(shown: hits.count, from: (hits.first?.rank ?? 1) - 1, of: $0) }
        return remarksOnWords(unknownFilters) + [share].compactMap(\.self)
    }

    /// What is to be said about the words of the question.
    private func remarksOnWords(_ unknownFilters: [UnknownFilter]) -> [String] {
        if let absentID { return ["The library has no paper with the id '\(oneLine(absentID))'."] }
        var remarks = unknownFilters.map(\.remark)
        if hits.isEmpty, remarks.isEmpty {
            remarks.append("No paper found.")
        } else if !hits.isEmpty, !isClose {
            remarks.append("Nothing close: these are the nearest papers, and perhaps none is on the subject.")
        }
        for correction in corrections {
            remarks.append("Also searched '\(correction.searched)' for '\(correction.written)'.")
        }
        if !unknownWords.isEmpty {
            let words = unknownWords.prefix(Self.namedWords).map { "'\($0)'" }.joined(separator: ", ")
            let rest = unknownWords.count - Self.namedWords
            remarks.append("No paper has \(words)\(rest > 0 ? " and \(rest) more" : "").")
        }
        if !suggestions.isEmpty { remarks.append("Did you mean \(oneLine(suggestions.joined(separator: ", ")))?") }
        return remarks
    }
}

/// Says how many papers there are besides those that are listed; `nil` if there are none after them.
///
/// - Parameters:
///   - shown: The papers that are listed.
///   - offset: The papers before them.
///   - total: All papers.
/// - Returns: The remark.
func shareRemark(shown: Int, from offset: Int, of total: Int) -> String? {
    guard shown > 0, offset + shown < total else { return nil }
    let range = offset == 0 ? "\(shown)" : "\(offset + 1) to \(offset + shown)"
    return "\(range) of \(total) papers. --offset \(offset + shown) lists the next."
}

extension UnmetCondition {
    /// What a person reads about it.
    var remark: String {
        if others.isEmpty { return oneLine("No paper meets '\(condition)'.") }
        let papers = paperCount == 1 ? "The one paper that meets" : "None of the \(paperCount) papers that meet"
        return oneLine("\(papers) '\(others)' \(paperCount == 1 ? "does not meet" : "meets") '\(condition)'.")
    }
}

extension UnknownFilter {
    /// What a person reads about it.
    var remark: String {
        let list = oneLine(suggestions.joined(separator: ", "))
        let nearest = suggestions.isEmpty ? "" : part == .field ? " There are \(list)." : " Did you mean \(list)?"
        return "No paper has the \(part.rawValue) '\(oneLine(value))'." + nearest
    }
}
