/// The ends of a string and its hash, by which an ``Interner`` and a ``ChunkTable`` find it.
struct InternerKey: BitwiseCopyable {
    /// The first eight bytes, the first one lowest; of a shorter string all, and zeros.
    var head: UInt64
    /// The last eight bytes, which overlap the first if there are fewer than 16; of a shorter string ``head`` again.
    var tail: UInt64
    /// A hash of all bytes.
    var hash: UInt64

    @inline(__always)
    init(_ range: Range<Int>, in text: Span<UInt8>) {
        let (start, count) = (range.lowerBound, range.count)
        if start + 8 <= text.count {
            // Words differ in length at random, so a branch on whether there are eight bytes would be mispredicted
            // often.
            let mask = UInt64.max >> UInt64(64 - 8 * min(count, 8))
            head = text.word(at: start) & mask
            tail = text.word(at: max(start, start + count - 8)) & mask
        } else {
            head = Self.short(range, in: text)
            tail = count > 8 ? text.word(at: start + count - 8) : head
        }
        hash = Self.mix(head ^ 0x9E37_79B9_7F4A_7C15, tail ^ 0xD6E8_FEB8_6659_FD93)
        if count > 16 {
            var offset = start + 8
            while offset < start + count - 8 {
                hash = Self.mix(hash ^ text.word(at: offset), 0xA076_1D64_78BD_642F)
                offset += 8
            }
        }
    }

    /// The first bytes of a string that begins within the last eight bytes of a text.
    private static func short(_ range: Range<Int>, in text: Span<UInt8>) -> UInt64 {
        var word: UInt64 = 0
        for index in 0..<min(range.count, 8) { word |= UInt64(text[range.lowerBound + index]) << UInt64(8 * index) }
        return word
    }

    @inline(__always)
    private static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }
}
