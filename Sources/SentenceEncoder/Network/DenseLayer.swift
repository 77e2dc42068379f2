import CEncoderKernels

/// A dense layer: each output is an activation of a sum of weighted inputs and a bias.
///
/// The weights are packed once into panels of 64 outputs, in the order in which the kernels read them;
/// `encoder_kernels.h` draws both layouts. The layer owns its memory and never changes.
@safe
final class DenseLayer: Sendable {
    /// The number of inputs.
    let inputCount: Int
    /// The number of outputs.
    let outputCount: Int

    private let weights: PackedWeights

    /// Packs a layer.
    ///
    /// - Parameters:
    ///   - weights: `bias.count` rows of `inputCount` weights, a row for each output.
    ///   - bias: A number for each output.
    ///   - inputCount: The number of inputs, at most 65,536.
    ///   - precision: The numbers of the product.
    /// - Complexity: O(*weights*).
    init(weights: [Float], bias: [Float], inputCount: Int, precision: EncoderPrecision) {
        precondition(
            weights.count == bias.count * inputCount && inputCount <= 65_536,
            "\(weights.count) weights for \(bias.count) outputs of \(inputCount) inputs")
        self.inputCount = inputCount
        outputCount = bias.count
        self.weights =
            switch precision {
            case .float32: .floats(FloatPanels(weights: weights, bias: bias, inputCount: inputCount))
            case .int8: .codes(CodePanels(weights: weights, bias: bias, inputCount: inputCount))
            }
    }

    /// Applies the layer to rows of a buffer.
    ///
    /// - Parameters:
    ///   - input: The buffer. Its rows begin with the inputs; they must be encoded if the layer multiplies codes.
    ///   - rows: The rows.
    ///   - activation: What becomes of the sums.
    ///   - output: Receives the outputs. It is another buffer.
    ///   - place: The first row that receives some.
    ///   - table: The kernels.
    /// - Complexity: O(*rows* · *inputs* · *outputs*).
    func apply(
        to input: RowBuffer, rows: Range<Int>, activation: akin_activation = akin_identity, into output: RowBuffer,
        at place: Int, with table: EncoderKernelTable
    ) {
        precondition(
            rows.upperBound <= input.rowCount && place + rows.count <= output.rowCount && inputCount <= input.width
                && outputCount <= output.width,
            "cannot multiply rows \(rows) of \(input.rowCount) x \(input.width) with \(inputCount) x \(outputCount) "
                + "weights into rows from \(place) of \(output.rowCount) x \(output.width)")
        // SAFETY: all rows exist, and their strides hold the inputs and whole panels of outputs.
        switch weights {
        case .floats(let panels):
            unsafe panels.withWeights {
                unsafe table.kernels.pointee.multiply_floats(
                    $0, input.floats(from: rows.lowerBound), rows.count, activation, output.floats(from: place))
            }
        case .codes(let panels):
            precondition(input.encodedWidth == inputCount, "\(input.encodedWidth) codes for \(inputCount) inputs")
            unsafe panels.withWeights {
                unsafe table.kernels.pointee.multiply_codes(
                    $0, input.encoded(from: rows.lowerBound), rows.count, activation, output.floats(from: place))
            }
        }
    }
}

private enum PackedWeights: Sendable {
    case floats(FloatPanels)
    case codes(CodePanels)
}
