extension [UInt8] {
    /// Appends a number in groups of 7 bits, the lowest first.
    mutating func append(varint number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(rest))
    }

    /// Calls `body` with the bytes.
    func withSpan<Result>(_ body: (Span<UInt8>) throws -> Result) rethrows -> Result {
        // A slice has a span on all systems.
        let slice = self[...]
        return try body(slice.span)
    }
}

extension Span<UInt8> {
    /// The number that begins at a place, which moves behind it; `nil` if the bytes end before it does.
    @inline(__always)
    func varint(at place: inout Int) -> UInt64? {
        var number: UInt64 = 0
        var shift: UInt64 = 0
        while place < count, shift < 64 {
            let byte = self[place]
            place += 1
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return number }
            shift += 7
        }
        return nil
    }
}
