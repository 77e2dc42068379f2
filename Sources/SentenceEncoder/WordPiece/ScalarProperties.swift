import Bisection

/// What the rules of a WordPiece tokenizer ask about a code point.
///
/// The table has what the reference implementation knows: the categories of Unicode 8.0 and the combining classes of
/// Unicode 12.0, on every system.
struct ScalarProperties {
    private let bits: UInt16

    /// Looks up a code point.
    init(_ codePoint: UInt32) {
        bits = Self.table[codePoint]
    }

    /// The canonical combining class. It is 0 for all that does not combine with what stands before it.
    var combiningClass: UInt8 { UInt8(truncatingIfNeeded: bits) }

    /// Whether clean texts do not have it: a control or format character, one for private use, NUL or U+FFFD.
    var isDropped: Bool { bits & 1 << 8 != 0 }

    /// Whether it is white space.
    var isSeparator: Bool { bits & 1 << 9 != 0 }

    /// Whether it is a word of its own: any punctuation, and every ASCII sign such as `$` and `+`.
    var isPunctuation: Bool { bits & 1 << 10 != 0 }

    /// Whether it lies in the blocks of Chinese characters.
    var isIdeograph: Bool { bits & 1 << 11 != 0 }

    /// Whether it is a mark that takes no room (category Mn), such as an accent.
    var isMark: Bool { bits & 1 << 12 != 0 }

    /// Whether it has a canonical decomposition.
    var decomposes: Bool { bits & 1 << 13 != 0 }

    /// Whether it differs from its lowercase form.
    var lowercases: Bool { bits & 1 << 14 != 0 }

    private static let table = ScalarTable(boundaries: boundaries)
}

/// Two bytes for every code point, kept as the boundaries of the runs of equal values.
///
/// An array holds the values of the code points below U+10000, which are nearly all of any text. Bisection finds the
/// others.
private struct ScalarTable: Sendable {
    /// Code point above 16 bits of value, ascending, the first for code point 0.
    private let boundaries: [UInt64]
    private let basic: [UInt16]

    init(boundaries: [UInt64]) {
        self.boundaries = boundaries
        var basic = [UInt16](repeating: 0, count: 0x10000)
        for (index, boundary) in boundaries.enumerated() where boundary >> 16 < 0x10000 {
            let next = index + 1 < boundaries.count ? Int(boundaries[index + 1] >> 16) : 0x10000
            for codePoint in Int(boundary >> 16)..<min(next, 0x10000) {
                basic[codePoint] = UInt16(truncatingIfNeeded: boundary)
            }
        }
        self.basic = basic
    }

    subscript(codePoint: UInt32) -> UInt16 {
        if codePoint < 0x10000 { return basic[Int(codePoint)] }
        // The first boundary is that of code point 0, so there is one before the next.
        let next = boundaries.indices.partitioningIndex { boundaries[$0] >> 16 > UInt64(codePoint) }
        return UInt16(truncatingIfNeeded: boundaries[next - 1])
    }
}
