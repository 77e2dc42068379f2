/// The properties of a code point that the segmenter and the tokenizer use: `Word_Break` and three flags.
package struct WordBreak: Sendable {
    /// The values of the `Word_Break` property (Unicode Standard Annex #29, table 3).
    package enum Property: UInt8, Sendable {
        case other, cr, lf, newline, extend, zwj, format, regionalIndicator, katakana, hebrewLetter, aLetter
        case singleQuote, doubleQuote, midNumLet, midLetter, midNum, numeric, extendNumLet, wSegSpace
    }

    private let bits: UInt8

    /// Reads the entry of a code point.
    @inline(__always)
    package init(_ codePoint: UInt32) {
        bits = Self.table[codePoint]
    }

    /// The `Word_Break` property.
    package var property: Property { Property(rawValue: bits & 0x1F) ?? .other }

    /// Whether the property `Extended_Pictographic` holds.
    package var isPictographic: Bool { bits & 0x20 != 0 }

    /// Whether it is a letter of a script without spaces between words: those of Chinese, Japanese and South-East Asia,
    /// and Korean, whose spaces separate phrases.
    package var isUnspaced: Bool { bits & 0x40 != 0 }

    /// Whether it is a superscript or subscript digit.
    package var isScriptDigit: Bool { bits & 0x80 != 0 }

    private static let table = CodePointTable(boundaries: boundaries)
}

extension WordBreak.Property {
    /// The rules' macro `AHLetter`.
    @inline(__always)
    var isLetter: Bool { self == .aLetter || self == .hebrewLetter }

    /// The rules' macro `MidNumLetQ`, which both letters and numbers may have between them.
    @inline(__always)
    var isMidNumLetQ: Bool { self == .midNumLet || self == .singleQuote }

    /// Whether rule WB4 ignores it.
    @inline(__always)
    var isIgnored: Bool { self == .extend || self == .format || self == .zwj }

    /// Whether rules WB3a and WB3b always break beside it.
    @inline(__always)
    var isLineBreak: Bool { self == .cr || self == .lf || self == .newline }
}
