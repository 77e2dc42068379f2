import Foundation
import Measuring

/// A picture of recall and speed. Recall@10 is on a scale of nines to the right, queries a second on a logarithmic one
/// upwards.
struct Plot {
    let title: String
    let curves: [Curve]

    private static let size = (width: 860.0, height: 520.0)
    private static let frame = (left: 70.0, right: 640.0, top: 48.0, bottom: 468.0)
    private static let recalls = [0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 0.9995]
    private static let colors = [
        "#1b6ca8", "#d1495b", "#2e933c", "#edae49", "#7b4b94", "#00798c", "#8d6b48", "#e07a9b", "#5f6b6d", "#a0a83c",
        "#3a3a3a", "#c06014",
    ]

    func write(to file: URL) throws {
        let parts =
            [Picture.text(title, Self.frame.left, 26, size: 15)] + grid
            + curves.enumerated().flatMap { line($1, number: $0) }
        let svg = Picture.svg(width: Int(Self.size.width), height: Int(Self.size.height), parts)
        try Picture.write(svg, to: file)
    }

    // MARK: - Scales

    /// The points that are shown of a curve.
    private func shown(_ curve: Curve) -> [Curve.Measurement] {
        curve.frontier().filter { $0.recall >= Self.recalls[0] }
    }

    private var speeds: ClosedRange<Double> {
        let all = curves.flatMap(shown).map(\.qps)
        return (all.min() ?? 100) / 1.2...(all.max() ?? 1_000) * 1.2
    }

    private func x(_ recall: Double) -> Double {
        func nines(_ recall: Double) -> Double { -log10(1 - min(recall, 0.9998)) }
        let part = (nines(recall) - nines(0.8)) / (nines(1) - nines(0.8))
        return Self.frame.left + part * (Self.frame.right - Self.frame.left)
    }

    private func y(_ qps: Double) -> Double {
        let part = log(qps / speeds.lowerBound) / log(speeds.upperBound / speeds.lowerBound)
        return Self.frame.bottom - part * (Self.frame.bottom - Self.frame.top)
    }

    // MARK: - Pieces

    private var grid: [String] {
        let frame = Self.frame
        var parts: [String] = []
        for recall in Self.recalls {
            parts.append(rule(x(recall), frame.top, x(recall), frame.bottom))
            parts.append(Picture.text("\(recall)", x(recall), frame.bottom + 18, anchor: "middle"))
        }
        for power in 0...7 {
            for digit in [1.0, 2, 5] {
                let qps = digit * pow(10, Double(power))
                guard speeds.contains(qps) else { continue }
                parts.append(rule(frame.left, y(qps), frame.right, y(qps)))
                parts.append(
                    Picture.text(
                        qps.formatted(.number.precision(.fractionLength(0))), frame.left - 6, y(qps) + 4, anchor: "end")
                )
            }
        }
        parts.append(Picture.text("recall@10", (frame.left + frame.right) / 2, frame.bottom + 38, anchor: "middle"))
        parts.append(Picture.text("queries a second", frame.left - 58, frame.top - 8, anchor: "start"))
        return parts
    }

    private func line(_ curve: Curve, number place: Int) -> [String] {
        let color = Self.colors[place % Self.colors.count]
        let width = Systems.isOurs(curve.system) ? 3.0 : 1.5
        let points = shown(curve)
        let places = points.map { (x: Picture.number(x($0.recall)), y: Picture.number(y($0.qps))) }
        let path = places.map { "\($0.x),\($0.y)" }.joined(separator: " ")
        let row = Self.frame.top + 10 + Double(place) * 20
        let label = Self.frame.right + 24
        return [
            #"<polyline points="\#(path)" fill="none" stroke="\#(color)" stroke-width="\#(Picture.number(width))"/>"#
        ]
            + places.map { #"<circle cx="\#($0.x)" cy="\#($0.y)" r="2.5" fill="\#(color)"/>"# } + [
                Picture.bar(label, row - 5, width: 18, height: 4, color: color),
                Picture.text(curve.system, label + 26, row + 2, anchor: "start"),
            ]
    }

    private func rule(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> String {
        let ends = [x1, y1, x2, y2].map(Picture.number)
        return #"<line x1="\#(ends[0])" y1="\#(ends[1])" x2="\#(ends[2])" y2="\#(ends[3])" stroke="lightgray"/>"#
    }
}
