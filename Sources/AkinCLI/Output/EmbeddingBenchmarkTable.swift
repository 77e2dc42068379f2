import AkinReports
import Foundation
import RetrievalEvaluation

extension EmbeddingBenchmarkReport {
    /// The report for people: a table with a row for each space, and one of the further figures of each task.
    func text(markdown: Bool) -> String {
        [summaryTable, figureTable].map { markdown ? $0.markdown : $0.text }.joined(separator: "\n\n")
    }

    /// Quality, speed and bytes of each space.
    private var summaryTable: Table {
        let tasks = spaces.first?.results ?? []
        var table = Table(
            title: "\(tasks.count) \(tasks.count == 1 ? "task" : "tasks"), the main score of each",
            headings: ["space"] + tasks.map(\.task) + (tasks.count > 1 ? ["mean"] : [])
                + ["texts/s", "bytes", "dimensions", "ready in s"],
            textColumns: 1)
        for space in spaces {
            let scores = space.results.map(\.score) + (tasks.count > 1 ? [space.mean] : [])
            table.rows.append(
                [Table.Cell(space.name)] + scores.map { Table.Cell(Self.score($0)) }
                    + [
                        Table.Cell(space.textsPerSecond.map { String(format: "%.0f", $0) } ?? "–"),
                        Table.Cell("\(space.bytesPerText)"), Table.Cell("\(space.dimensions)"),
                        Table.Cell(String(format: "%.1f", space.preparationSeconds)),
                    ])
        }
        let measures = tasks.map { "\($0.task): \($0.kind), \($0.figures.first?.measure ?? "")" }
        table.note = (measures + problems).joined(separator: "\n")
        return table
    }

    /// What stands in the way of figures.
    private var problems: [String] {
        spaces.flatMap { space in
            space.results.flatMap { result -> [String] in
                let unknown =
                    result.unknownTexts > 0
                    ? [
                        "\(space.name), \(result.task): \(result.unknownTexts) of \(result.texts) texts have no word "
                            + "that the space knows."
                    ] : []
                return (result.problem.map { ["\(space.name), \(result.task): \($0)"] } ?? []) + unknown
            }
        }
    }

    /// Every figure of every task.
    private var figureTable: Table {
        var table = Table(
            title: "All figures", headings: ["task", "measure"] + spaces.map(\.name), textColumns: 2)
        for (place, task) in (spaces.first?.results ?? []).enumerated() {
            let names = spaces.map { $0.results[place].figures.map(\.measure) }.max { $0.count < $1.count } ?? []
            for (row, name) in names.enumerated() {
                let values = spaces.map { space in space.results[place].figures.first { $0.measure == name }?.value }
                table.rows.append(
                    [Table.Cell(row == 0 ? task.task : ""), Table.Cell(name)]
                        + values.map { Table.Cell(Self.score($0)) })
            }
        }
        return table
    }

    private static func score(_ value: Double?) -> String { value.map { String(format: "%.4f", $0) } ?? "–" }
}
