/// One code point of a text, or one byte that belongs to none.
struct CodePoint {
    /// The scalar value; U+FFFD for a byte that is not part of well-formed UTF-8.
    var value: UInt32

    /// The number of bytes it occupies, 1 to 4.
    var width: Int

    /// Reads the code point at an offset of well-formed or ill-formed UTF-8.
    ///
    /// Surrogates, overlong forms, values above U+10FFFF and truncated sequences are ill-formed; the first byte of such
    /// a sequence is taken alone.
    ///
    /// - Precondition: `offset` is within `text`.
    @inline(__always)
    init(in text: Span<UInt8>, at offset: Int) {
        let first = text[offset]
        if first < 0x80 {
            self.init(value: UInt32(first), width: 1)
        } else {
            self = Self.longer(in: text, at: offset)
        }
    }

    private init(value: UInt32, width: Int) {
        self.value = value
        self.width = width
    }

    private static func longer(in text: Span<UInt8>, at offset: Int) -> CodePoint {
        let invalid = CodePoint(value: 0xFFFD, width: 1)
        let first = text[offset]
        func continuation(_ index: Int) -> UInt32? {
            guard offset + index < text.count, text[offset + index] & 0xC0 == 0x80 else { return nil }
            return UInt32(text[offset + index] & 0x3F)
        }
        guard first >= 0xC2, first <= 0xF4, let second = continuation(1) else { return invalid }
        if first < 0xE0 {
            return CodePoint(value: UInt32(first & 0x1F) << 6 | second, width: 2)
        }
        guard let third = continuation(2) else { return invalid }
        if first < 0xF0 {
            let value = UInt32(first & 0x0F) << 12 | second << 6 | third
            guard value >= 0x800, !(0xD800...0xDFFF).contains(value) else { return invalid }
            return CodePoint(value: value, width: 3)
        }
        guard let fourth = continuation(3) else { return invalid }
        let value = UInt32(first & 0x07) << 18 | second << 12 | third << 6 | fourth
        guard (0x10000...0x10FFFF).contains(value) else { return invalid }
        return CodePoint(value: value, width: 4)
    }
}

extension [UInt8] {
    /// Appends the UTF-8 of a scalar value.
    mutating func append(codePoint value: UInt32) {
        if value < 0x80 {
            append(UInt8(value))
        } else if value < 0x800 {
            append(UInt8(0xC0 | value >> 6))
            append(UInt8(0x80 | value & 0x3F))
        } else if value < 0x10000 {
            append(UInt8(0xE0 | value >> 12))
            append(UInt8(0x80 | value >> 6 & 0x3F))
            append(UInt8(0x80 | value & 0x3F))
        } else {
            append(UInt8(0xF0 | value >> 18))
            append(UInt8(0x80 | value >> 12 & 0x3F))
            append(UInt8(0x80 | value >> 6 & 0x3F))
            append(UInt8(0x80 | value & 0x3F))
        }
    }
}
