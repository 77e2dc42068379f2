import CVectorKernels
import TestSupport
import Testing
import VectorKernels

@Suite("Conversions")
struct ConversionTests {
    @Test(arguments: [0, 1, 7, 8, 13, 31, 207, 1025])
    func `quantize each component to the nearest step`(size: Int) {
        var generator = SeededGenerator(seed: UInt64(size))
        for magnitude in [Float(1e-20), 1, 1e18] {
            let vector = (0..<size).map { _ in Float.random(in: -magnitude...magnitude, using: &generator) }
            let quantized = QuantizedVector(vector.span)
            #expect(quantized.codes.count == size)
            #expect(quantized.codes.allSatisfy { $0 >= 1 })
            var squares = 0.0
            for (value, decoded) in zip(vector, quantized.dequantized()) {
                #expect(abs(value - decoded) <= 0.5001 * quantized.scale)
                squares += (Double(value) - Double(decoded)) * (Double(value) - Double(decoded))
            }
            #expect(Double(quantized.residual) >= squares.squareRoot() * 0.99999)
            #expect(Double(quantized.residual) <= squares.squareRoot() * 1.0001 + 1e-4 * Double(quantized.scale))
        }
    }

    @Test
    func `quantize vectors without a step to zeros`() {
        for vector: [Float] in [[0, 0, -0.0], [.leastNonzeroMagnitude, -1e-37, 0]] {
            let quantized = QuantizedVector(vector.span)
            #expect(quantized.scale == 0)
            #expect(quantized.codes == [128, 128, 128])
            #expect(quantized.dequantized() == [0, 0, 0])
        }
    }

    @Test
    func `reach the ends of the codes`() {
        #expect(QuantizedVector([127, -127, 1, 0].span).codes == [255, 1, 129, 128])
    }

    @Test
    func `make every half a float and the same half again`() {
        for half in UInt16.min ... .max {
            var value: Float = 0
            var back: UInt16 = 0
            unsafe akin_floats_from_halves([half], 1, &value)
            unsafe akin_halves_from_floats([value], 1, &back)
            #expect(value.isNaN ? back & 0x7FFF > 0x7C00 : back == half)
        }
    }

    #if !(os(macOS) && arch(x86_64))
    @Test
    func `round floats to halves as the hardware does`() {
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<100_000 {
            let bits = UInt32.random(in: 0...UInt32.max, using: &generator)
            // Few random patterns have an exponent that a half has: make more.
            let value = Float(
                bitPattern: bits & 0x8FFF_FFFF | UInt32.random(in: 0x30...0x47, using: &generator) << 24)
            var half: UInt16 = 0
            unsafe akin_halves_from_floats([value], 1, &half)
            #expect(half == Float16(value).bitPattern, "\(value)")
        }
    }
    #endif
}
