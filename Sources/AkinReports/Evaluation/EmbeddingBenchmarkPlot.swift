import Foundation

/// The quality of spaces over their speed, as a drawing in SVG: a circle for each space, whose area grows with the
/// bytes of an embedding.
package enum EmbeddingBenchmarkPlot {
    private static let width = 760.0
    private static let height = 460.0
    private static let left = 70.0
    private static let right = 40.0
    private static let top = 50.0
    private static let bottom = 60.0

    /// Says near the beginning of a file what made it.
    package static let mark = "<!-- akin benchmark embeddings -->"

    /// The drawing. Spaces without a mean score or a speed are left out.
    ///
    /// - Parameter report: The spaces.
    /// - Returns: The text of the file.
    package static func svg(_ report: EmbeddingBenchmarkReport) -> String {
        let points = report.spaces.compactMap { space -> Point? in
            guard let score = space.mean, let speed = space.textsPerSecond, speed > 0 else { return nil }
            return Point(name: space.name, score: score, speed: speed, bytes: space.bytesPerText)
        }
        let speeds = Axis(points.map { log10($0.speed) }, step: 1)
        let scores = Axis(points.map(\.score), step: 0.1)
        func x(_ value: Double) -> Double { left + speeds.share(of: value) * (width - left - right) }
        func y(_ value: Double) -> Double { height - bottom - scores.share(of: value) * (height - top - bottom) }
        var lines = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(Int(width)) \(Int(height))\" "
                + "font-family=\"sans-serif\" font-size=\"13\">",
            mark, "<title>Quality and speed of vector spaces</title>",
            "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>",
        ]
        func text(_ content: String, _ x: Double, _ y: Double, _ anchor: String, size: Int = 13) {
            lines.append(
                "<text x=\"\(number(x))\" y=\"\(number(y))\" text-anchor=\"\(anchor)\" font-size=\"\(size)\" "
                    + "fill=\"#1a1c20\">\(escapedXML(content))</text>")
        }
        func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) {
            lines.append(
                "<line x1=\"\(number(x1))\" y1=\"\(number(y1))\" x2=\"\(number(x2))\" y2=\"\(number(y2))\" "
                    + "stroke=\"#d5d8dd\"/>")
        }
        for tick in scores.ticks {
            line(left, y(tick), width - right, y(tick))
            text(String(format: "%.1f", tick), left - 8, y(tick) + 4, "end")
        }
        for tick in speeds.ticks {
            line(x(tick), top, x(tick), height - bottom)
            text(String(format: "%.0f", pow(10, tick)), x(tick), height - bottom + 18, "middle")
        }
        text(
            "Mean of the main scores over \(report.spaces.first?.results.count ?? 0) tasks", left, top - 22, "start",
            size: 15)
        text(
            "Texts a second (logarithmic); areas grow with the bytes of an embedding", width - right, height - 14, "end"
        )
        let largest = Double(points.map(\.bytes).max() ?? 1)
        let colors = MapColors.colors(points.count, isOrdered: false)
        for (point, color) in zip(points, colors) {
            let (x, y) = (x(log10(point.speed)), y(point.score))
            let radius = max(4, 16 * (Double(point.bytes) / largest).squareRoot())
            lines.append(
                "<circle cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"\(number(radius))\" fill=\"\(color)\" "
                    + "fill-opacity=\"0.75\"><title>\(escapedXML(point.name)): \(String(format: "%.4f", point.score)), "
                    + "\(String(format: "%.0f", point.speed)) texts a second, \(point.bytes) bytes</title></circle>")
            // A name at the right edge stands on the left of its circle.
            let isLate = x > width * 0.7
            text(point.name, x + (isLate ? -radius - 5 : radius + 5), y + 4, isLate ? "end" : "start")
        }
        return (lines + ["</svg>", ""]).joined(separator: "\n")
    }

    private struct Point {
        var name: String
        var score: Double
        var speed: Double
        var bytes: Int
    }

    /// An axis from one whole step to another around all values.
    private struct Axis {
        let ticks: [Double]

        init(_ values: [Double], step: Double) {
            let low = ((values.min() ?? 0) / step).rounded(.down)
            let high = max(low + 1, ((values.max() ?? 1) / step).rounded(.up))
            ticks = (0...Int(min(100, high - low))).map { (low + Double($0)) * step }
        }

        func share(of value: Double) -> Double {
            guard let first = ticks.first, let last = ticks.last, last > first else { return 0 }
            return min(1, max(0, (value - first) / (last - first)))
        }
    }

    private static func number(_ value: Double) -> String { String(format: "%.1f", value) }
}
