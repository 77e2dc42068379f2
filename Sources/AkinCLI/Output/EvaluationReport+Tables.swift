import Foundation
import RetrievalEvaluation

extension EvaluationReport {
    /// Prints the report for people: a table of means, one of comparisons, and for every dataset one of its queries.
    func writeTables(perQuery: Bool, markdown: Bool) {
        var parts = [table(of: datasets)]
        if let comparisons = comparisonTable { parts.append(comparisons) }
        if perQuery { parts += datasets.map(queryTable) }
        print(parts.map { markdown ? $0.markdown : $0.text }.joined(separator: "\n\n"))
    }

    /// The means of every row, with a row for the mean over several datasets.
    private func table(of datasets: [Dataset]) -> Table {
        let isOne = datasets.count == 1
        let showsQPS = datasets.contains { $0.rows.contains { $0.kind == .mode } }
        let lead = isOne ? [datasets[0].rows.contains { $0.kind == .mode } ? "mode" : "run"] : ["dataset", "ranking"]
        var table = Table(
            title: isOne
                ? "\(datasets[0].name): \(datasets[0].qrels.queryCount) judged queries"
                : "\(datasets.count) datasets",
            headings: lead + measures.map(\.description) + (showsQPS ? ["QPS"] : []),
            textColumns: lead.count
        )
        func add(_ dataset: String, _ row: Row, isFirst: Bool, figures: [Figure], qps: Double?) {
            var cells = isOne ? [Table.Cell(row.name)] : [Table.Cell(isFirst ? dataset : ""), Table.Cell(row.name)]
            for figure in figures {
                cells.append(Table.Cell(String(format: "%.4f", figure.mean), range: figure.interval.map(range)))
            }
            if showsQPS { cells.append(Table.Cell(qps.map { String(format: "%.0f", $0) } ?? "")) }
            table.rows.append(cells)
        }
        for dataset in datasets {
            for (index, row) in dataset.rows.enumerated() {
                add(
                    dataset.name, row, isFirst: index == 0, figures: measures.map { figure(row, $0) },
                    qps: row.kind == .mode ? row.evaluation.queriesPerSecond ?? 0 : nil
                )
            }
        }
        if !isOne {
            for (index, row) in datasets[0].rows.enumerated() {
                add("mean", row, isFirst: index == 0, figures: measures.map { meanFigure(row: index, $0) }, qps: nil)
            }
        }
        if let resampling {
            table.note =
                "Ranges: 95 % bootstrap intervals (BCa) over queries, \(resampling.count) samples, seed "
                + "\(resampling.seed)."
        }
        return table
    }

    /// The comparisons with the first row, by every measure or, over several datasets, by the first.
    private var comparisonTable: Table? {
        guard let resampling, let rows = datasets.first?.rows, rows.count > 1 else { return nil }
        let isOne = datasets.count == 1
        var table = Table(
            title: "Against \(rows[0].name)" + (isOne ? "" : ", by \(measures[0])"),
            headings: (isOne ? ["ranking", "measure"] : ["dataset", "ranking"])
                + ["difference", "wins", "ties", "losses", "p", "p (t-test)"],
            textColumns: 2
        )
        var parts = datasets.map { ($0.name, [$0]) }
        if !isOne { parts.append(("mean", datasets)) }
        for (name, datasets) in parts {
            let measures = isOne ? measures[...] : measures.prefix(1)
            var previous = ""
            for comparison in comparisons(on: datasets, by: Array(measures)) {
                let result = comparison.result
                let first = isOne ? comparison.row.name : name
                let second = isOne ? comparison.measure.description : comparison.row.name
                table.rows.append([
                    Table.Cell(first == previous ? "" : first), Table.Cell(second),
                    Table.Cell(String(format: "%+.4f", result.meanDifference), range: result.interval.map(signedRange)),
                    Table.Cell("\(result.wins)"), Table.Cell("\(result.ties)"), Table.Cell("\(result.losses)"),
                    Table.Cell(probability(result.randomizationTest.pValue)),
                    Table.Cell(result.tTest.map { probability($0.pValue) } ?? ""),
                ])
                previous = first
            }
        }
        table.note =
            "p: paired randomization test, two-sided, \(resampling.count) permutations, seed \(resampling.seed)."
        return table
    }

    /// The value of each query by the first measure, and how the rows after the first differ from it.
    private func queryTable(of dataset: Dataset) -> Table {
        let rows = dataset.rows
        var table = Table(
            title: "\(dataset.name): \(measures[0]) by query",
            headings: ["query"] + rows.map(\.name) + rows.dropFirst().map { "Δ \($0.name)" },
            textColumns: 1
        )
        let values = rows.map { $0.evaluation.values(of: measures[0]) }
        for (index, query) in dataset.qrels.queryIDs.enumerated() {
            table.rows.append(
                [Table.Cell(query.rawValue)] + values.map { Table.Cell(String(format: "%.4f", $0[index])) }
                    + values.dropFirst().map { Table.Cell(String(format: "%+.4f", $0[index] - values[0][index])) }
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
