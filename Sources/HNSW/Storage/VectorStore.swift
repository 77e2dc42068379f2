import VectorKernels

/// The vectors of an index with their keys and tombstones.
///
/// Each vector has a row, whose number is its ``NodeID``. Columns hold the parts of the rows.
struct VectorStore: Sendable {
    let dimensions: Int
    let metric: Metric
    let elements: VectorElements
    let kernels: KernelTable

    /// The layout of `floats`.
    let floatLayout: RowLayout

    /// The layout of `floats`, `halves` or `codes`, whichever the elements are named for.
    let primaryLayout: RowLayout

    /// The vectors in full precision, for `float32` and `int8`. A metric that normalizes stores them at length 1. For
    /// `int8Only` it holds the last rows as long as they have no codes yet, within a call that adds them.
    var floats = Column<Float>()

    /// The vectors, for `float16`.
    var halves = Column<UInt16>()

    /// The codes of the vectors, for `int8` and `int8Only`.
    var coded: CodeColumns

    /// The center and the unit of the rows, and whether codes can tell neighbors apart.
    var frame: StoreFrame

    /// The key of each row.
    var keys = Column<UInt64>()

    /// A bit for each row, set if its vector was removed. The bits beyond the last row are clear.
    var tombstones = Column<UInt64>()

    var keyTable = KeyTable()

    /// The number of rows without a tombstone.
    var liveCount = 0

    /// The number of rows, with those that have a tombstone.
    var count: Int { keys.count }

    /// The largest number of rows. A ``Candidate`` has 31 bits for a row and reserves the last value.
    static let maximumCount = Int(Int32.max) - 1

    /// The dimensions that an index accepts. Up to the last, a sum of integer products of codes stays below 2³¹.
    static let dimensionRange = 1...65_535

    init(dimensions: Int, metric: Metric, elements: VectorElements, kernels: KernelTable) {
        self.dimensions = dimensions
        self.metric = metric
        self.elements = elements
        self.kernels = kernels
        floatLayout = RowLayout(dimensions: dimensions, elements: .floats)
        primaryLayout = RowLayout(dimensions: dimensions, elements: elements.compared)
        coded = CodeColumns(stride: primaryLayout.stride)
        frame = StoreFrame(metric: metric)
    }

    /// A store without rows that holds vectors as this one does.
    var withoutRows: VectorStore {
        VectorStore(dimensions: dimensions, metric: metric, elements: elements, kernels: kernels)
    }

    // MARK: - Reading

    /// Whether the row exists and has no tombstone.
    func isLive(_ row: NodeID) -> Bool {
        let row = row.index
        guard row < count, let word = tombstones.at(row >> 6) else { return row < count }
        return word >> UInt64(row & 63) & 1 == 0
    }

    /// Whether a search may find the row.
    func isFindable(_ row: NodeID, _ filter: KeyFilter) -> Bool {
        // Reading the key may miss the cache, so an empty filter does without.
        isLive(row) && (filter.passesAll || filter.passes(keys[row.index]))
    }

    /// The row of a key's vector; `nil` if the store has none.
    func row(of key: UInt64) -> NodeID? {
        guard let row = keyTable.row(of: key, in: keys), isLive(row) else { return nil }
        return row
    }

    /// The keys of the live rows, in the order of the rows.
    var liveKeys: [UInt64] {
        (0..<count).compactMap { isLive(NodeID($0)) ? keys[$0] : nil }
    }

    /// The vector in a row, as comparisons see it.
    func vector(_ row: NodeID) -> [Float] {
        let row = row.index
        precondition(row < count, "Row \(row) is not in 0..<\(count)")
        return unsafe [Float](unsafeUninitializedCapacity: dimensions) { vector, filled in
            // SAFETY: row is below `count`, and there is room for the dimensions.
            if let target = vector.baseAddress { unsafe reader(coded: coded.count).read(row, into: target) }
            filled = dimensions
        }
    }

    /// Whether two rows are duplicates: they hold the same bits or, under a metric that normalizes, differ by no more
    /// than scaled copies of one vector do.
    func isSame(_ a: NodeID, _ b: NodeID) -> Bool {
        if metric.normalizes, elements.exact == .floats { return isScaledCopy(a.index, of: b.index) }
        return holdsSameBits(a, b)
    }

    /// Whether two rows are no farther apart than rounding puts copies of one direction. A component of a copy is
    /// rounded twice, when it is scaled and when it is stored, and each time by at most 2⁻²⁴ of itself.
    private func isScaledCopy(_ a: Int, of b: Int) -> Bool {
        precondition(max(a, b) < count, "Rows \(a) and \(b) are not both in 0..<\(count)")
        // SAFETY: both rows are below `count`, and the loop reads the components of one row.
        let x = unsafe floats.base + a * floatLayout.stride
        let y = unsafe floats.base + b * floatLayout.stride
        var squares: Float = 0
        for i in 0..<dimensions {
            let difference = unsafe x[i] - y[i]
            squares += difference * difference
            if !(squares <= Self.copyDistance) { return false }
        }
        return true
    }

    /// The squared distance of two roundings of each of two copies, 4 · 2⁻²⁴.
    private static var copyDistance: Float { 0x1p-44 }

    private func holdsSameBits(_ a: NodeID, _ b: NodeID) -> Bool {
        let (a, b) = (a.index, b.index)
        precondition(max(a, b) < count, "Rows \(a) and \(b) are not both in 0..<\(count)")
        // SAFETY: both rows are below `count`, and the loop reads the elements of one row.
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
        return switch elements.exact {
        case .halves: same(halves, stride: primaryLayout.stride) { UInt32($0) }
        case .floats: same(floats, stride: floatLayout.stride) { $0.bitPattern }
        case .codes:
            coded.factors[2 * a] == coded.factors[2 * b] && coded.factors[2 * a + 1] == coded.factors[2 * b + 1]
                && same(coded.codes, stride: primaryLayout.stride) { UInt32($0) }
        }
    }

    /// Whether walks and scans compare codes, and floats decide the order of the results.
    var comparesCodes: Bool { elements.hasFloatsBesideCodes && frame.comparesCodes }

    /// What walks and scans compare.
    private var walked: RowElements { comparesCodes ? .codes : elements.exact }

    /// The rows that walks and scans compare with queries.
    ///
    /// SAFETY: valid as long as the store lives and does not change.
    @unsafe var primaryRows: RowComparator { unsafe comparesCodes ? codedRows : exactRows }

    /// The codes, for `int8` and `int8Only`.
    ///
    /// SAFETY: valid as long as the store lives and does not change.
    @unsafe var codedRows: RowComparator { unsafe rows(of: .codes) }

    /// The rows that reported distances come from.
    ///
    /// SAFETY: valid as long as the store lives and does not change.
    @unsafe var exactRows: RowComparator { unsafe rows(of: elements.exact) }

    @unsafe private func rows(of kind: RowElements) -> RowComparator {
        switch kind {
        case .floats:
            unsafe RowComparator(
                base: floats.base, layout: floatLayout, elements: kind, frame: frame.rows, count: count, factors: nil,
                table: kernels
            )
        case .halves:
            unsafe RowComparator(
                base: halves.base, layout: primaryLayout, elements: kind, frame: frame.rows, count: count, factors: nil,
                table: kernels
            )
        case .codes:
            unsafe RowComparator(
                base: coded.codes.base, layout: primaryLayout, elements: kind, frame: frame.rows, count: count,
                factors: coded.factors.base, table: kernels
            )
        }
    }

    /// Copies the rows that walks compare from a mapped file, with what belongs to them.
    mutating func copyWalkedRows() {
        switch walked {
        case .codes: break
        case .halves: halves.copyIntoMemory()
        case .floats: floats.copyIntoMemory()
        }
        if walked == .codes { coded.copyWalkedIntoMemory() }
        keys.copyIntoMemory()
        tombstones.copyIntoMemory()
    }

    /// Has the rows behind a block read from a mapped file while a scan compares the block. Scans call it for all
    /// blocks in their order.
    func willScan(_ block: Range<Int>) {
        guard keys.isMapped || floats.isMapped || halves.isMapped || coded.isMapped else { return }
        let part = block.upperBound / Self.rowsReadAhead
        guard block.lowerBound == 0 || block.lowerBound / Self.rowsReadAhead != part else { return }
        let next = part * Self.rowsReadAhead..<(part + 2) * Self.rowsReadAhead
        func willRead<Element>(_ column: Column<Element>, _ stride: Int) {
            column.willRead(next.lowerBound * stride..<next.upperBound * stride)
        }
        switch walked {
        case .codes: willRead(coded.codes, primaryLayout.stride)
        case .halves: willRead(halves, primaryLayout.stride)
        case .floats: willRead(floats, floatLayout.stride)
        }
    }

    /// The rows that a scan of a mapped file reads at once.
    private static let rowsReadAhead = 4_096

    /// The bytes of all columns.
    var byteCount: Int {
        floats.byteCount + halves.byteCount + coded.byteCount + keys.byteCount + tombstones.byteCount
            + keyTable.slots.byteCount
    }
}
