import Foundation

/// The seconds of every system at every stage as bars on a logarithmic scale, Akin's in a colour of their own.
struct Chart {
    let report: Report

    private static let rowHeight = 18.0
    private static let left = 250.0
    private static let right = 760.0
    private static let top = 56.0

    func write(to file: URL) throws {
        try Data(svg.utf8).write(to: file, options: .atomic)
    }

    var svg: String {
        var y = Self.top
        var parts: [String] = []
        for stage in Stage.allCases {
            let rows = report.rows(of: stage)
            guard !rows.isEmpty else { continue }
            parts.append(text(stage.rawValue, 16, y + 13, weight: "bold"))
            for row in rows {
                let end = x(row.seconds)
                parts.append(text(row.system, Self.left - 8, y + 13, anchor: "end"))
                parts.append(
                    """
                    <rect x="\(number(Self.left))" y="\(number(y + 2))" width="\(number(end - Self.left))" \
                    height="\(number(Self.rowHeight - 4))" fill="\(row.isOurs ? "#1b6ca8" : "#b9b9b9")"/>
                    """)
                parts.append(text(duration(row.seconds), end + 6, y + 13))
                y += Self.rowHeight
            }
            y += 8
        }
        let title =
            "\(report.papers) papers, rank \(report.rank), \(report.threads) threads: seconds (logarithmic) for all papers, or for the median query"
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 860 \(Int(y) + 16)" font-family="sans-serif" font-size="12">
            <rect width="100%" height="100%" fill="white"/>
            \(text(title, 16, 28, size: 15))
            \(parts.joined(separator: "\n"))
            </svg>

            """
    }

    /// Where a bar of some seconds ends: a decade is as wide as any other.
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

    private func text(
        _ text: String, _ x: Double, _ y: Double, anchor: String = "start", weight: String = "normal", size: Int = 12
    ) -> String {
        #"<text x="\#(number(x))" y="\#(number(y))" text-anchor="\#(anchor)" font-weight="\#(weight)" font-size="\#(size)">"#
            + text + "</text>"
    }

    private func number(_ value: Double) -> String { String(format: "%.1f", value) }
}
