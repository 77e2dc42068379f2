import VectorKernels

/// Reads the vectors of a store, as comparisons see them. It is a bundle of addresses, valid as long as the store lives
/// and does not change.
@unsafe
struct RowReader {
    private let exact: RowElements
    private let dimensions: Int
    private let floats: UnsafePointer<Float>
    private let floatStride: Int
    private let halves: UnsafePointer<UInt16>
    private let codes: UnsafePointer<UInt8>
    private let factors: UnsafePointer<Float>
    private let primaryStride: Int
    private let frame: RowFrame
    private let coded: Int

    /// SAFETY: the first `coded` rows of the store must have codes, if it has no floats beside them.
    fileprivate init(_ store: VectorStore, coded: Int) {
        unsafe exact = store.elements.exact
        unsafe dimensions = store.dimensions
        unsafe floats = UnsafePointer(store.floats.base)
        unsafe floatStride = store.floatLayout.stride
        unsafe halves = UnsafePointer(store.halves.base)
        unsafe codes = UnsafePointer(store.coded.codes.base)
        unsafe factors = UnsafePointer(store.coded.factors.base)
        unsafe primaryStride = store.primaryLayout.stride
        unsafe frame = store.frame.rows
        unsafe self.coded = coded
    }

    /// Writes the vector in a row.
    ///
    /// SAFETY: the row must exist, and there must be room for its dimensions.
    func read(_ row: Int, into target: UnsafeMutablePointer<Float>) {
        switch unsafe exact {
        case .floats:
            unsafe target.initialize(from: floats + row * floatStride, count: dimensions)
        case .halves:
            unsafe decodeHalves(halves + row * primaryStride, count: dimensions, into: target)
        case .codes:
            // Rows that have no codes yet wait as floats.
            if unsafe row >= coded {
                unsafe target.initialize(from: floats + (row - coded) * floatStride, count: dimensions)
            } else {
                unsafe frame.decode(
                    codes + row * primaryStride, scale: factors[2 * row], count: dimensions, into: target)
            }
        }
    }
}

extension RowReader {
    /// The magnitude of the largest component of some rows.
    ///
    /// SAFETY: the rows must exist.
    func largestMagnitude(of rows: some Sequence<NodeID>) -> Float {
        let vector = unsafe UnsafeMutableBufferPointer<Float>.allocate(capacity: dimensions)
        defer { unsafe vector.deallocate() }
        guard let start = vector.baseAddress else { return 0 }
        var largest: Float = 0
        for row in rows {
            unsafe read(row.index, into: start)
            unsafe largest = max(largest, StoreFrame.magnitude(vector))
        }
        return largest
    }
}

extension VectorStore {
    /// A reader of the rows, the first of which have codes.
    ///
    /// SAFETY: see ``RowReader``.
    @unsafe
    func reader(coded: Int) -> RowReader { unsafe RowReader(self, coded: coded) }
}
