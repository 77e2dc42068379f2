import MappedFiles
import TestSupport
import Testing

@Suite("CRC-32C")
struct CRC32CTests {
    /// The sums of RFC 3720, appendix B.4, and the usual check string of catalogues of CRCs.
    @Test(arguments: CRC32C.Implementation.allCases)
    func `CRC-32C gives the sums that are published`(implementation: CRC32C.Implementation) {
        func sum(_ bytes: [UInt8]) -> UInt32 { bytes.withRawSpan { CRC32C($0, by: implementation).value } }
        #expect(sum([]) == 0)
        #expect(sum(Array("123456789".utf8)) == 0xE306_9283)
        #expect(sum([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
        #expect(sum([UInt8](repeating: 0xFF, count: 32)) == 0x62A8_AB43)
        #expect(sum(Array(0..<32)) == 0x46DD_794E)
        #expect(sum((0..<32).reversed()) == 0x113F_DB5C)
    }

    /// Lengths around eight bytes, one stream, three streams and several rounds of three, from every alignment.
    @Test(arguments: [0, 1, 7, 8, 13, 31, 207, 1023, 1024, 1025, 3071, 3072, 3073, 6145, 9300, 20_001])
    func `CRC-32C is the same by every implementation, over awkward sizes`(count: Int) {
        var generator = SeededGenerator(seed: UInt64(count))
        let bytes = (0..<count + 8).map { _ in UInt8.random(in: 0...255, using: &generator) }
        for start in 0..<8 {
            let expected = naiveSum(bytes[start..<start + count])
            for implementation in CRC32C.Implementation.allCases {
                let sum = bytes.withRawSpan { CRC32C($0.extracting(start..<start + count), by: implementation) }
                #expect(sum.value == expected, "\(implementation) from byte \(start)")
            }
        }
    }

    @Test
    func `CRC-32C does not depend on how the bytes are divided`() {
        let seed: UInt64 = 7
        var generator = SeededGenerator(seed: seed)
        let bytes = (0..<10_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
        let whole = CRC32C(bytes)
        for _ in 0..<50 {
            var sum = CRC32C()
            var start = 0
            while start < bytes.count {
                let end = min(bytes.count, start + Int.random(in: 0...4000, using: &generator))
                bytes.withRawSpan { sum.update($0.extracting(start..<end)) }
                start = end
            }
            #expect(sum == whole, "seed \(seed)")
        }
    }

    /// The definition: a division of polynomials over two elements, bit by bit.
    private func naiveSum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        var register = UInt32.max
        for byte in bytes {
            register ^= UInt32(byte)
            for _ in 0..<8 { register = register & 1 == 1 ? register >> 1 ^ 0x82F6_3B78 : register >> 1 }
        }
        return ~register
    }
}
