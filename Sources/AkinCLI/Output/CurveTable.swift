import Foundation
import RetrievalEvaluation

/// Recall and speed of the vector index, a row for each `ef`.
struct CurveTable {
    var curve: NeighborCurve
    var papers: Int
    var queries: Int
    var threads: Int
    /// Whether a graph is walked; an exact scan finds everything at any `ef`.
    var hasGraph: Bool

    func write(_ options: LibraryOptions) {
        if options.json {
            JSONOutput.write(
                Report(
                    papers: papers, index: index, queries: queries, k: curve.k, threads: threads,
                    results: curve.points.map {
                        ["ef": Double($0.ef), recallName: $0.recall, "qps": $0.queriesPerSecond]
                    }
                )
            )
            return
        }
        print(
            "\(papers) papers, \(index); \(queries) of them as queries, each left out of its own answer; "
                + (threads == 1 ? "one thread" : "\(threads) threads")
        )
        print(aligned(["ef", recallName, "QPS"]))
        for point in curve.points {
            print(
                aligned([
                    "\(point.ef)", String(format: "%.4f", point.recall), String(format: "%.0f", point.queriesPerSecond),
                ])
            )
        }
    }

    private var index: String { hasGraph ? "graph" : "exact scan" }

    private var recallName: String { "recall@\(curve.k)" }

    private func aligned(_ cells: [String]) -> String {
        cells.map { String(repeating: " ", count: max(1, 12 - $0.count)) + $0 }.joined()
    }

    private struct Report: Encodable {
        var papers: Int
        var index: String
        var queries: Int
        var k: Int
        var threads: Int
        var results: [[String: Double]]
    }
}
