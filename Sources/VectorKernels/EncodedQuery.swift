import CVectorKernels

/// A vector in the form that kernels compare with rows of one element type: floats, or signed codes.
///
/// It owns its memory and is encoded many times. One thread at a time may use it.
@safe
package final class EncodedQuery {
    /// SAFETY: its `values` point to `memory`, which has room for `layout.length` elements. Both live as long as self.
    let values: UnsafeMutablePointer<akin_query>
    private let memory: UnsafeMutableRawPointer
    private let layout: RowLayout
    private let elements: RowElements

    /// The length of the difference between the vector and its decoded codes. It is 0 for floats.
    package private(set) var residual: Float = 0

    /// The length of the vector. It is known for codes only.
    package private(set) var norm: Float = 0

    /// Creates a query for rows of `layout`.
    package init(layout: RowLayout, elements: RowElements) {
        self.layout = layout
        self.elements = elements
        let bytes = max(layout.stride, layout.length) * MemoryLayout<Float>.stride
        unsafe memory = UnsafeMutableRawPointer.allocate(byteCount: max(64, bytes), alignment: 64)
        unsafe memory.initializeMemory(as: UInt8.self, repeating: 0, count: max(64, bytes))
        unsafe values = UnsafeMutablePointer.allocate(capacity: 1)
        unsafe values.initialize(to: akin_query(values: memory, scale: 0, sum: 0, squared_norm: 0))
    }

    deinit {
        unsafe memory.deallocate()
        unsafe values.deallocate()
    }

    /// Encodes a vector of the layout's dimensions.
    package func encode(_ vector: Span<Float>) {
        precondition(vector.count == layout.dimensions)
        // SAFETY: at most `layout.length` elements are written, and the memory has room for them.
        unsafe vector.withUnsafeBufferPointer { vector in
            guard let source = vector.baseAddress else { return }
            switch elements {
            case .floats, .halves:
                unsafe memory.copyMemory(from: source, byteCount: vector.count * MemoryLayout<Float>.stride)
            case .codes:
                let squaredNorm = unsafe Float(akin_sum_of_squares(source, vector.count))
                unsafe values.pointee.scale = akin_encode_query(
                    source, vector.count, layout.length, memory.assumingMemoryBound(to: Int8.self), &values.pointee.sum,
                    &residual
                )
                unsafe values.pointee.squared_norm = squaredNorm
                norm = squaredNorm.squareRoot()
            }
        }
    }

    /// Encodes a stored row.
    ///
    /// SAFETY: the row must exist in `rows`, and `rows` must have the layout and elements of the query.
    @unsafe
    package func encode(row: UInt32, of rows: RowComparator) {
        let address = unsafe rows.rows.rows + Int(row) * rows.rows.stride
        switch elements {
        case .floats:
            unsafe memory.copyMemory(from: address, byteCount: layout.dimensions * MemoryLayout<Float>.stride)
        case .halves:
            unsafe akin_floats_from_halves(
                address.assumingMemoryBound(to: UInt16.self), layout.dimensions,
                memory.assumingMemoryBound(to: Float.self)
            )
        case .codes:
            unsafe values.pointee.sum = rows.queryFromRow(
                address.assumingMemoryBound(to: UInt8.self), layout.length,
                memory.assumingMemoryBound(to: Int8.self)
            )
            unsafe values.pointee.scale = rows.rows.scales[Int(row)]
            let norm = unsafe rows.rows.norms[Int(row)]
            unsafe values.pointee.squared_norm = norm * norm
        }
    }
}
