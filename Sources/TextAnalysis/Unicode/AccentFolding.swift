import ArraySpans

/// Returns a text case folded and without the accents of Latin, Greek and Cyrillic letters.
///
/// People type `Dusseldorf` for `Düsseldorf`, `Erdos` for `Erdős` and `Yoruba` for `Yorùbá`. Both become the same
/// bytes. The text is case folded first (``caseFolded(_:)``). Then these steps follow:
///
/// 1. Letters of Latin and Greek lose their accents, above and below, and so do digits. `ø` becomes `o`, `ł` `l`, `æ`
///    `ae`, `þ` `th`, `ı` `i`, and so on.
/// 2. `ё` becomes `е`, and Cyrillic vowels lose the acute and the grave, which mark a stress. `й`, `ї`, `ў`, `ѓ` and
///    `ќ` are letters of their own and stay.
/// 3. Emoji lose the color of their skin.
/// 4. Marks of other scripts stay, because they tell words apart: the vowels of Devanagari and Thai, the voicing of
///    Japanese.
///
/// - Complexity: O(*n*) for a text of *n* bytes.
public func accentFolded(_ text: String) -> String {
    var bytes = Array(text.utf8)
    CaseFolding.fold(&bytes)
    AccentFolding.fold(&bytes)
    return String(decoding: bytes, as: UTF8.self)
}

/// The removal of accents behind ``accentFolded(_:)``.
enum AccentFolding {
    /// Removes the accents of case-folded UTF-8 in place.
    static func fold(_ text: inout [UInt8]) {
        guard text.contains(where: { $0 >= 0x80 }) else { return }
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var base: UInt32 = 0
        var offset = 0
        while offset < text.count {
            let codePoint = CodePoint(in: text.span, at: offset)
            offset += codePoint.width
            append(codePoint.value, base: &base, to: &result)
        }
        // A text of marks alone stays as it is.
        if !result.isEmpty { text = result }
    }

    /// Appends a code point without its accents, and nothing for an accent of `base`, the last letter.
    private static func append(_ codePoint: UInt32, base: inout UInt32, to result: inout [UInt8]) {
        if isMark(codePoint) {
            if !isRemovable(codePoint, from: base) { result.append(codePoint: codePoint) }
        } else if (0x1F3FB...0x1F3FF).contains(codePoint) {
            if base < 0x2600 { result.append(codePoint: codePoint) }
        } else if codePoint < 0xC0 {
            base = codePoint
            result.append(codePoint: codePoint)
        } else if let letters = letters[codePoint] {
            base = UInt32(ascii: "a")
            result += letters.utf8
        } else if let (first, mark) = CaseFolding.decomposition(of: codePoint), isMark(mark),
            isRemovable(mark, from: bottom(of: first))
        {
            append(first, base: &base, to: &result)
        } else {
            base = codePoint
            result.append(codePoint: codePoint)
        }
    }

    /// The letter that a composite begins with.
    private static func bottom(of codePoint: UInt32) -> UInt32 {
        var letter = codePoint
        while let (first, _) = CaseFolding.decomposition(of: letter) { letter = first }
        return letter
    }

    /// Whether a code point is a mark of no particular script.
    private static func isMark(_ codePoint: UInt32) -> Bool {
        switch codePoint {
        case 0x300...0x36F, 0x483...0x489, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF: true
        default: false
        }
    }

    /// Whether a mark only refines the letter that it stands on.
    private static func isRemovable(_ mark: UInt32, from base: UInt32) -> Bool {
        switch base {
        case 0x400...0x52F, 0xA640...0xA69F:  // Cyrillic
            switch mark {
            case 0x300, 0x301: base != 0x433 && base != 0x43A  // ѓ and ќ are letters
            case 0x308: base == 0x435  // ё
            case 0x483...0x489: true
            default: false
            }
        case 0...0x3FF, 0x1D00...0x1DBF, 0x1E00...0x1FFF, 0x2C60...0x2C7F, 0xA720...0xA7FF:  // Latin and Greek
            true
        default: false
        }
    }

    /// Letters that Unicode does not take apart.
    private static let letters: [UInt32: String] = [
        0xE6: "ae", 0xF0: "d", 0xF8: "o", 0xFE: "th", 0x111: "d", 0x127: "h", 0x131: "i", 0x142: "l", 0x14B: "n",
        0x153: "oe", 0x167: "t", 0x180: "b", 0x199: "k", 0x1B4: "y", 0x253: "b", 0x254: "o", 0x256: "d", 0x257: "d",
        0x25B: "e", 0x268: "i", 0x289: "u",
    ]
}

extension UInt32 {
    /// The value of an ASCII character.
    fileprivate init(ascii scalar: Unicode.Scalar) { self = scalar.value }
}
