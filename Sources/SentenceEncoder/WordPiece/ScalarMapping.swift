import Bisection

/// What a code point becomes: one code point, or two.
struct ScalarMapping {
    /// The first of them.
    let first: UInt32

    /// The second; `nil` if there is one only.
    let second: UInt32?

    /// The canonical decomposition of a code point by one step; `nil` if it has none. The first part may decompose
    /// further, the second never does.
    init?(decomposing codePoint: UInt32) {
        if let hangul = Self(decomposingSyllable: codePoint) {
            self = hangul
        } else {
            self.init(of: codePoint, in: Self.canonicalDecompositions)
        }
    }

    /// The lowercase form of a code point; `nil` if it has none.
    init?(lowercasing codePoint: UInt32) {
        self.init(of: codePoint, in: Self.lowercaseMappings)
    }

    private init(_ first: UInt32, _ second: UInt32?) {
        self.first = first
        self.second = second
    }

    /// Looks a code point up in a table of mappings, which ascend.
    private init?(of codePoint: UInt32, in table: [UInt64]) {
        let place = table.indices.partitioningIndex { table[$0] >> 42 >= UInt64(codePoint) }
        guard place < table.count, table[place] >> 42 == UInt64(codePoint) else { return nil }
        let second = UInt32(table[place] & 0x1F_FFFF)
        self.init(UInt32(table[place] >> 21 & 0x1F_FFFF), second == 0 ? nil : second)
    }

    /// Takes a syllable of Korean apart by arithmetic (the Unicode Standard, section 3.12): first the last consonant, if
    /// it has one, then the vowel.
    private init?(decomposingSyllable codePoint: UInt32) {
        let (firstSyllable, syllableCount): (UInt32, UInt32) = (0xAC00, 11172)
        let (firstLeading, firstVowel, beforeTrailing): (UInt32, UInt32, UInt32) = (0x1100, 0x1161, 0x11A7)
        let (vowelCount, trailingCount): (UInt32, UInt32) = (21, 28)
        let index = codePoint &- firstSyllable
        guard index < syllableCount else { return nil }
        let trailing = index % trailingCount
        if trailing > 0 {
            self.init(codePoint - trailing, beforeTrailing + trailing)
        } else {
            self.init(
                firstLeading + index / (vowelCount * trailingCount),
                firstVowel + index / trailingCount % vowelCount)
        }
    }
}
