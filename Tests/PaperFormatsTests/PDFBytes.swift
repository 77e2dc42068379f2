/// Builds PDF documents of text for tests.
struct PDFBytes {
    /// A line of text: its size and where it begins, from the lower left corner of a page of 612 by 792.
    struct Line {
        let text: String
        let size: Double
        let x: Double
        let y: Double
        var isVertical = false
    }

    /// A document of one page with some lines, and with the title and other properties that are given.
    static func document(_ lines: [Line], properties: [String: String] = [:], trailer: String = "") -> [UInt8] {
        let drawn = lines.map { line in
            let text = line.text.replacing("\\", with: "\\\\").replacing("(", with: "\\(").replacing(")", with: "\\)")
            let turn = line.isVertical ? "0 1 -1 0" : "1 0 0 1"
            return "BT /F1 \(line.size) Tf \(turn) \(line.x) \(line.y) Tm (\(text)) Tj ET"
        }
        let content = drawn.joined(separator: "\n")
        let information = properties.sorted { $0.key < $1.key }.map { "/\($0.key) (\($0.value))" }.joined(
            separator: " ")
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
                + "/Resources << /Font << /F1 5 0 R >> >> >>",
            "<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", "<< \(information) >>",
        ]
        var text = "%PDF-1.4\n"
        var places: [Int] = []
        for (number, object) in objects.enumerated() {
            places.append(text.utf8.count)
            text += "\(number + 1) 0 obj\n\(object)\nendobj\n"
        }
        let table = text.utf8.count
        text += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for place in places {
            let digits = String(place)
            text += String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n"
        }
        text += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R /Info 6 0 R \(trailer) >>\n"
        return Array((text + "startxref\n\(table)\n%%EOF\n").utf8)
    }

    /// Lines below each other.
    static func column(_ texts: [String], size: Double, x: Double = 72, y: Double) -> [Line] {
        texts.enumerated().map { Line(text: $1, size: size, x: x, y: y - Double($0) * size * 1.2) }
    }
}
