/// A table for people, as aligned columns or in Markdown.
struct Table {
    /// A cell: a text, and the range of a figure, which stands under or beside it.
    struct Cell {
        var text: String
        var range: String?

        init(_ text: String, range: String? = nil) {
            self.text = text
            self.range = range
        }
    }

    var title: String
    var headings: [String]
    /// How many columns, from the left, hold words. The others hold numbers and are aligned at the right.
    var textColumns: Int
    var rows: [[Cell]] = []
    /// What the reader should know.
    var note: String?

    /// Columns aligned by spaces; ranges stand in a line under their row.
    var text: String {
        var widths = headings.map(\.count)
        for row in rows {
            for (column, cell) in row.enumerated() {
                widths[column] = max(widths[column], cell.text.count, cell.range?.count ?? 0)
            }
        }
        func line(_ texts: [String]) -> String {
            let cells = texts.enumerated().map { column, text in
                let space = String(repeating: " ", count: widths[column] - text.count)
                return column < textColumns ? text + space : space + text
            }
            let line = cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
        var lines = [TextStyle.bold(title), line(headings)]
        for row in rows {
            lines.append(line(row.map(\.text)))
            if row.contains(where: { $0.range != nil }) {
                lines.append(TextStyle.dim(line(row.map { $0.range ?? "" })))
            }
        }
        if let note { lines.append(TextStyle.dim(note)) }
        return lines.joined(separator: "\n")
    }

    /// A table of GitHub's Markdown; ranges stand in parentheses.
    var markdown: String {
        func line(_ texts: [String]) -> String { "| " + texts.joined(separator: " | ") + " |" }
        func escaped(_ text: String) -> String { text.replacing("|", with: "\\|") }
        var lines = ["**\(title)**", "", line(headings.map(escaped))]
        lines.append(line(headings.indices.map { $0 < textColumns ? "---" : "---:" }))
        for row in rows {
            lines.append(line(row.map { escaped($0.text) + ($0.range.map { " (\($0))" } ?? "") }))
        }
        if let note { lines += ["", note] }
        return lines.joined(separator: "\n")
    }
}
