/// What an English word has become so far, while ``EnglishStemmer`` shortens it.
///
/// A y that is a consonant is marked as `Y`: at the start of a word and after a vowel.
///
/// R1 is what follows the first consonant after a vowel, and R2 is the same within R1. Both keep their starts when the
/// end of the word changes.
struct EnglishForm {
    var bytes: [UInt8]

    private var hasMarks = false
    private(set) var r1: Int
    private(set) var r2: Int

    /// Takes a word, whose array is empty afterwards, and finds its regions.
    init(moving word: inout [UInt8]) {
        bytes = []
        (r1, r2) = (word.count, word.count)
        swap(&bytes, &word)
        mark()
        findRegions()
    }

    private static let y = UInt8(ascii: "y")
    private static let consonantY = UInt8(ascii: "Y")

    /// Marks each y that is a consonant.
    private mutating func mark() {
        var offset = 0
        if bytes.first == Self.y {
            bytes[0] = Self.consonantY
            hasMarks = true
        }
        while let character = LenientUTF8.character(in: bytes, at: offset) {
            let next = offset + character.width
            if next < bytes.count, bytes[next] == Self.y, EnglishLetters.vowels.contains(character.value) {
                bytes[next] = Self.consonantY
                hasMarks = true
            }
            guard let following = LenientUTF8.offset(after: offset, in: bytes) else { return }
            offset = following
        }
    }

    /// Removes the marks.
    mutating func unmark() {
        guard hasMarks else { return }
        for index in bytes.indices where bytes[index] == Self.consonantY { bytes[index] = Self.y }
    }

    // MARK: - Regions

    /// Beginnings after which R1 starts, whatever their letters are: `general` and `generous` would be one otherwise.
    private static let beginnings = ["gener", "commun", "arsen"].map { Array($0.utf8) }

    private mutating func findRegions() {
        if let beginning = Self.beginnings.first(where: { bytes.starts(with: $0) }) {
            r1 = beginning.count
        } else {
            guard let start = offsetPastVowelAndConsonant(from: 0) else { return }
            r1 = start
        }
        r2 = offsetPastVowelAndConsonant(from: r1) ?? r2
    }

    private func offsetPastVowelAndConsonant(from start: Int) -> Int? {
        var offset = start
        var seenVowel = false
        while let character = LenientUTF8.character(in: bytes, at: offset) {
            offset += character.width
            let isVowel = EnglishLetters.vowels.contains(character.value)
            if seenVowel, !isVowel { return offset }
            seenVowel = seenVowel || isVowel
        }
        return nil
    }

    // MARK: - Questions

    /// The last bytes, for the comparison with endings.
    var end: UInt64 { EnglishEnding.bits(of: bytes) }

    /// Whether a vowel stands anywhere before an offset.
    func hasVowel(before offset: Int) -> Bool {
        var offset = offset
        while let character = LenientUTF8.character(in: bytes, before: offset) {
            if EnglishLetters.vowels.contains(character.value) { return true }
            offset -= character.width
        }
        return false
    }

    /// Whether the bytes before an offset end in a short syllable: a vowel between consonants, the last none of w, x
    /// and Y, or a vowel and a consonant that are all of them.
    func endsShort(at offset: Int) -> Bool {
        guard let last = LenientUTF8.character(in: bytes, before: offset),
            !EnglishLetters.vowels.contains(last.value),
            let middle = LenientUTF8.character(in: bytes, before: offset - last.width),
            EnglishLetters.vowels.contains(middle.value)
        else {
            return false
        }
        let rest = offset - last.width - middle.width
        return rest == 0
            || !EnglishLetters.vowelsAndWXY.contains(last.value)
                && LenientUTF8.character(in: bytes, before: rest)
                    .map { !EnglishLetters.vowels.contains($0.value) } == true
    }

    /// Whether a letter of a set stands before an offset.
    func hasLetter(of letters: EnglishLetters, before offset: Int) -> Bool {
        LenientUTF8.character(in: bytes, before: offset).map { letters.contains($0.value) } ?? false
    }

    // MARK: - Changes

    mutating func removeLast(_ count: Int) { bytes.removeLast(count) }

    /// Puts another ending in the place of the last bytes.
    mutating func replaceLast(_ count: Int, with ending: EnglishEnding) {
        bytes.removeLast(count)
        var place = ending.length
        while place > 0 {
            place -= 1
            bytes.append(UInt8(truncatingIfNeeded: ending.bits >> (8 * UInt64(place))))
        }
    }
}

/// A set of ASCII letters.
struct EnglishLetters {
    private let bits: (UInt64, UInt64)

    init(_ letters: String) {
        var bits: (UInt64, UInt64) = (0, 0)
        for letter in letters.utf8 {
            if letter < 64 { bits.0 |= 1 << letter } else { bits.1 |= 1 << (letter - 64) }
        }
        self.bits = bits
    }

    func contains(_ value: Int) -> Bool {
        guard value < 128 else { return false }
        return (value < 64 ? bits.0 >> UInt64(value) : bits.1 >> UInt64(value - 64)) & 1 == 1
    }

    static let vowels = EnglishLetters("aeiouy")
    static let vowelsAndWXY = EnglishLetters("aeiouywxY")
    static let beforeLi = EnglishLetters("cdeghkmnrt")
    static let sAndT = EnglishLetters("st")
    static let l = EnglishLetters("l")
}
