import VectorKernels

/// The vectors of an index, their keys, and which of them are alive. A vector's place is its row, which it keeps until
/// the store is compacted; new vectors take new rows.
struct VectorStore: Sendable {
    let dimensions: Int
    let metric: Metric
    let elements: VectorElements
    let kernels: KernelTable

    /// The layout of `floats`, and of the rows that comparisons read: `floats`, `halves` or `codes`.
    let floatLayout: RowLayout
    let primaryLayout: RowLayout

    /// The vectors in full precision, for `float32` and `int8`; of length 1 under the cosine metric.
    var floats = Column<Float>()

    /// The vectors, for `float16`.
    var halves = Column<UInt16>()

    /// The vectors' codes, the values of their steps, and what ``QuantizedVector/residual`` says, for `int8`.
    var codes = Column<UInt8>()
    var scales = Column<Float>()
    var residuals = Column<Float>()

    /// The vectors' lengths, for `int8`.
    var norms = Column<Float>()

    /// The key of each row.
    var keys = Column<UInt64>()

    /// A bit for each row, set when its vector is removed; bits beyond the column are clear.
    var tombstones = Column<UInt64>()

    var keyTable = KeyTable()

    /// The rows without a tombstone.
    var liveCount = 0

    /// The rows, those with a tombstone included.
    var count: Int { keys.count }

    /// The most rows that there can be: a candidate of a walk has 31 bits for a row, of which the last is left.
    static let maximumCount = Int(Int32.max) - 1

    /// The dimensions that there can be: integer products of codes stay below 2³¹ up to here.
    static let dimensionRange = 1...65_535

    init(dimensions: Int, metric: Metric, elements: VectorElements, kernels: KernelTable) {
        self.dimensions = dimensions
        self.metric = metric
        self.elements = elements
        self.kernels = kernels
        floatLayout = RowLayout(dimensions: dimensions, elementSize: MemoryLayout<Float>.stride)
        primaryLayout = RowLayout(dimensions: dimensions, elementSize: elements.primarySize)
    }

    // MARK: - Reading

    /// Whether the row exists and has no tombstone.
    func isLive(_ row: Int) -> Bool {
        guard row < count, let word = tombstones.at(row >> 6) else { return row < count }
        return word >> UInt64(row & 63) & 1 == 0
    }

    /// The row of a key's living vector.
    func row(of key: UInt64) -> Int? {
        guard let row = keyTable.row(of: key, in: keys), isLive(row) else { return nil }
        return row
    }

    /// The vector in a row, as comparisons see it.
    func vector(_ row: Int) -> [Float] {
        precondition(row < count, "Row \(row) is not in 0..<\(count)")
        return unsafe [Float](unsafeUninitializedCapacity: dimensions) { vector, filled in
            // SAFETY: row is below `count`, and each column has a row of `dimensions` elements for it.
            if let target = vector.baseAddress {
                switch elements {
                case .float32, .int8:
                    unsafe target.initialize(from: floats.base + row * floatLayout.stride, count: dimensions)
                case .float16:
                    unsafe decodeHalves(halves.base + row * primaryLayout.stride, count: dimensions, into: target)
                }
            }
            filled = dimensions
        }
    }

    /// Whether two rows hold the same bits.
    func isSame(_ a: Int, _ b: Int) -> Bool {
        precondition(max(a, b) < count, "Rows \(a) and \(b) are not both in 0..<\(count)")
        // SAFETY: both rows are below `count`, and the range is that of a row.
        func same<Element: BitwiseCopyable & Equatable>(
            _ column: Column<Element>, stride: Int, _ bits: (Element) -> UInt32
        )
            -> Bool
        {
            let x = unsafe column.base + a * stride
            let y = unsafe column.base + b * stride
            for i in 0..<dimensions where unsafe bits(x[i]) != bits(y[i]) { return false }
            return true
        }
        return elements == .float16
            ? same(halves, stride: primaryLayout.stride) { UInt32($0) }
            : same(floats, stride: floatLayout.stride) { $0.bitPattern }
    }

    /// What walks and scans compare queries with.
    ///
    /// SAFETY: valid as long as the store is neither changed nor gone.
    @unsafe var primaryRows: RowComparator {
        switch elements {
        case .float32: unsafe exactRows
        case .float16:
            unsafe RowComparator(
                base: halves.base, layout: primaryLayout, elements: .float16, metric: metric, count: count,
                scales: nil, norms: nil, table: kernels
            )
        case .int8:
            unsafe RowComparator(
                base: codes.base, layout: primaryLayout, elements: .int8, metric: metric, count: count,
                scales: scales.base, norms: norms.base, table: kernels
            )
        }
    }

    /// What the reported distances come from.
    ///
    /// SAFETY: valid as long as the store is neither changed nor gone.
    @unsafe var exactRows: RowComparator {
        guard elements != .float16 else { return unsafe primaryRows }
        return unsafe RowComparator(
            base: floats.base, layout: floatLayout, elements: .float32, metric: metric, count: count,
            scales: nil, norms: nil, table: kernels
        )
    }

    /// The bytes of all columns.
    var byteCount: Int {
        floats.byteCount + halves.byteCount + codes.byteCount + scales.byteCount + residuals.byteCount
            + norms.byteCount + keys.byteCount + tombstones.byteCount + keyTable.slots.byteCount
    }
}
