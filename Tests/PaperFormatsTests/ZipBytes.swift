/// Builds zip archives for tests.
struct ZipBytes {
    private(set) var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    /// Appends a member. Its packed bytes are the content, or one block of deflate that holds the content as it is.
    mutating func add(
        _ name: String, _ content: [UInt8], isDeflated: Bool = false, isEncrypted: Bool = false, packed: [UInt8]? = nil
    ) {
        let length = ZipBytes.number(content.count, 2)
        let block = [1] + length + length.map { ~$0 } + content
        let packed = packed ?? (isDeflated ? block : content)
        var common = ZipBytes.number(isEncrypted ? 1 : 0, 2) + ZipBytes.number(isDeflated ? 8 : 0, 2)
        common += ZipBytes.number(0, 4) + ZipBytes.number(Int(ZipBytes.checksum(content)), 4)
        common += ZipBytes.number(packed.count, 4) + ZipBytes.number(content.count, 4)
        common += ZipBytes.number(name.utf8.count, 2) + ZipBytes.number(0, 2)
        let position = bytes.count
        bytes += [0x50, 0x4B, 3, 4] + ZipBytes.number(20, 2) + common + Array(name.utf8) + packed
        directory += [0x50, 0x4B, 1, 2] + ZipBytes.number(20, 2) + ZipBytes.number(20, 2) + common
        directory += ZipBytes.number(0, 10) + ZipBytes.number(position, 4) + Array(name.utf8)
        count += 1
    }

    /// The archive, with a comment at its end.
    func archive(comment: String = "") -> [UInt8] {
        var end: [UInt8] = [0x50, 0x4B, 5, 6] + ZipBytes.number(0, 4)
        end += ZipBytes.number(count, 2) + ZipBytes.number(count, 2)
        end += ZipBytes.number(directory.count, 4) + ZipBytes.number(bytes.count, 4)
        end += ZipBytes.number(comment.utf8.count, 2) + Array(comment.utf8)
        return bytes + directory + end
    }

    private static func number(_ number: Int, _ length: Int) -> [UInt8] {
        (0..<length).map { $0 < 8 ? UInt8(truncatingIfNeeded: number >> (8 * $0)) : 0 }
    }

    /// The CRC-32 of some bytes.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var sum = UInt32.max
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 {
                let isOdd = sum & 1 == 1
                sum >>= 1
                if isOdd { sum ^= 0xEDB8_8320 }
            }
        }
        return ~sum
    }
}
