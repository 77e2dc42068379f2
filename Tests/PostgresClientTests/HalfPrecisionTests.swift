import PostgresClient
import TestSupport
import Testing

struct HalfPrecisionTests {
    #if !(os(macOS) && arch(x86_64))
    @Test("Every half has the value that Float16 has")
    func fromHalf() {
        for bits in UInt16.min...UInt16.max {
            let expected = Float(Float16(bitPattern: bits)), value = PostgresClient.float(halfBits: bits)
            #expect(value.bitPattern == expected.bitPattern || value.isNaN && expected.isNaN, "bits \(bits)")
        }
    }

    @Test("A number is rounded to the half that Float16 rounds it to")
    func toHalf() {
        var random = SeededGenerator(seed: 11)
        var samples: [Float] = [
            0, -0, 1, 65504, 65519.996, 65520, 1e30, .infinity, -.infinity, 0x1p-24, 0x1p-25, 0x1.8p-25,
        ]
        for bits in stride(from: UInt16(0), to: 0x7C00, by: 7) {
            // Halfway to the next half, where the even one counts, and its neighbors.
            let low = Float(Float16(bitPattern: bits)), high = Float(Float16(bitPattern: bits + 1))
            guard high.isFinite else { continue }
            let middle = (low + high) / 2
            samples += [low, middle, middle.nextUp, middle.nextDown, -middle]
        }
        for _ in 0..<20_000 { samples.append(Float(bitPattern: UInt32.random(in: 0...UInt32.max, using: &random))) }
        for sample in samples where !sample.isNaN {
            #expect(halfBits(sample) == Float16(sample).bitPattern, "\(sample)")
        }
    }
    #endif

    @Test("What is no number stays none")
    func notANumber() {
        #expect(PostgresClient.float(halfBits: halfBits(.nan)).isNaN)
    }
}
