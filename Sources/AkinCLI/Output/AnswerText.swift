import Akin
import AkinReports
import Ranking

extension SearchAnswer {
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
    ///   - libraries: The name of each paper's library, if several were asked.
    /// - Returns: The result.
    func result(
        query: String, heading: String? = nil, elapsed: Duration, unknownFilters: [UnknownFilter] = [],
        listing: ListingStyle = .standard, groups: [String]? = nil, reasons: ExplanationDetail = .brief,
        filed: Int? = nil, libraries: [String]? = nil
    ) -> CommandResult<AnswerReport> {
        var report = AnswerReport(query: query, answer: self, elapsed: elapsed, unknownFilters: unknownFilters)
        report.filed = filed
        if let libraries { for place in hits.indices { report.results[place].library = libraries[place] } }
        let names = libraries.map { Dictionary(uniqueKeysWithValues: zip(hits.map(\.rank), $0)) } ?? [:]
        func note(_ hit: SearchAnswer.Hit, _ margin: String) -> [String] {
            names[hit.rank].map { [margin + TextStyle.dim("in \(oneLine($0))")] } ?? []
        }
        return CommandResult(
            report: report,
            text: {
                // A person's own lines go to another program.
                if case .format = listing { return PaperListing.lines(hits, listing) }
                let headings = hits.isEmpty ? [] : [heading].compactMap(\.self).map(TextStyle.dim.callAsFunction)
                return headings
                    + (groups.map { GroupedHits(hits, named: $0).lines(listing, reasons: reasons) }
                        ?? PaperListing.lines(hits, listing, reasons: reasons, note: note))
            },
            remarks: lines(on: unknownFilters) + (filed.map { [filingRemark($0)] } ?? []),
            // A condition that does not hold is told, however quiet the command is.
            failures: syntaxError.map { error in
                [AnswerRemark.syntaxError(error).line + " --literal searches any text as words."]
            } ?? [],
            status: hits.isEmpty || !isClose ? .nothingFound : .done
        )
    }

    private func filingRemark(_ count: Int) -> String {
        if !isClose { return "No paper was filed, because none is close." }
        return "Filed \(count) \(count == 1 ? "paper" : "papers"); akin undo takes it back."
    }

    private func lines(on unknownFilters: [UnknownFilter]) -> [String] {
        let remarks = remarks(unknownFilters).filter { if case .syntaxError = $0 { false } else { true } }
        let share = metCount.flatMap { shareRemark(shown: hits.count, from: (hits.first?.rank ?? 1) - 1, of: $0) }
        return remarks.map(\.line) + [share].compactMap(\.self)
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

extension AnswerRemark {
    /// The remark on a line of its own, whatever files and people have put into it.
    var line: String { oneLine(text) }
}

extension UnknownFilter {
    /// What a person reads about it, on a line of its own.
    var line: String { oneLine(remark) }
}
