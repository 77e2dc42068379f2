package import Akin
import Foundation

/// A map as text: a drawing in SVG, or a table.
package enum MapDrawing {
    /// The drawing's width and height in its own units.
    private static let size: Float = 1_000
    private static let margin: Float = 40

    /// SVG that any browser and drawing program shows, with titles that appear under the pointer. Pieces of it go to
    /// `write`, one after another.
    package static func svg(_ map: PaperMap, coloredBy coloring: MapColoring, to write: (String) -> Void) {
        let frame = MapFrame(map, size: size - 2 * margin)
        let groups = coloring.groups(map)
        let colors = Dictionary(
            uniqueKeysWithValues: zip(groups, MapColors.colors(groups.count, isOrdered: coloring == .year)))
        let radius = max(0.8, min(5, 60 / Float(max(1, map.points.count)).squareRoot()))
        write(
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Int(size)) \(Int(size))" font-family="sans-serif">
            <title>A map of \(map.points.count) papers</title>
            <rect width="100%" height="100%" fill="#ffffff"/>
            <g fill-opacity="0.75">

            """)
        for point in map.points {
            let place = frame.place(point.x, point.y)
            let color = coloring.group(of: point, map).flatMap { colors[$0] } ?? MapColors.none
            write(
                "<circle cx=\"\(number(place.x + margin))\" cy=\"\(number(place.y + margin))\" r=\"\(number(radius))\" "
                    + "fill=\"\(color)\"><title>\(escapedXML(point.title))</title></circle>\n")
        }
        write("</g>\n<g font-size=\"13\" text-anchor=\"middle\" fill=\"#1a1c20\" stroke=\"#ffffff\" ")
        write("stroke-width=\"3\" paint-order=\"stroke\">\n")
        for label in MapLabel.labels(map) {
            let place = frame.place(label.x, label.y)
            write("<text x=\"\(number(place.x + margin))\" y=\"\(number(place.y + margin))\">")
            write("\(escapedXML(label.text))</text>\n")
        }
        write("</g>\n</svg>\n")
    }

    /// A table by RFC 4180: id, x, y, topic.
    package static func csv(_ map: PaperMap, to write: (String) -> Void) {
        write("id,x,y,topic\r\n")
        for point in map.points {
            let topic = csvField(point.topic.map { map.topics[$0].name } ?? "")
            write("\(csvField(point.id)),\(point.x),\(point.y),\(topic)\r\n")
        }
    }

    private static func number(_ value: Float) -> String { String(format: "%.1f", Double(value)) }
}

/// A map's places, fitted into a square. The vertical axis points down, as on a screen.
struct MapFrame {
    private let left: Float
    private let top: Float
    private let scale: Float

    init(_ map: PaperMap, size: Float) {
        let (xs, ys) = (map.points.map(\.x), map.points.map(\.y))
        let (low, high) = ((xs.min() ?? 0, ys.min() ?? 0), (xs.max() ?? 0, ys.max() ?? 0))
        let spread = max(high.0 - low.0, high.1 - low.1)
        // Papers in one place stand in the middle.
        let extent = spread > 1e-20 ? spread : 1
        // What is narrower than the square stands in its middle.
        left = (low.0 + high.0 - extent) / 2
        top = (low.1 + high.1 + extent) / 2
        scale = size / extent
    }

    func place(_ x: Float, _ y: Float) -> (x: Float, y: Float) { ((x - left) * scale, (top - y) * scale) }
}
