import CEncoderKernels

/// Layer normalization: a row minus its mean, divided by its standard deviation, times weights, plus a bias.
///
/// Ba, Kiros and Hinton, *Layer Normalization* (2016), <https://arxiv.org/abs/1607.06450>.
@safe
struct LayerNormalization: Sendable {
    private let weight: [Float]
    private let bias: [Float]
    private let epsilon: Float

    init(weight: [Float], bias: [Float], epsilon: Float) {
        precondition(weight.count == bias.count, "\(weight.count) weights and \(bias.count) numbers of a bias")
        self.weight = weight
        self.bias = bias
        self.epsilon = epsilon
    }

    /// Normalizes rows of a buffer, in place, after adding rows of another.
    ///
    /// - Parameters:
    ///   - buffer: The buffer.
    ///   - rows: Its rows.
    ///   - added: The buffer whose first rows are added to them; nil adds nothing.
    ///   - table: The kernels.
    func normalize(_ buffer: RowBuffer, rows: Range<Int>, adding added: RowBuffer?, with table: EncoderKernelTable) {
        precondition(
            rows.upperBound <= buffer.rowCount && buffer.width == weight.count
                && (added.map { rows.count <= $0.rowCount && $0.width == weight.count } ?? true),
            "cannot normalize rows \(rows) of \(buffer.rowCount) x \(buffer.width) to \(weight.count) columns")
        // SAFETY: all rows exist and have `width` columns, as the weights have.
        unsafe weight.withUnsafeBufferPointer { weight in
            unsafe bias.withUnsafeBufferPointer { bias in
                var normalization = unsafe akin_normalization(
                    width: weight.count, epsilon: epsilon, weight: weight.baseAddress, bias: bias.baseAddress)
                unsafe table.kernels.pointee.add_normalize(
                    &normalization, added?.floats(from: 0) ?? akin_float_rows(values: nil, stride: 0),
                    buffer.floats(from: rows.lowerBound), rows.count)
            }
        }
    }
}
