import Akin
import Foundation
import RetrievalEvaluation

/// The figures of an evaluation, a row for each kind of ranking.
struct EvaluationTable {
    struct Row {
        var mode: SearchMode
        var evaluation: Evaluation
    }

    var dataset: String
    var rows: [Row]
    var absentPapers: Int
    var absentQueries: Int

    func write(_ options: LibraryOptions) {
        if options.json {
            JSONOutput.write(
                Report(
                    dataset: dataset, results: rows.map(result), absentPapers: absentPapers,
                    absentQueries: absentQueries
                )
            )
            return
        }
        let headings = Measure.standard.map(\.description) + ["QPS"]
        print("\(dataset): \(rows.first?.evaluation.queryIDs.count ?? 0) judged queries")
        print(aligned(["mode"] + headings))
        for row in rows {
            let values = Measure.standard.map { String(format: "%.4f", row.evaluation.mean(of: $0)) }
            print(
                aligned([row.mode.rawValue] + values + [String(format: "%.0f", row.evaluation.queriesPerSecond ?? 0)]))
        }
    }

    private func aligned(_ cells: [String]) -> String {
        let first = cells[0].padding(toLength: 10, withPad: " ", startingAt: 0)
        return first + cells.dropFirst().map { String(repeating: " ", count: max(0, 12 - $0.count)) + $0 }.joined()
    }

    private func result(_ row: Row) -> [String: Value] {
        var result: [String: Value] = ["mode": .text(row.mode.rawValue)]
        for measure in Measure.standard { result[measure.key] = .number(row.evaluation.mean(of: measure)) }
        result["qps"] = .number(row.evaluation.queriesPerSecond ?? 0)
        return result
    }

    private struct Report: Encodable {
        var dataset: String
        var results: [[String: Value]]
        var absentPapers: Int
        var absentQueries: Int
    }

    private enum Value: Encodable {
        case text(String)
        case number(Double)

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let text): try container.encode(text)
            case .number(let number): try container.encode(number)
            }
        }
    }
}
