/// Characters of bytes that may be no valid UTF-8, as libstemmer reads them.
///
/// A first byte tells how many bytes follow, whatever they are and however small the number that they make. The end of
/// the word cuts a character short. In valid UTF-8 that makes no difference.
enum LenientUTF8 {
    /// A code point and the number of its bytes.
    struct Character {
        let value: Int
        let width: Int
    }

    /// The character that starts at an offset, or `nil` at the end.
    static func character(in bytes: [UInt8], at offset: Int) -> Character? {
        guard offset < bytes.count else { return nil }
        let first = Int(bytes[offset])
        if first < 0x80 { return Character(value: first, width: 1) }
        let available = bytes.count - offset
        let width = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        switch min(width, available) {
        case 1: return Character(value: first, width: 1)
        case 2: return Character(value: (first & 0x1F) << 6 | low(bytes[offset + 1]), width: 2)
        case 3:
            let value = (first & 0xF) << 12 | low(bytes[offset + 1]) << 6 | low(bytes[offset + 2])
            return Character(value: value, width: 3)
        default:
            let value = (first & 0x7) << 18 | low(bytes[offset + 1]) << 12 | low(bytes[offset + 2]) << 6
            return Character(value: value | low(bytes[offset + 3]), width: 4)
        }
    }

    /// The character that ends before an offset, or `nil` at the start.
    static func character(in bytes: [UInt8], before offset: Int) -> Character? {
        guard offset > 0 else { return nil }
        let last = Int(bytes[offset - 1])
        if last < 0x80 || offset == 1 { return Character(value: last, width: 1) }
        let second = Int(bytes[offset - 2])
        if second >= 0xC0 || offset == 2 { return Character(value: (second & 0x1F) << 6 | last & 0x3F, width: 2) }
        let tail = (second & 0x3F) << 6 | last & 0x3F
        let third = Int(bytes[offset - 3])
        if third >= 0xE0 || offset == 3 { return Character(value: (third & 0xF) << 12 | tail, width: 3) }
        return Character(value: (Int(bytes[offset - 4]) & 0x7) << 18 | (third & 0x3F) << 12 | tail, width: 4)
    }

    /// The offset after a number of characters from the start, or `nil` if there are less.
    ///
    /// Bytes that follow a first byte are told by themselves here, and not by the first byte.
    static func offset(of count: Int, in bytes: [UInt8]) -> Int? {
        var offset = 0
        for _ in 0..<count {
            guard let next = self.offset(after: offset, in: bytes) else { return nil }
            offset = next
        }
        return offset
    }

    /// The offset of the next character, or `nil` at the end.
    static func offset(after offset: Int, in bytes: [UInt8]) -> Int? {
        guard offset < bytes.count else { return nil }
        var next = offset + 1
        guard bytes[offset] >= 0xC0 else { return next }
        while next < bytes.count, isContinuation(bytes[next]) { next += 1 }
        return next
    }

    /// The offset of the character before an offset, or `nil` at the start.
    static func offset(before offset: Int, in bytes: [UInt8]) -> Int? {
        guard offset > 0 else { return nil }
        var previous = offset - 1
        guard bytes[previous] >= 0x80 else { return previous }
        while previous > 0, bytes[previous] < 0xC0 { previous -= 1 }
        return previous
    }

    private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

    private static func low(_ byte: UInt8) -> Int { Int(byte & 0x3F) }
}
