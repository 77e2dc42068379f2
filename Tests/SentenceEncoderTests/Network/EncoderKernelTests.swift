import CEncoderKernels
import Foundation
import SentenceEncoder
import TestSupport
import Testing

@Suite("Kernels of the encoder")
struct EncoderKernelTests {
    private static let tables = EncoderKernelTable.available.indices
    private static let sizes = [1, 3, 4, 7, 8, 13, 31, 64, 65, 207, 384, 1025]
    /// Numbers of rows on both sides of the six of a tile.
    private static let counts = [0, 1, 2, 5, 6, 7, 11, 12, 13, 20]

    private func kernels(_ table: Int) -> akin_encoder_kernels {
        unsafe EncoderKernelTable.available[table].kernels.pointee
    }

    /// Floats of memory that rows of `width` take, in whole panels and with a panel behind them.
    private func padded(_ width: Int) -> Int { (width + 63) / 64 * 64 }

    @Test
    func `begin with the scalar ones and end with the best`() {
        #expect(EncoderKernelTable.available.first?.name == "scalar")
        #expect(EncoderKernelTable.available.last?.name == EncoderKernelTable.best.name)
        #expect(Set(EncoderKernelTable.available.map(\.name)).count == EncoderKernelTable.available.count)
    }

    @Test(arguments: tables, sizes)
    func `sum products of codes exactly, at their ends too`(table: Int, inputs: Int) {
        let outputs = 70
        let stride = (inputs + 3) / 4 * 4
        var generator = SeededGenerator(seed: UInt64(inputs))
        for pattern in 0..<4 {
            let ends: [Int8] = pattern == 2 ? [.min] : pattern == 3 ? [.max] : [.min, -127, 0, 127]
            let weights = (0..<outputs * inputs).map { _ in
                pattern == 0
                    ? Int8.random(in: .min ... .max, using: &generator) : ends.randomElement(using: &generator) ?? 0
            }
            // The padding of a row is arbitrary, for its weights are 0.
            let rows = (0..<6 * stride).map { _ in
                pattern < 2 ? UInt8.random(in: .min ... .max, using: &generator) : pattern == 2 ? 255 : 0
            }
            let panels = CodePanels(
                codes: weights, scales: [Float](repeating: 1, count: outputs),
                bias: [Float](repeating: 0, count: outputs), inputCount: inputs)
            for count in 1...6 {
                var sums = [Int32](repeating: .max, count: 2 * count * 64)
                var codes = rows
                unsafe codes.withUnsafeMutableBufferPointer { codes in
                    let input = unsafe akin_code_rows(codes: codes.baseAddress, stride: stride, scales: nil)
                    unsafe panels.withWeights { weights in
                        unsafe kernels(table).sum_codes(weights, 0, input, count, &sums)
                        var second = [Int32](repeating: .max, count: count * 64)
                        unsafe kernels(table).sum_codes(weights, 1, input, count, &second)
                        sums.replaceSubrange((count * 64)..., with: second)
                    }
                }
                for row in 0..<count {
                    for output in 0..<outputs {
                        let expected = (0..<inputs).reduce(0) {
                            $0 + (Int(rows[row * stride + $1]) - 128) * Int(weights[output * inputs + $1])
                        }
                        let found = sums[(output / 64 * count + row) * 64 + output % 64]
                        #expect(Int(found) == expected, "row \(row) of \(count), output \(output)")
                        guard Int(found) == expected else { return }
                    }
                }
            }
        }
    }

    @Test(arguments: tables, counts)
    func `multiply floats as plain loops do`(table: Int, count: Int) {
        var generator = SeededGenerator(seed: UInt64(count))
        for (inputs, outputs) in [(1, 1), (13, 64), (60, 65), (384, 200)] {
            func random(_ count: Int) -> [Float] {
                (0..<count).map { _ in Float.random(in: -1...1, using: &generator) }
            }
            let (weights, bias) = (random(outputs * inputs), random(outputs))
            let (stride, outStride) = (padded(inputs), padded(outputs))
            var rows = random(count * stride)
            var out = [Float](repeating: .nan, count: count * outStride)
            unsafe multiply(
                FloatPanels(weights: weights, bias: bias, inputCount: inputs), &rows, stride, count, akin_identity,
                &out, outStride, kernels(table))
            for row in 0..<count {
                for output in 0..<outputs {
                    let expected = (0..<inputs).reduce(Double(bias[output])) {
                        $0 + Double(rows[row * stride + $1]) * Double(weights[output * inputs + $1])
                    }
                    #expect(abs(Double(out[row * outStride + output]) - expected) < 3e-7 * Double(inputs + 8))
                }
            }
        }
    }

    private func multiply(
        _ panels: FloatPanels, _ rows: inout [Float], _ stride: Int, _ count: Int, _ activation: akin_activation,
        _ out: inout [Float], _ outStride: Int, _ kernels: akin_encoder_kernels
    ) {
        unsafe rows.withUnsafeMutableBufferPointer { rows in
            unsafe out.withUnsafeMutableBufferPointer { out in
                let input = unsafe akin_float_rows(values: rows.baseAddress, stride: stride)
                let output = unsafe akin_float_rows(values: out.baseAddress, stride: outStride)
                unsafe panels.withWeights {
                    unsafe kernels.multiply_floats($0, input, count, activation, output)
                }
            }
        }
    }

    @Test(arguments: tables)
    func `activate within the stated error`(table: Int) {
        // One input with the weight 1 makes the kernel a function of it.
        let xs = (-4000...4000).map { Float($0) / 250 } + [-1e30, -1e4, 1e4, 1e30, 1e-30, -0.0]
        let panels = FloatPanels(weights: [1], bias: [0], inputCount: 1)
        func values(_ activation: akin_activation) -> [Double] {
            var rows = xs
            var out = [Float](repeating: .nan, count: xs.count * 64)
            unsafe multiply(panels, &rows, 1, xs.count, activation, &out, 64, kernels(table))
            return xs.indices.map { Double(out[$0 * 64]) }
        }
        func largestError(_ activation: akin_activation, _ exact: (Double) -> Double) -> Double {
            zip(xs, values(activation)).map { x, y in
                abs(y - exact(Double(x))) / max(1, abs(Double(x)))
            }.max() ?? .infinity
        }
        #expect(largestError(akin_gelu) { $0 / 2 * erfc(-$0 / 2.0.squareRoot()) } < 5e-7)
        #expect(
            largestError(akin_gelu_tanh) {
                $0 / 2 * (1 + tanh((2 / Double.pi).squareRoot() * ($0 + 0.044715 * $0 * $0 * $0)))
            } < 5e-7)
        #expect(largestError(akin_relu) { max($0, 0) } == 0)
    }

    @Test(arguments: tables, sizes)
    func `encode rows with codes of at most 127 steps`(table: Int, width: Int) {
        let (stride, codeStride) = (padded(width), (width + 3) / 4 * 4)
        var generator = SeededGenerator(seed: UInt64(width))
        // Usual numbers, zeros, subnormal and large ones.
        let factors: [Float] = [1, 0, 0x1p-146, 1e38, 1e-20, 1]
        var rows = [Float](repeating: .nan, count: factors.count * stride)
        for (row, factor) in factors.enumerated() {
            for column in 0..<width {
                rows[row * stride + column] = factor * Float.random(in: -1...1, using: &generator)
            }
        }
        var codes = [UInt8](repeating: 7, count: factors.count * codeStride)
        var scales = [Float](repeating: .nan, count: factors.count)
        unsafe rows.withUnsafeMutableBufferPointer { rows in
            unsafe codes.withUnsafeMutableBufferPointer { codes in
                unsafe scales.withUnsafeMutableBufferPointer { scales in
                    unsafe kernels(table).encode(
                        akin_float_rows(values: rows.baseAddress, stride: stride), factors.count, width,
                        akin_code_rows(codes: codes.baseAddress, stride: codeStride, scales: scales.baseAddress))
                }
            }
        }
        for row in factors.indices {
            let values = rows[row * stride..<row * stride + width]
            let largest = values.map { abs($0) }.max() ?? 0
            #expect(scales[row] == largest / 127 || (scales[row] == 0 && largest < 1e-36))
            for column in 0..<width {
                let code = Int(codes[row * codeStride + column]) - 128
                #expect(abs(code) <= 127)
                let error = abs(Double(code) * Double(scales[row]) - Double(values[row * stride + column]))
                #expect(error <= 0.5001 * Double(largest) / 127 || largest < 1e-36)
                if scales[row] == 0 { #expect(code == 0) }
            }
        }
    }

    @Test(arguments: tables, [1, 8, 15, 16, 17, 60, 384])
    func `normalize a sum of rows`(table: Int, width: Int) {
        var generator = SeededGenerator(seed: UInt64(width))
        func random(_ count: Int, _ mean: Float = 0) -> [Float] {
            (0..<count).map { _ in mean + Float.random(in: -1...1, using: &generator) }
        }
        let stride = padded(width)
        let count = 3
        let (weight, bias, before) = (random(width), random(width), random(count * stride, 5))
        var (added, rows) = (random(count * stride), before)
        unsafe added.withUnsafeMutableBufferPointer { added in
            unsafe rows.withUnsafeMutableBufferPointer { rows in
                unsafe weight.withUnsafeBufferPointer { weight in
                    unsafe bias.withUnsafeBufferPointer { bias in
                        var normalization = unsafe akin_normalization(
                            width: width, epsilon: 1e-5, weight: weight.baseAddress, bias: bias.baseAddress)
                        unsafe kernels(table).add_normalize(
                            &normalization, akin_float_rows(values: added.baseAddress, stride: stride),
                            akin_float_rows(values: rows.baseAddress, stride: stride), count)
                    }
                }
            }
        }
        for row in 0..<count {
            let sums = (0..<width).map { Double(before[row * stride + $0]) + Double(added[row * stride + $0]) }
            let mean = sums.reduce(0, +) / Double(width)
            let variance = sums.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(width)
            for column in 0..<width {
                let expected =
                    (sums[column] - mean) / (variance + 1e-5).squareRoot() * Double(weight[column])
                    + Double(bias[column])
                #expect(abs(Double(rows[row * stride + column]) - expected) < 2e-5)
            }
        }
    }

    @Test(arguments: tables, [1, 2, 6, 7, 15, 16, 17, 33, 100, 512])
    func `attend as plain loops do, to large scores too`(table: Int, length: Int) {
        for (heads, size, scale) in [(3, 20, Float(1)), (2, 32, 1), (1, 64, 30), (2, 72, 1), (1, 1, 1)] {
            let width = heads * size
            let stride = padded(3 * width)
            var generator = SeededGenerator(seed: UInt64(length * size))
            let before = (0..<length * stride + 64).map { _ in Float.random(in: -scale...scale, using: &generator) }
            var rows = before
            var scratch = [Float](repeating: .nan, count: akin_attention_scratch(length, size))
            unsafe rows.withUnsafeMutableBufferPointer { rows in
                var attention = unsafe akin_attention(
                    rows: akin_float_rows(values: rows.baseAddress, stride: stride), length: length,
                    head_count: heads, head_size: size)
                unsafe kernels(table).attend(&attention, &scratch)
            }
            // Every seventh token, and the first six.
            for token in 0..<length where token < 6 || token % 7 == 0 {
                for head in 0..<heads {
                    let expected = context(before, token: token, length: length, stride, head * size, size, width)
                    for column in 0..<size {
                        let found = Double(rows[token * stride + head * size + column])
                        #expect(abs(found - expected[column]) < 1e-5 * Double(scale * scale))
                    }
                }
            }
        }
    }

    /// The context of a token by one head.
    private func context(
        _ rows: [Float], token: Int, length: Int, _ stride: Int, _ first: Int, _ size: Int, _ width: Int
    ) -> [Double] {
        func value(_ token: Int, _ part: Int, _ column: Int) -> Double {
            Double(rows[token * stride + part * width + first + column])
        }
        let scores = (0..<length).map { key in
            (0..<size).reduce(0) { $0 + value(token, 0, $1) * value(key, 1, $1) } / Double(size).squareRoot()
        }
        let largest = scores.max() ?? 0
        let weights = scores.map { exp($0 - largest) }
        let sum = weights.reduce(0, +)
        return (0..<size).map { column in
            (0..<length).reduce(0) { $0 + weights[$1] / sum * value($1, 2, column) }
        }
    }
}
