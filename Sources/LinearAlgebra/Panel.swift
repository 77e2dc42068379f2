#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#elseif canImport(Bionic)
import Bionic
#else
import Glibc
#endif

/// A dense, row-major block of floats. Many threads may work on it at once, each on rows of its own.
///
/// Rows begin at multiples of 64 bytes. The panel alone owns its memory, which lives as long as the panel.
@safe final class Panel: @unchecked Sendable {
    let rowCount: Int
    let columnCount: Int

    /// The distance between rows, in floats: the number of columns, rounded up to whole cache lines.
    let stride: Int

    // SAFETY: `rowCount * stride` initialized floats within `allocation`, which this object owns. The class is Sendable
    // because concurrent writers write disjoint rows or columns, by way of `PanelSlice`.
    private let base: UnsafeMutablePointer<Float>
    private let allocation: UnsafeMutableRawPointer

    /// Creates a panel of zeros.
    init(rowCount: Int, columnCount: Int) {
        let (line, alignment) = (16, 64)
        self.rowCount = rowCount
        self.columnCount = columnCount
        var stride = (columnCount + line - 1) / line * line
        // Rows whose distance is a large power of two would all use the same few sets of the cache.
        if stride >= 256, stride % 64 == 0 { stride += line }
        self.stride = stride
        // The system gives large blocks as zeros, page by page, when a worker first writes a page.
        let bytes = rowCount * stride * MemoryLayout<Float>.stride + alignment
        guard let allocation = unsafe calloc(bytes, 1) else {
            fatalError("no memory for a panel of \(rowCount) x \(columnCount) floats")
        }
        unsafe self.allocation = unsafe allocation
        unsafe base = unsafe allocation.alignedUp(toMultipleOf: alignment)
            .bindMemory(to: Float.self, capacity: rowCount * stride)
    }

    deinit {
        unsafe free(allocation)
    }

    /// The whole panel.
    var all: PanelSlice { PanelSlice(panel: self, rows: 0..<rowCount, columns: 0..<columnCount) }

    /// Some of the rows.
    func rows(_ rows: Range<Int>) -> PanelSlice {
        PanelSlice(panel: self, rows: rows, columns: 0..<columnCount)
    }

    /// Some of the columns.
    func columns(_ columns: Range<Int>) -> PanelSlice {
        PanelSlice(panel: self, rows: 0..<rowCount, columns: columns)
    }

    /// The value in a row and a column.
    subscript(row: Int, column: Int) -> Float {
        get {
            checkPlace(row, column)
            // SAFETY: the place was checked.
            return unsafe base[row * stride + column]
        }
        set {
            checkPlace(row, column)
            // SAFETY: the place was checked.
            unsafe base[row * stride + column] = newValue
        }
    }

    /// The address of a place, valid while the panel lives.
    @unsafe func address(row: Int, column: Int) -> UnsafeMutablePointer<Float> {
        unsafe base + (row * stride + column)
    }

    private func checkPlace(_ row: Int, _ column: Int) {
        precondition(
            row >= 0 && row < rowCount && column >= 0 && column < columnCount,
            "place (\(row), \(column)) of a \(rowCount) x \(columnCount) panel"
        )
    }
}

/// A rectangle of a panel. It keeps the panel alive.
@safe struct PanelSlice: Sendable {
    let panel: Panel
    let rows: Range<Int>
    let columns: Range<Int>

    init(panel: Panel, rows: Range<Int>, columns: Range<Int>) {
        precondition(
            rows.lowerBound >= 0 && rows.upperBound <= panel.rowCount
                && columns.lowerBound >= 0 && columns.upperBound <= panel.columnCount,
            "rows \(rows), columns \(columns) of a \(panel.rowCount) x \(panel.columnCount) panel"
        )
        self.panel = panel
        self.rows = rows
        self.columns = columns
    }

    var rowCount: Int { rows.count }
    var columnCount: Int { columns.count }
    var stride: Int { panel.stride }
    var shape: String { "\(rowCount) x \(columnCount)" }

    /// The address of the first value. Meaningless for an empty slice.
    // SAFETY: the bounds were checked by the initializer, so `rowCount` rows of `columnCount` floats, `stride` apart,
    // follow it within the panel.
    @unsafe var base: UnsafeMutablePointer<Float> {
        unsafe panel.address(row: rows.lowerBound, column: columns.lowerBound)
    }

    /// Some of the slice's rows, counted within the slice.
    func rows(_ range: Range<Int>) -> PanelSlice {
        PanelSlice(
            panel: panel, rows: rows.lowerBound + range.lowerBound..<rows.lowerBound + range.upperBound,
            columns: columns
        )
    }
}

extension PanelSlice {
    /// Some of the slice's columns, counted within the slice.
    func columns(_ range: Range<Int>) -> PanelSlice {
        PanelSlice(
            panel: panel, rows: rows,
            columns: columns.lowerBound + range.lowerBound..<columns.lowerBound + range.upperBound
        )
    }
}

// MARK: - Copying and filling

extension PanelSlice {
    /// Copies the values of another slice of the same shape, which does not overlap this one.
    func copy(_ source: PanelSlice) {
        precondition(
            source.rowCount == rowCount && source.columnCount == columnCount,
            "cannot copy \(source.rowCount) x \(source.columnCount) values to \(rowCount) x \(columnCount)"
        )
        // SAFETY: both slices hold `rowCount` rows of `columnCount` floats.
        for row in 0..<rowCount {
            unsafe (base + row * stride).update(from: source.base + row * source.stride, count: columnCount)
        }
    }

    /// Sets every value to 0.
    func clear() {
        // SAFETY: the slice holds `rowCount` rows of `columnCount` floats.
        for row in 0..<rowCount { unsafe (base + row * stride).update(repeating: 0, count: columnCount) }
    }

    /// Multiplies every value with a factor.
    func scale(by factor: Float) {
        // SAFETY: the slice holds `rowCount` rows of `columnCount` floats.
        for row in 0..<rowCount {
            let start = unsafe base + row * stride
            for column in 0..<columnCount { unsafe start[column] *= factor }
        }
    }

    /// Adds the values, row after row, to an array of as many.
    func add(to sum: inout [Double]) {
        precondition(sum.count == rowCount * columnCount, "\(sum.count) values for \(rowCount) x \(columnCount)")
        // SAFETY: the slice holds `rowCount` rows of `columnCount` floats, and the array as many numbers.
        for row in 0..<rowCount {
            let source = unsafe base + row * stride
            for column in 0..<columnCount { unsafe sum[row * columnCount + column] += Double(source[column]) }
        }
    }

    /// The values, row after row.
    func values() -> [Float] {
        // SAFETY: exactly `rowCount * columnCount` elements are initialized, from rows of `columnCount` floats.
        unsafe [Float](unsafeUninitializedCapacity: rowCount * columnCount) { buffer, count in
            count = rowCount * columnCount
            guard count > 0, let target = buffer.baseAddress else { return }
            for row in 0..<rowCount {
                unsafe (target + row * columnCount).initialize(from: base + row * stride, count: columnCount)
            }
        }
    }

    /// The values as a matrix.
    func matrix() -> DenseMatrix {
        DenseMatrix(rowCount: rowCount, columnCount: columnCount, unchecked: values())
    }

    /// Sets the values from an array, row after row.
    func set(_ values: [Float]) {
        precondition(values.count == rowCount * columnCount, "\(values.count) values for \(rowCount) x \(columnCount)")
        guard !values.isEmpty else { return }
        // SAFETY: the array holds `rowCount * columnCount` values and the slice as many places.
        unsafe values.withUnsafeBufferPointer { buffer in
            guard let source = buffer.baseAddress else { return }
            for row in 0..<rowCount {
                unsafe (base + row * stride).update(from: source + row * columnCount, count: columnCount)
            }
        }
    }
}
