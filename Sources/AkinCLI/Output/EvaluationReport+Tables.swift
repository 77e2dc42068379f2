import AkinReports
import Foundation
import RetrievalEvaluation

extension EvaluationReport {
    /// The report for people: a table of means, one of comparisons, and one of its queries for every dataset that lists
    /// them.
    func text(markdown: Bool) -> String {
        let tables = [meanTable] + [comparisonTable].compactMap(\.self) + datasets.compactMap(queryTable)
        return tables.map { markdown ? $0.markdown : $0.text }.joined(separator: "\n\n")
    }

    /// The means of every ranking. Several datasets add rows for the mean over them.
    private var meanTable: Table {
        let isOne = mean == nil
        let showsQPS = datasets.contains { $0.rankings.contains { $0.kind == .mode } }
        let lead = isOne ? [showsQPS ? "mode" : "run"] : ["dataset", "ranking"]
        var table = Table(
            title: isOne
                ? "\(datasets[0].name): \(datasets[0].queryCount) judged queries" : "\(datasets.count) datasets",
            headings: lead + measures.map(\.description) + (showsQPS ? ["QPS"] : []),
            textColumns: lead.count
        )
        func add(_ dataset: String, _ rankings: [Ranking]) {
            for (index, ranking) in rankings.enumerated() {
                var cells = isOne ? [] : [Table.Cell(index == 0 ? dataset : "")]
                cells.append(Table.Cell(ranking.name))
                cells += ranking.figures.map {
                    Table.Cell(String(format: "%.4f", $0.mean), range: $0.interval.map(range))
                }
                if showsQPS {
                    cells.append(Table.Cell(ranking.queriesPerSecond.map { String(format: "%.0f", $0) } ?? ""))
                }
                table.rows.append(cells)
            }
        }
        for dataset in datasets { add(dataset.name, dataset.rankings) }
        if let mean { add("mean", mean.rankings) }
        let notes = [resampling.map(intervalNote), tieNote].compactMap(\.self)
        table.note = notes.isEmpty ? nil : notes.joined(separator: "\n")
        return table
    }

    private func intervalNote(_ resampling: Resampling) -> String {
        "Ranges: 95 % bootstrap intervals (BCa) over queries, \(resampling.count) samples, seed \(resampling.seed)."
    }

    /// Which files have equal scores, whose order is a convention.
    private var tieNote: String? {
        let tied = datasets.flatMap(\.rankings).compactMap { ranking -> String? in
            guard let tied = ranking.tiedScores, let papers = ranking.rankedPapers, tied > 0 else { return nil }
            return "\(tied) of \(papers) in \(ranking.name)"
        }
        guard !tied.isEmpty else { return nil }
        return "Tied scores: \(tied.joined(separator: ", ")). "
            + "Of equal scores the greater id comes first, as in trec_eval."
    }

    /// The comparisons with the first ranking. A table over several datasets has only those by the first measure.
    private var comparisonTable: Table? {
        guard let resampling, let rankings = datasets.first?.rankings, rankings.count > 1 else { return nil }
        let isOne = mean == nil
        let isCorrected = rankings.count > 2
        var table = Table(
            title: "Against \(rankings[0].name)" + (isOne ? "" : ", by \(measures[0])"),
            headings: (isOne ? ["ranking", "measure"] : ["dataset", "ranking"])
                + ["difference", "wins", "ties", "losses", "p"] + (isCorrected ? ["p (Holm)"] : []) + ["p (t-test)"],
            textColumns: 2
        )
        func add(_ dataset: String, _ comparisons: [Comparison]) {
            var previous = ""
            for comparison in comparisons where isOne || comparison.measure == measures[0] {
                let result = comparison.result
                let first = isOne ? comparison.ranking : dataset
                let second = isOne ? comparison.measure.description : comparison.ranking
                let corrected = comparison.correctedP.map { [Table.Cell(probability($0))] } ?? []
                let cells = [
                    Table.Cell(first == previous ? "" : first), Table.Cell(second),
                    Table.Cell(String(format: "%+.4f", result.meanDifference), range: result.interval.map(signedRange)),
                    Table.Cell("\(result.wins)"), Table.Cell("\(result.ties)"), Table.Cell("\(result.losses)"),
                    Table.Cell(probability(result.randomizationTest.pValue)),
                ]
                table.rows.append(cells + corrected + [Table.Cell(result.tTest.map { probability($0.pValue) } ?? "")])
                previous = first
            }
        }
        for dataset in datasets { add(dataset.name, dataset.comparisons) }
        if let mean { add("mean", mean.comparisons) }
        table.note =
            "p: paired randomization test, two-sided, \(resampling.count) permutations, seed \(resampling.seed)."
            + (isCorrected
                ? "\np (Holm): corrected for the \(rankings.count - 1) rankings that a measure compares." : "")
        return table
    }

    /// The value of each query by the first measure, and how the later rankings differ from the first.
    private func queryTable(of dataset: Dataset) -> Table? {
        guard let queries = dataset.queries else { return nil }
        let names = dataset.rankings.map(\.name)
        var table = Table(
            title: "\(dataset.name): \(measures[0]) by query",
            headings: ["query"] + names + names.dropFirst().map { "Δ \($0)" },
            textColumns: 1
        )
        for query in queries {
            let values = query.rankings.map { $0.figures[0].mean }
            table.rows.append(
                [Table.Cell(query.query)] + values.map { Table.Cell(String(format: "%.4f", $0)) }
                    + values.dropFirst().map { Table.Cell(String(format: "%+.4f", $0 - values[0])) }
            )
        }
        return table
    }

    private func range(_ interval: ConfidenceInterval) -> String {
        String(format: "%.3f..%.3f", interval.lower, interval.upper)
    }

    private func signedRange(_ interval: ConfidenceInterval) -> String {
        String(format: "%+.3f..%+.3f", interval.lower, interval.upper)
    }

    private func probability(_ value: Double) -> String {
        value < 0.0001 ? "<0.0001" : String(format: "%.4f", value)
    }
}
