/// The ends of a string and its hash, by which an ``Interner`` finds it.
struct InternerKey: BitwiseCopyable {
    /// The first eight bytes, the first one lowest; of a shorter string all, and zeros.
    var head: UInt64
    /// The last eight bytes, which overlap the first if there are fewer than 16; of a shorter string zero.
    var tail: UInt64
    /// A hash of all bytes.
    var hash: UInt64

    @inline(__always)
    init(_ range: Range<Int>, in text: Span<UInt8>) {
        let (start, count) = (range.lowerBound, range.count)
        if count >= 8 {
            head = text.word(at: start)
            tail = text.word(at: start + count - 8)
        } else {
            head = Self.short(range, in: text)
            tail = 0
        }
        hash = Self.mix(head ^ 0x9E37_79B9_7F4A_7C15, tail ^ 0xD6E8_FEB8_6659_FD93 &+ UInt64(count))
        if count > 16 {
            var offset = start + 8
            while offset < start + count - 8 {
                hash = Self.mix(hash ^ text.word(at: offset), 0xA076_1D64_78BD_642F)
                offset += 8
            }
        }
    }

    @inline(__always)
    private static func short(_ range: Range<Int>, in text: Span<UInt8>) -> UInt64 {
        let count = range.count
        guard count > 0 else { return 0 }
        if range.lowerBound + 8 <= text.count {
            return text.word(at: range.lowerBound) & (UInt64.max >> UInt64(64 - 8 * count))
        }
        var word: UInt64 = 0
        for index in 0..<count { word |= UInt64(text[range.lowerBound + index]) << UInt64(8 * index) }
        return word
    }

    @inline(__always)
    private static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }
}
