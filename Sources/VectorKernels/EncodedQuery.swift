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

    /// Room for the difference from a center.
    private let centered: UnsafeMutablePointer<Float>

    /// What the error of a distance by codes is bounded with; see ``CodeErrorBound``.
    private(set) var bound = akin_bound(per_residual: 0, per_norm: 0, per_squared_norm: 0, constant: 0)

    /// A distance in the metric is `first` plus the raw distance times `factor`.
    private var first = 0.0
    private var factor = 1.0

    /// Creates a query for rows of `layout`.
    package init(layout: RowLayout, elements: RowElements) {
        self.layout = layout
        self.elements = elements
        let bytes = max(layout.stride, layout.length) * MemoryLayout<Float>.stride
        unsafe memory = UnsafeMutableRawPointer.allocate(byteCount: max(64, bytes), alignment: 64)
        unsafe memory.initializeMemory(as: UInt8.self, repeating: 0, count: max(64, bytes))
        unsafe centered = .allocate(capacity: layout.dimensions)
        unsafe values = UnsafeMutablePointer.allocate(capacity: 1)
        unsafe values.initialize(to: akin_query(values: memory, scale: 1, sum: 0, constant: 0, weight: 0))
    }

    deinit {
        unsafe memory.deallocate()
        unsafe centered.deallocate()
        unsafe values.deallocate()
    }

    // MARK: - Distances

    /// The distance in the metric: 1 − *q*·*x* for inner products.
    ///
    /// Squared distances by codes may come out a little below 0, where no distance lies.
    package func distance(ofRaw raw: Float) -> Float {
        let distance = Float(first + Double(raw) * factor)
        return first == 0 && distance < 0 ? 0 : distance
    }

    /// A raw distance that no vector exceeds whose distance in the metric is at most `distance`.
    package func largestRaw(within distance: Float) -> Float {
        guard distance.isFinite else { return distance }
        let slack = abs(Double(distance)) * 0x1p-23
        return Float((Double(distance) - first + slack) / factor).nextUp
    }

    // MARK: - Encoding

    /// Encodes a vector of the layout's dimensions for rows in a frame.
    package func encode(_ vector: Span<Float>, in frame: RowFrame) {
        precondition(vector.count == layout.dimensions)
        // SAFETY: at most `layout.length` elements are written, and the memory has room for them.
        unsafe vector.withUnsafeBufferPointer { vector in
            guard let source = vector.baseAddress else { return }
            let scaling = unsafe QueryScaling(vector, frame)
            first = frame.comparison == .innerProduct ? 1 : 0
            factor = scaling.metricFactor
            switch elements {
            case .floats, .halves: unsafe encodeFloats(source, frame, scaling)
            case .codes: unsafe encodeCodes(source, frame, scaling)
            }
        }
    }

    private func encodeFloats(_ source: UnsafePointer<Float>, _ frame: RowFrame, _ scaling: QueryScaling) {
        let target = unsafe memory.assumingMemoryBound(to: Float.self)
        unsafe akin_scale(source, layout.dimensions, scaling.floats, target)
        unsafe values.pointee.scale = Float(scaling.query)
    }

    private func encodeCodes(_ source: UnsafePointer<Float>, _ frame: RowFrame, _ scaling: QueryScaling) {
        let count = layout.dimensions
        let rounding = Double(count + 8) * 0x1p-23
        var residual: Float = 0
        var weight = 1.0
        var along = 0.0
        let ratio = scaling.query / Double(frame.unit)
        switch frame.comparison {
        case .squaredEuclidean, .cosine:
            unsafe frame.center(
                source, count: count, scale: ratio, weight: 1, unit: Double(frame.unit), into: centered)
        case .innerProduct:
            // The part of the query along the center goes into the weight of the offsets, which are exact.
            along = unsafe frame.productWithCenter(source) * scaling.query
            weight = frame.squaredCenter > 0x1p-60 ? along / frame.squaredCenter : 0
            unsafe frame.center(source, count: count, scale: 1, weight: weight, unit: scaling.query, into: centered)
        }
        let step = unsafe akin_encode_query(
            centered, count, layout.length, memory.assumingMemoryBound(to: Int8.self), &values.pointee.sum, &residual)
        let squaredNorm = unsafe akin_sum_of_squares(centered, count)
        let (norm, error) = (squaredNorm.squareRoot(), Double(residual))
        var constant = 0.0
        var product = 1.0
        var perNorm = 0.0
        var perSquaredNorm = 0.0
        var loose = 0.0
        switch frame.comparison {
        case .squaredEuclidean:
            constant = squaredNorm
            (weight, product) = (ratio * ratio, 2 * ratio)
            (perNorm, perSquaredNorm, loose) = (2 * rounding * norm * ratio, rounding * weight, rounding * squaredNorm)
        case .cosine:
            constant = squaredNorm / 2 + (unsafe akin_sum_of_squares(source, count) == 0 ? 0.5 : 0)
            (perNorm, perSquaredNorm, loose) = (rounding * norm, rounding, rounding * (1 + squaredNorm))
        case .innerProduct:
            constant = -along
            let length = unsafe akin_sum_of_squares(source, count).squareRoot() * scaling.query
            let center = frame.squaredCenter.squareRoot()
            (perNorm, loose) = (rounding * (length + norm + abs(weight) * center), rounding * length * center)
        }
        unsafe values.pointee.scale = Float(-product * Double(step))
        unsafe values.pointee.constant = Float(constant)
        unsafe values.pointee.weight = Float(weight)
        bound = akin_bound(
            per_residual: Float(product * (norm + error)), per_norm: Float(product * error + perNorm),
            per_squared_norm: Float(perSquaredNorm), constant: .leastNormalMagnitude + Float(loose))
    }

    /// Encodes a stored row. Distances from it are raw in a scale of their own.
    ///
    /// SAFETY: the row must exist in `rows`, and `rows` must have the layout and elements of the query.
    @unsafe
    package func encode(row: UInt32, of rows: RowComparator) {
        let address = unsafe rows.rows.rows + Int(row) * rows.rows.stride
        switch elements {
        case .floats:
            let source = unsafe address.assumingMemoryBound(to: Float.self)
            unsafe encode(floats: source, rows)
        case .halves:
            unsafe akin_floats_from_halves(
                address.assumingMemoryBound(to: UInt16.self), layout.dimensions,
                memory.assumingMemoryBound(to: Float.self)
            )
            unsafe encode(floats: UnsafePointer(memory.assumingMemoryBound(to: Float.self)), rows)
        case .codes:
            unsafe values.pointee.sum = rows.queryFromRow(
                address.assumingMemoryBound(to: UInt8.self), layout.length,
                memory.assumingMemoryBound(to: Int8.self)
            )
            let factors = unsafe rows.rows.factors[Int(row)]
            unsafe values.pointee.scale = rows.rowProductFactor * factors.scale
            unsafe values.pointee.constant = factors.offset - rows.rowConstant
            unsafe values.pointee.weight = 1
        }
    }

    private func encode(floats source: UnsafePointer<Float>, _ rows: RowComparator) {
        let target = unsafe memory.assumingMemoryBound(to: Float.self)
        let (first, second) = unsafe rows.rowMultipliers
        unsafe akin_scale(source, layout.dimensions, Double(first) * Double(second), target)
        unsafe values.pointee.scale = first
    }
}

/// The powers of two that a query is multiplied with, so that its distances stay in the range of floats.
private struct QueryScaling {
    /// The factor of the query's components and, for squared distances, of the rows'.
    let query: Double

    /// The factor of the components of a query of floats.
    let floats: Double

    /// What turns a raw distance into one of the metric.
    let metricFactor: Double

    @unsafe
    init(_ vector: UnsafeBufferPointer<Float>, _ frame: RowFrame) {
        let largest = unsafe vector.baseAddress.map { unsafe akin_largest_magnitude($0, vector.count) } ?? 0
        let own = RowFrame.unit(for: largest)
        switch frame.comparison {
        case .squaredEuclidean:
            query = Double(frame.fits(largest) ? frame.unit : min(frame.unit, own))
            floats = query
            metricFactor = 1 / (query * query)
        case .innerProduct:
            query = Double(own)
            floats = query * Double(frame.unit)
            metricFactor = 1 / floats
        case .cosine:
            (query, floats, metricFactor) = (1, 1, 1)
        }
    }
}
