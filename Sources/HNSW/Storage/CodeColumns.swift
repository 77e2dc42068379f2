/// The codes of vectors, with the numbers that belong to them.
///
/// Everything that treats these columns alike stands here, so that a further column needs no search for all such
/// places. A file names its sections after them; see ``IndexFile``.
struct CodeColumns: Sendable {
    /// The codes, `stride` of them for each row.
    var codes = Column<UInt8>()

    /// The scale and the offset of each row, one after the other; see `CodeFactors`.
    var factors = Column<Float>()

    /// The residual and the norm of each row; see `CodeFactors`.
    var residuals = Column<Float>()
    var norms = Column<Float>()

    /// The number of codes of a row.
    let stride: Int

    init(stride: Int) {
        self.stride = stride
    }

    /// The number of rows.
    var count: Int { residuals.count }

    /// Whether the codes belong to a mapped file.
    var isMapped: Bool { codes.isMapped }

    /// The bytes of all columns.
    var byteCount: Int { codes.byteCount + factors.byteCount + residuals.byteCount + norms.byteCount }

    /// The number of elements of each column, and that of a store of `rows` rows.
    func lengths(of rows: Int) -> [(name: String, found: Int, expected: Int)] {
        [
            ("codes", codes.count, stride * rows), ("factors", factors.count, 2 * rows),
            ("residuals", residuals.count, rows), ("norms", norms.count, rows),
        ]
    }

    /// Makes room for rows.
    mutating func reserve(_ rows: Int) {
        codes.reserve(rows * stride)
        factors.reserve(2 * rows)
        residuals.reserve(rows)
        norms.reserve(rows)
    }

    /// Appends rows of other columns.
    mutating func append(_ rows: ArraySlice<NodeID>, of other: CodeColumns) {
        codes.append(rows, of: other.codes, width: stride)
        factors.append(rows, of: other.factors, width: 2)
        residuals.append(rows, of: other.residuals, width: 1)
        norms.append(rows, of: other.norms, width: 1)
    }

    /// Copies from a mapped file what walks read.
    mutating func copyWalkedIntoMemory() {
        codes.copyIntoMemory()
        factors.copyIntoMemory()
    }
}

extension Column {
    /// Appends the elements of rows of another column, `width` for each row. An empty column has none.
    mutating func append(_ rows: ArraySlice<NodeID>, of other: Column, width: Int) {
        guard other.count > 0 else { return }
        for row in rows {
            other.withSpan(of: row.index * width..<(row.index + 1) * width) { append(contentsOf: $0) }
        }
    }
}
