import Foundation
import Measuring

/// The seconds of every system at every stage, as bars on a logarithmic scale. Akin's have a color of their own.
struct Chart {
    let report: Report

    private static let rowHeight = 18.0
    private static let left = 250.0
    private static let right = 760.0
    private static let top = 56.0

    func write(to file: URL) throws {
        try Picture.write(svg, to: file)
    }

    var svg: String {
        var y = Self.top
        var parts: [String] = []
        for stage in Stage.allCases {
            let rows = report.rows(of: stage)
            guard !rows.isEmpty else { continue }
            parts.append(Picture.text(stage.rawValue, 16, y + 13, weight: "bold"))
            for row in rows {
                let end = x(row.seconds)
                parts.append(Picture.text(row.system, Self.left - 8, y + 13, anchor: "end"))
                parts.append(
                    Picture.bar(
                        Self.left, y + 2, width: end - Self.left, height: Self.rowHeight - 4,
                        color: row.isOurs ? "#1b6ca8" : "#b9b9b9"))
                parts.append(Picture.text(duration(row.seconds), end + 6, y + 13))
                y += Self.rowHeight
            }
            y += 8
        }
        let title =
            "\(report.papers) papers, rank \(report.rank), \(report.threads) threads: seconds (logarithmic) for all "
            + "papers, or for the median query"
        parts.insert(Picture.text(title, 16, 28, size: 15), at: 0)
        return Picture.svg(width: 860, height: Int(y) + 16, parts)
    }

    /// The end of a bar of some seconds, on a logarithmic scale.
    private func x(_ seconds: Double) -> Double {
        let all = report.stages.map(\.seconds).filter { $0 > 0 }
        let low = (all.min() ?? 1e-4) / 2
        let high = max(all.max() ?? 1, low * 10)
        let part = log(max(seconds, low) / low) / log(high / low)
        return Self.left + part * (Self.right - Self.left)
    }

    private func duration(_ seconds: Double) -> String {
        seconds < 1
            ? String(format: "%.3g ms", seconds * 1_000)
            : seconds < 1_000 ? String(format: "%.3g s", seconds) : "\(Int(seconds.rounded())) s"
    }
}
