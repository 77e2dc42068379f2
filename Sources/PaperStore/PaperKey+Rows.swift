import Papers

/// A paper's key is the number of its row, which SQLite counts as a signed number from 1.
extension PaperKey {
    /// Creates the key of a row; `nil` for a number that no row has.
    init?(rowID: Int64?) {
        guard let rowID, rowID > 0 else { return nil }
        self.init(UInt64(rowID))
    }

    /// The number of the row. A key beyond SQLite's numbers gives the largest of them, which no row has.
    var rowID: Int64 { Int64(clamping: rawValue) }
}
