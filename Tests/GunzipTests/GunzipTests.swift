import Gunzip
import TestSupport
import Testing

@Suite("Unpacking gzip")
struct GunzipTests {
    /// A text as one member whose blocks are stored, which needs no compressor.
    private func packed(_ text: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
        var start = 0
        repeat {
            let end = min(start + 65_535, text.count)
            let length = UInt16(end - start)
            bytes.append(end == text.count ? 1 : 0)
            for value in [length, ~length] { bytes += [UInt8(value & 0xFF), UInt8(value >> 8)] }
            bytes += text[start..<end]
            start = end
        } while start < text.count
        for value in [crc32(text), UInt32(text.count)] {
            for shift in stride(from: 0, to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
        }
        return bytes
    }

    private func crc32(_ bytes: [UInt8]) -> UInt32 {
        var crc: UInt32 = ~0
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1 }
        }
        return ~crc
    }

    /// "hello hello hello\n", packed by gzip with a Huffman code.
    private let deflated: [UInt8] = [
        31, 139, 8, 0, 0, 0, 0, 0, 2, 255, 203, 72, 205, 201, 201, 87, 200, 64, 144, 92, 0, 59, 124, 138, 223, 18, 0, 0,
        0,
    ]

    @Test func `Members of any length are unpacked, one or several, with padding after them`() throws {
        for count in [0, 1, 7, 65_535, 65_536, 200_000] {
            let text = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            #expect(try gunzip(packed(text), limit: 1 << 30) == text)
            let both = packed(text) + packed([1, 2]) + [0, 0, 0]
            #expect(try gunzip(both, limit: 1 << 30) == text + [1, 2])
        }
        #expect(try gunzip(deflated, limit: 100) == Array("hello hello hello\n".utf8))
    }

    @Test func `A stream that comes a byte at a time gives the same bytes`() throws {
        let stream = deflated + deflated
        let decoder = try GzipDecoder()
        var output: [UInt8] = []
        for index in stream.indices {
            var used = 0
            while used == 0 { used = try decoder.unpack(stream[index...index], into: &output, upTo: 3) }
        }
        var before = -1
        while output.count != before {
            before = output.count
            _ = try decoder.unpack([], into: &output, upTo: 3)
        }
        #expect(output == Array("hello hello hello\nhello hello hello\n".utf8))
        #expect(decoder.isBetweenMembers)
    }

    @Test func `A stream cut anywhere is truncated`() throws {
        for length in 1..<deflated.count {
            let error = #expect(throws: GzipError.self) { try gunzip(Array(deflated[..<length]), limit: 100) }
            #expect(error?.code == .truncated, "\(length)")
        }
    }

    @Test func `A flipped byte of the content, or bytes after it, are damage`() throws {
        for index in [0, 1, 2, 12, deflated.count - 8, deflated.count - 1] {
            var bytes = deflated
            bytes[index] ^= 0x55
            #expect(throws: GzipError.self, "\(index)") { try gunzip(bytes, limit: 100) }
        }
        let error = #expect(throws: GzipError.self) { try gunzip(deflated + Array("more".utf8), limit: 100) }
        #expect(error?.code == .damaged)
    }

    @Test func `A stream that unpacks to more than the limit is refused`() throws {
        let error = #expect(throws: GzipError.self) { try gunzip(deflated, limit: 17) }
        #expect(error?.code == .tooLong)
        #expect(try gunzip(deflated, limit: 18).count == 18)
    }
}
