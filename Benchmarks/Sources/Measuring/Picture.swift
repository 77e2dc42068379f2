package import Foundation

/// The pieces of a picture in SVG.
package enum Picture {
    /// A whole picture on white.
    package static func svg(width: Int, height: Int, _ parts: [String]) -> String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" font-family="sans-serif" \
        font-size="12">
        <rect width="100%" height="100%" fill="white"/>
        \(parts.joined(separator: "\n"))
        </svg>

        """
    }

    /// A line of text.
    package static func text(
        _ text: String, _ x: Double, _ y: Double, anchor: String = "start", weight: String = "normal", size: Int = 12
    ) -> String {
        #"<text x="\#(number(x))" y="\#(number(y))" text-anchor="\#(anchor)" font-weight="\#(weight)" "#
            + #"font-size="\#(size)">\#(escaped(text))</text>"#
    }

    /// A filled rectangle.
    package static func bar(
        _ x: Double, _ y: Double, width: Double, height: Double, color: String
    ) -> String {
        #"<rect x="\#(number(x))" y="\#(number(y))" width="\#(number(width))" height="\#(number(height))" "#
            + #"fill="\#(color)"/>"#
    }

    /// A coordinate.
    package static func number(_ value: Double) -> String { String(format: "%.1f", value) }

    /// Writes a picture, completely or not at all.
    package static func write(_ svg: String, to file: URL) throws {
        try Data(svg.utf8).write(to: file, options: .atomic)
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
    }
}
