/// A code point at some place of well-formed UTF-8.
struct DecodedScalar {
    let codePoint: UInt32

    /// The number of bytes that it takes, 2 to 4.
    let byteCount: Int

    /// Reads the code point whose first byte, which is no ASCII, stands at an offset. The text must be well-formed, as
    /// that of every `String` is.
    init(in text: Span<UInt8>, at offset: Int) {
        let first = UInt32(text[offset])
        func bits(_ place: Int) -> UInt32 { UInt32(text[offset + place] & 0x3F) }
        switch first {
        case ..<0xE0: (codePoint, byteCount) = ((first & 0x1F) << 6 | bits(1), 2)
        case ..<0xF0: (codePoint, byteCount) = ((first & 0x0F) << 12 | bits(1) << 6 | bits(2), 3)
        default: (codePoint, byteCount) = ((first & 0x07) << 18 | bits(1) << 12 | bits(2) << 6 | bits(3), 4)
        }
    }
}

extension [UInt8] {
    /// Appends the UTF-8 of a code point.
    mutating func append(codePoint: UInt32) {
        switch codePoint {
        case ..<0x80:
            append(UInt8(codePoint))
        case ..<0x800:
            append(UInt8(0xC0 | codePoint >> 6))
            append(UInt8(0x80 | codePoint & 0x3F))
        case ..<0x10000:
            append(UInt8(0xE0 | codePoint >> 12))
            append(UInt8(0x80 | codePoint >> 6 & 0x3F))
            append(UInt8(0x80 | codePoint & 0x3F))
        default:
            append(UInt8(0xF0 | codePoint >> 18))
            append(UInt8(0x80 | codePoint >> 12 & 0x3F))
            append(UInt8(0x80 | codePoint >> 6 & 0x3F))
            append(UInt8(0x80 | codePoint & 0x3F))
        }
    }
}
