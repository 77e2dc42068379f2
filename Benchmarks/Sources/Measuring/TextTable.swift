import Foundation

/// The columns of a table that is printed: a name at the left, cells at the right of columns of one width.
package struct TextTable {
    private let nameWidth: Int
    private let cellWidth: Int

    /// Creates a table.
    package init(nameWidth: Int, cellWidth: Int) {
        self.nameWidth = nameWidth
        self.cellWidth = cellWidth
    }

    /// A line of the table.
    package func row(_ name: String, _ cells: [String]) -> String {
        name.padding(toLength: nameWidth, withPad: " ", startingAt: 0)
            + cells.map { String(repeating: " ", count: max(1, cellWidth - $0.count)) + $0 }.joined()
    }
}

/// Bytes as whole megabytes.
package func megabytes(_ bytes: Int) -> String { String(format: "%.0f", Double(bytes) / 1e6) }
