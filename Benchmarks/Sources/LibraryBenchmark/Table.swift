import Foundation
import Measuring

/// The seconds of every run, by stage and system.
struct Table {
    private struct Row: Codable {
        var stage: String
        var system: String
        var seconds: [Double]
        var median: Double { seconds.median(\.self) }
    }

    private var rows: [Row] = []

    mutating func record(_ stage: String, _ system: String, _ seconds: Double) {
        if let index = rows.firstIndex(where: { $0.stage == stage && $0.system == system }) {
            rows[index].seconds.append(seconds)
        } else {
            rows.append(Row(stage: stage, system: system, seconds: [seconds]))
        }
    }

    func print() {
        Swift.print("stage      system   median ms     min     max   ratio to akin")
        for row in rows {
            let own = rows.first { $0.stage == row.stage && $0.system == "akin" } ?? row
            let numbers = [row.median, row.seconds.min() ?? 0, row.seconds.max() ?? 0].map {
                String(format: "%8.1f", $0 * 1_000)
            }
            Swift.print(
                padded(row.stage, 10), padded(row.system, 8), numbers.joined(separator: ""),
                String(format: "  %6.2f", row.median / own.median)
            )
        }
        if let version = median("version"), let query = median("query") {
            Swift.print(
                String(format: "a query from a cold process: %.1f ms beyond --version", (query - version) * 1_000))
        }
    }

    func write(to path: String, papers: String) throws {
        struct Report: Codable {
            var papers: String
            var cores: Int
            var rows: [Row]
        }
        let report = Report(
            papers: URL(filePath: papers).lastPathComponent, cores: ProcessInfo.processInfo.activeProcessorCount,
            rows: rows
        )
        try report.writeResults(to: URL(filePath: path))
        Swift.print("every run: \(path)")
    }

    private func median(_ stage: String) -> Double? {
        rows.first { $0.stage == stage && $0.system == "akin" }?.median
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text.padding(toLength: width, withPad: " ", startingAt: 0)
    }
}
