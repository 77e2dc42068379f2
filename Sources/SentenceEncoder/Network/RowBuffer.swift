import CEncoderKernels

/// Rows of activations: a row for each token, as floats and, for products of codes, as codes.
///
/// One thread at a time uses it. Rows begin at multiples of 64 bytes and are padded to whole panels of weights.
@safe
final class RowBuffer {
    /// The number of rows.
    let rowCount: Int
    /// The floats of a row, without the padding.
    let width: Int
    /// The floats of a row that are encoded: its first.
    let encodedWidth: Int

    /// The distance between rows, in floats.
    let stride: Int

    private let codeStride: Int
    private let values: AlignedBuffer<Float>
    private let codes: AlignedBuffer<UInt8>
    private let scales: AlignedBuffer<Float>

    /// Creates rows of zeros.
    ///
    /// - Parameters:
    ///   - rowCount: The number of rows.
    ///   - width: The floats of a row.
    ///   - encodedWidth: How many of them ``encode(rows:with:)`` encodes: 0 if there is no product of codes.
    init(rowCount: Int, width: Int, encodedWidth: Int) {
        self.rowCount = rowCount
        self.width = width
        self.encodedWidth = encodedWidth
        let panel = Int(akin_panel_width)
        stride = (width + panel - 1) / panel * panel
        codeStride = (encodedWidth + 3) / 4 * 4
        // Attention reads up to a panel's width behind the last value.
        values = AlignedBuffer(count: rowCount * stride + panel)
        codes = AlignedBuffer(count: rowCount * codeStride)
        scales = AlignedBuffer(count: encodedWidth > 0 ? rowCount : 0)
    }

    /// The floats of the rows from `row` on, valid while the buffer lives.
    @unsafe func floats(from row: Int) -> akin_float_rows {
        precondition(row >= 0 && row <= rowCount, "row \(row) of \(rowCount)")
        return unsafe akin_float_rows(values: values.base + row * stride, stride: stride)
    }

    /// The codes of the rows from `row` on, valid while the buffer lives.
    @unsafe func encoded(from row: Int) -> akin_code_rows {
        precondition(encodedWidth > 0 && row >= 0 && row <= rowCount, "codes of row \(row) of \(rowCount)")
        return unsafe akin_code_rows(
            codes: codes.base + row * codeStride, stride: codeStride, scales: scales.base + row)
    }

    /// Encodes rows, if the buffer has room for codes.
    func encode(rows: Range<Int>, with table: EncoderKernelTable) {
        guard encodedWidth > 0 else { return }
        precondition(rows.upperBound <= rowCount, "rows \(rows) of \(rowCount)")
        // SAFETY: the rows exist, and both strides hold `encodedWidth` elements.
        unsafe table.kernels.pointee.encode(
            floats(from: rows.lowerBound), rows.count, encodedWidth, encoded(from: rows.lowerBound))
    }

    /// Calls `body` with the floats of a row, without the padding.
    func withRow<Result>(_ row: Int, _ body: (inout MutableSpan<Float>) -> Result) -> Result {
        precondition(row >= 0 && row < rowCount, "row \(row) of \(rowCount)")
        // SAFETY: the row exists, holds `width` floats, and lives as long as self, which outlives the call.
        var span = unsafe UnsafeMutableBufferPointer(start: values.base + row * stride, count: width).mutableSpan
        return body(&span)
    }
}
