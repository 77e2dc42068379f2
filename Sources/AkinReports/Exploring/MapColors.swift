import Foundation

/// The colors of groups on a map, which stand out on light and on dark.
enum MapColors {
    /// The color of papers of no group.
    static let none = "#8a8f98"

    /// The colors of groups in their order.
    ///
    /// - Parameters:
    ///   - count: The number of groups.
    ///   - isOrdered: Whether the groups are steps of one thing, such as years, from dark to bright.
    /// - Returns: A color for each, as CSS has it.
    static func colors(_ count: Int, isOrdered: Bool) -> [String] {
        (0..<count).map { place in
            isOrdered ? step(count > 1 ? Double(place) / Double(count - 1) : 1) : group(place)
        }
    }

    /// Hues by the golden angle: the first ones differ most, and no two are the same.
    private static func group(_ place: Int) -> String {
        let hue = (215 + Double(place) * 137.508).truncatingRemainder(dividingBy: 360)
        let lightness = [0.52, 0.44, 0.6][place % 3]
        return hex(hue: hue, saturation: 0.62, lightness: lightness)
    }

    /// From blue over green to orange.
    private static func step(_ part: Double) -> String {
        hex(hue: 250 - 220 * part, saturation: 0.6, lightness: 0.45 + 0.08 * part)
    }

    private static func hex(hue: Double, saturation: Double, lightness: Double) -> String {
        let chroma = (1 - abs(2 * lightness - 1)) * saturation
        let parts = [0.0, 8, 4].map { offset in
            let place = (offset + hue / 30).truncatingRemainder(dividingBy: 12)
            return lightness - chroma / 2 * max(-1, min(place - 3, 9 - place, 1))
        }
        return "#" + parts.map { String(format: "%02x", Int((max(0, min(1, $0)) * 255).rounded())) }.joined()
    }
}
