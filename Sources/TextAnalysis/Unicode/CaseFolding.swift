import ArraySpans
import Bisection

/// Returns a text in Unicode's `NFKC_Casefold` form: case folded, with compatibility characters replaced, accents
/// composed and invisible characters removed.
///
/// Words that people take for the same become the same bytes: "Efﬁcient" with a ligature and "efficient", "𝒪" and "o",
/// "STRASSE" and "straße", a letter with an accent and the letter followed by a combining accent. The Unicode Standard
/// defines the form in section 3.13, R5. The tables are those of Unicode 15.0, on every system.
///
/// - Complexity: O(*n*) for a text of *n* bytes. ASCII takes a shortcut.
public func caseFolded(_ text: String) -> String {
    var bytes = Array(text.utf8)
    CaseFolding.fold(&bytes)
    return String(decoding: bytes, as: UTF8.self)
}

/// The mapping and the canonical composition behind ``caseFolded(_:)``.
enum CaseFolding {
    /// Folds UTF-8 in place.
    static func fold(_ text: inout [UInt8]) {
        var isASCII = true
        for index in text.indices {
            let byte = text[index]
            if byte >= 0x80 {
                isASCII = false
                break
            }
            text[index] = ASCII.lowercased(byte)
        }
        guard !isASCII, !isIdeographic(text.span) else { return }
        var mapped = map(text.span)
        if mapped.contains(where: { $0 >= firstMark }) { compose(&mapped) }
        text.removeAll(keepingCapacity: true)
        for codePoint in mapped { text.append(codePoint: codePoint) }
    }

    /// The first code point that composes with one before it. All below it are composed already, accented letters too.
    private static let firstMark: UInt32 = 0x300

    /// Whether a text consists of the common ideographs, U+4E00 to U+9FFF, none of which folds or composes.
    private static func isIdeographic(_ text: Span<UInt8>) -> Bool {
        var offset = 0
        while offset < text.count {
            let codePoint = CodePoint(in: text, at: offset)
            guard (0x4E00...0x9FFF).contains(codePoint.value) else { return false }
            offset += codePoint.width
        }
        return true
    }

    /// Replaces every code point by its `NFKC_Casefold` mapping.
    private static func map(_ text: Span<UInt8>) -> [UInt32] {
        var result: [UInt32] = []
        result.reserveCapacity(text.count)
        var offset = 0
        while offset < text.count {
            let codePoint = CodePoint(in: text, at: offset)
            offset += codePoint.width
            appendMapping(of: codePoint.value, to: &result)
        }
        return result
    }

    private static func appendMapping(of codePoint: UInt32, to result: inout [UInt32]) {
        let next = runs.indices.partitioningIndex { runs[$0] >> 42 > UInt64(codePoint) }
        guard next > 0, let position = Run(runs[next - 1]).position(of: codePoint) else {
            result.append(codePoint)
            return
        }
        let run = Run(runs[next - 1])
        switch run.length {
        case 0: break
        case 1: result.append(run.value + position)
        default: result.append(contentsOf: pool[Int(run.value)..<Int(run.value) + run.length])
        }
    }

    /// One entry of ``runs``, unpacked.
    private struct Run {
        var first, count, step, value: UInt32
        var length: Int

        init(_ packed: UInt64) {
            first = UInt32(packed >> 42)
            count = UInt32(packed >> 28 & 0x3FFF)
            step = UInt32(packed >> 26 & 3)
            length = Int(packed >> 21 & 0x1F)
            value = UInt32(packed & 0x1F_FFFF)
        }

        /// How far a code point is from the first, or `nil` if the run does not map it.
        func position(of codePoint: UInt32) -> UInt32? {
            guard codePoint >= first else { return nil }
            let distance = codePoint - first
            return distance % step == 0 && distance / step < count ? distance : nil
        }
    }
}

// MARK: - Canonical composition

extension CaseFolding {
    /// Composes code points canonically (normalization form C; Unicode Standard Annex #15).
    ///
    /// 1. Composites are taken apart as far as they go.
    /// 2. Marks between two starters are put in the order of their classes, equals staying as they were.
    /// 3. Each code point is merged with the last starter, if nothing between them blocks it and a composite exists.
    private static func compose(_ text: inout [UInt32]) {
        var apart: [UInt32] = []
        apart.reserveCapacity(text.count + 4)
        for codePoint in text { appendDecomposition(of: codePoint, to: &apart) }
        let classes = sortMarks(&apart)
        text.removeAll(keepingCapacity: true)
        var starter: Int?
        var lastClass: UInt8 = 0
        for (codePoint, combiningClass) in zip(apart, classes) {
            if let starter, text.count == starter + 1 || lastClass < combiningClass,
                let composite = composite(of: text[starter], codePoint)
            {
                text[starter] = composite
                continue
            }
            if combiningClass == 0 { starter = text.count }
            lastClass = combiningClass
            text.append(codePoint)
        }
    }

    /// Sorts every run of marks by combining class and returns the classes in the new order.
    private static func sortMarks(_ text: inout [UInt32]) -> [UInt8] {
        var classes = text.map { combiningClasses[$0] }
        var start = 0
        while start < text.count {
            var end = start + 1
            guard classes[start] != 0 else {
                start = end
                continue
            }
            while end < text.count, classes[end] != 0 { end += 1 }
            let order = (start..<end).sorted { (classes[$0], $0) < (classes[$1], $1) }
            let sorted = order.map { (text[$0], classes[$0]) }
            for (index, (codePoint, combiningClass)) in zip(start..<end, sorted) {
                text[index] = codePoint
                classes[index] = combiningClass
            }
            start = end
        }
        return classes
    }

    private static func appendDecomposition(of codePoint: UInt32, to result: inout [UInt32]) {
        if let syllable = Hangul.index(ofSyllable: codePoint) {
            let trailing = syllable % Hangul.trailingCount
            result.append(Hangul.leading + syllable / (Hangul.vowelCount * Hangul.trailingCount))
            result.append(Hangul.vowel + syllable / Hangul.trailingCount % Hangul.vowelCount)
            if trailing > 0 { result.append(Hangul.trailing + trailing) }
        } else if codePoint >= 0xC0, let (first, second) = decompositions[codePoint] {
            appendDecomposition(of: first, to: &result)
            result.append(second)
        } else {
            result.append(codePoint)
        }
    }

    private static func composite(of first: UInt32, _ second: UInt32) -> UInt32? {
        if let composite = Hangul.composite(of: first, second) { return composite }
        let key = UInt64(first) << 42 | UInt64(second) << 21
        let place = compositions.indices.partitioningIndex { compositions[$0] >= key }
        guard place < compositions.count, compositions[place] >> 21 == key >> 21 else { return nil }
        return UInt32(compositions[place] & 0x1F_FFFF)
    }

    /// The two code points that a primary composite is made of; `nil` for any other code point.
    static func decomposition(of codePoint: UInt32) -> (first: UInt32, second: UInt32)? { decompositions[codePoint] }

    /// The two code points that each primary composite is made of.
    private static let decompositions = Dictionary(
        uniqueKeysWithValues: compositions.map { packed in
            (UInt32(packed & 0x1F_FFFF), (UInt32(packed >> 42), UInt32(packed >> 21 & 0x1F_FFFF)))
        }
    )

    private static let combiningClasses = CodePointTable(boundaries: combiningClassBoundaries)

    /// The syllables of Korean, which are composed by arithmetic (the Unicode Standard, section 3.12).
    private enum Hangul {
        static let leading: UInt32 = 0x1100
        static let vowel: UInt32 = 0x1161
        static let trailing: UInt32 = 0x11A7
        static let syllable: UInt32 = 0xAC00
        static let leadingCount: UInt32 = 19
        static let vowelCount: UInt32 = 21
        static let trailingCount: UInt32 = 28

        static func index(ofSyllable codePoint: UInt32) -> UInt32? {
            let index = codePoint &- syllable
            return index < leadingCount * vowelCount * trailingCount ? index : nil
        }

        static func composite(of first: UInt32, _ second: UInt32) -> UInt32? {
            let (leadingIndex, vowelIndex) = (first &- leading, second &- vowel)
            if leadingIndex < leadingCount, vowelIndex < vowelCount {
                return syllable + (leadingIndex * vowelCount + vowelIndex) * trailingCount
            }
            let trailingIndex = second &- trailing
            guard let index = index(ofSyllable: first), index % trailingCount == 0, trailingIndex > 0,
                trailingIndex < trailingCount
            else { return nil }
            return first + trailingIndex
        }
    }
}
