package import CEncoderKernels

/// The weights of a layer as floats, in panels.
@safe
package struct FloatPanels: Sendable {
    private let inputCount: Int
    private let panelCount: Int
    private let panels: AlignedBuffer<Float>
    private let bias: AlignedBuffer<Float>

    /// Packs the rows of weights of all outputs, `inputCount` for each.
    package init(weights: [Float], bias: [Float], inputCount: Int) {
        self.inputCount = inputCount
        panelCount = (bias.count + panelWidth - 1) / panelWidth
        panels = AlignedBuffer(count: panelCount * panelWidth * inputCount)
        self.bias = AlignedBuffer(count: panelCount * panelWidth)
        for (output, value) in bias.enumerated() {
            self.bias[output] = value
            let first = output / panelWidth * inputCount * panelWidth + output % panelWidth
            for input in 0..<inputCount {
                panels[first + input * panelWidth] = weights[output * inputCount + input]
            }
        }
    }

    /// Calls `body` with the weights as the kernels take them.
    @unsafe package func withWeights(_ body: (UnsafePointer<akin_float_weights>) -> Void) {
        let weights = unsafe akin_float_weights(
            inner: inputCount, panel_count: panelCount, panels: panels.base, bias: bias.base)
        unsafe withUnsafePointer(to: weights, body)
    }
}

/// The weights of a layer as 8-bit codes with a scale for each output, in panels.
@safe
package struct CodePanels: Sendable {
    private let inputCount: Int
    private let panelCount: Int
    private let panels: AlignedBuffer<Int8>
    private let scales: AlignedBuffer<Float>
    private let bias: AlignedBuffer<Float>
    private let sums: AlignedBuffer<Int32>

    private var groupCount: Int { (inputCount + 3) / 4 }

    /// Encodes and packs the rows of weights of all outputs, `inputCount` for each.
    package init(weights: [Float], bias: [Float], inputCount: Int) {
        let encoded = SymmetricCodes(encoding: weights, width: inputCount)
        self.init(codes: encoded.codes, scales: encoded.scales, bias: bias, inputCount: inputCount)
    }

    /// Packs the rows of codes of all outputs, `inputCount` for each.
    package init(codes: [Int8], scales: [Float], bias: [Float], inputCount: Int) {
        self.inputCount = inputCount
        panelCount = (bias.count + panelWidth - 1) / panelWidth
        let groups = (inputCount + 3) / 4
        panels = AlignedBuffer(count: panelCount * panelWidth * groups * 4)
        self.scales = AlignedBuffer(count: panelCount * panelWidth)
        self.bias = AlignedBuffer(count: panelCount * panelWidth)
        sums = AlignedBuffer(count: panelCount * panelWidth)
        for output in bias.indices {
            self.scales[output] = scales[output]
            self.bias[output] = bias[output]
            let first = (output / panelWidth * groups * panelWidth + output % panelWidth) * 4
            var sum: Int32 = 0
            for input in 0..<inputCount {
                let code = codes[output * inputCount + input]
                panels[first + input / 4 * panelWidth * 4 + input % 4] = code
                sum += Int32(code)
            }
            sums[output] = sum
        }
    }

    /// Calls `body` with the weights as the kernels take them.
    @unsafe package func withWeights(_ body: (UnsafePointer<akin_code_weights>) -> Void) {
        let weights = unsafe akin_code_weights(
            inner_groups: groupCount, panel_count: panelCount, panels: panels.base, scales: scales.base,
            bias: bias.base, sums: sums.base)
        unsafe withUnsafePointer(to: weights, body)
    }
}

/// The outputs of a panel.
private let panelWidth = Int(akin_panel_width)
