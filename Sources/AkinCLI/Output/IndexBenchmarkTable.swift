import AkinReports
import Foundation
import RetrievalEvaluation

extension IndexBenchmarkReport {
    /// A line on what was measured, and a table with a row for each `ef`.
    var lines: [String] {
        [
            "\(papers) papers, \(index); \(queries) of them as queries, each left out of its own answer; "
                + (threads == 1 ? "one thread" : "\(threads) threads"),
            aligned(["ef", recallName, "QPS"]),
        ]
            + curve.points.map { point in
                aligned([
                    "\(point.ef)", String(format: "%.4f", point.recall), String(format: "%.0f", point.queriesPerSecond),
                ])
            }
    }

    private func aligned(_ cells: [String]) -> String {
        cells.map { String(repeating: " ", count: max(1, 12 - $0.count)) + $0 }.joined()
    }
}
