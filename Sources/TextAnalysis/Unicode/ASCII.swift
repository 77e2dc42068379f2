/// Properties of single bytes, for the fast paths.
enum ASCII {
    /// Whether a byte is an ASCII letter, digit or underscore, which the word rules never separate from each other.
    @inline(__always)
    static func isWord(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "_") }

    /// Whether a byte is an ASCII letter.
    @inline(__always)
    static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

    /// Whether a byte is an upper-case ASCII letter.
    @inline(__always)
    static func isUppercase(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "A") < 26 }

    /// Whether a byte is an ASCII digit.
    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    /// Whether the word rules may join what begins with this byte to an ASCII letter, digit or underscore before it.
    @inline(__always)
    static func mayJoin(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "'"), UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: ";"): true
        default: byte >= 0x80
        }
    }

    /// The lower-case form of an ASCII byte; any other byte as it is.
    @inline(__always)
    static func lowercased(_ byte: UInt8) -> UInt8 { isUppercase(byte) ? byte | 0x20 : byte }
}
