// The steps of the algorithm under the numbers of its page. Each finds the longest of its endings first, and if the
// conditions of that one do not hold, it tries no shorter one.

// MARK: - Inflections

extension EnglishForm {
    /// Step 1a: takes off the plural's s. (`ties` becomes `tie`, `cries` becomes `cri`, `gas` and `focus` stay.)
    mutating func removePlural() {
        guard let rule = Self.plurals.longest(in: end) else { return }
        let start = bytes.count - rule.ending.length
        switch rule.ending.bits {
        case Self.pluralS:
            guard let previous = LenientUTF8.offset(before: start, in: bytes), hasVowel(before: previous) else {
                return
            }
        case Self.pluralIed, Self.pluralIes:
            let isShort =
                LenientUTF8.offset(before: start, in: bytes).flatMap { LenientUTF8.offset(before: $0, in: bytes) }
                == nil
            if isShort {
                removeLast(1)
                return
            }
        default: break
        }
        replaceLast(rule.ending.length, with: rule.replacement)
    }

    private static let plurals = EnglishRules([
        EnglishRule("sses", "ss"), EnglishRule("ied", "i"), EnglishRule("ies", "i"), EnglishRule("s", ""),
        EnglishRule("us", "us"), EnglishRule("ss", "ss"),
    ])
    private static let pluralS = EnglishEnding("s").bits
    private static let pluralIed = EnglishEnding("ied").bits
    private static let pluralIes = EnglishEnding("ies").bits

    /// Step 1b: takes off -ed and -ing, also before -ly, and mends what is left. (`hoping` becomes `hope`, `hopping`
    /// becomes `hop`.)
    mutating func removePastOrParticiple() {
        guard let rule = Self.pastsAndParticiples.longest(in: end) else { return }
        let start = bytes.count - rule.ending.length
        guard rule.replacement.length == 0 else {
            if start >= r1 { replaceLast(rule.ending.length, with: rule.replacement) }
            return
        }
        guard hasVowel(before: start) else { return }
        removeLast(rule.ending.length)
        let end = end
        if Self.stemsOfE.contains(where: { end & 0xFFFF == $0 }) {
            bytes.append(UInt8(ascii: "e"))
        } else if end & 0xFF == end >> 8 & 0xFF, Self.doubled.contains(Int(end & 0xFF)) {
            removeLast(1)
        } else if start == r1, endsShort(at: start) {
            bytes.append(UInt8(ascii: "e"))
        }
    }

    private static let pastsAndParticiples = EnglishRules([
        EnglishRule("eed", "ee"), EnglishRule("eedly", "ee"), EnglishRule("ed", ""), EnglishRule("edly", ""),
        EnglishRule("ing", ""), EnglishRule("ingly", ""),
    ])
    private static let stemsOfE = ["at", "bl", "iz"].map { EnglishEnding($0).bits }
    private static let doubled = EnglishLetters("bdfgmnprt")

    /// Step 1c: makes a final y an i after a consonant that is not the first letter. (`cry` becomes `cri`.)
    mutating func replaceFinalY() {
        guard let last = bytes.last, last | 0x20 == UInt8(ascii: "y"),
            let previous = LenientUTF8.character(in: bytes, before: bytes.count - 1),
            !EnglishLetters.vowels.contains(previous.value), bytes.count - 1 > previous.width
        else {
            return
        }
        bytes[bytes.count - 1] = UInt8(ascii: "i")
    }
}

// MARK: - Derivations

extension EnglishForm {
    /// Step 2: makes two suffixes one, in R1. (`relational` becomes `relate`.)
    mutating func replaceDoubleSuffix() { apply(Self.doubleSuffixes, from: r1) }

    private static let doubleSuffixes = EnglishRules([
        EnglishRule("tional", "tion"), EnglishRule("ational", "ate"), EnglishRule("ation", "ate"),
        EnglishRule("ator", "ate"), EnglishRule("enci", "ence"), EnglishRule("anci", "ance"),
        EnglishRule("abli", "able"), EnglishRule("bli", "ble"), EnglishRule("biliti", "ble"),
        EnglishRule("entli", "ent"), EnglishRule("izer", "ize"), EnglishRule("ization", "ize"),
        EnglishRule("alism", "al"), EnglishRule("aliti", "al"), EnglishRule("alli", "al"),
        EnglishRule("fulness", "ful"), EnglishRule("fulli", "ful"), EnglishRule("lessli", "less"),
        EnglishRule("ousli", "ous"), EnglishRule("ousness", "ous"), EnglishRule("iveness", "ive"),
        EnglishRule("iviti", "ive"), EnglishRule("ogi", "og", if: .l), EnglishRule("li", "", if: .letterBeforeLi),
    ])

    /// Step 3: shortens suffixes of adjectives and what is made of them, in R1. (`electrical` becomes `electric`.)
    mutating func replaceAdjectiveSuffix() { apply(Self.adjectiveSuffixes, from: r1) }

    private static let adjectiveSuffixes = EnglishRules([
        EnglishRule("tional", "tion"), EnglishRule("ational", "ate"), EnglishRule("alize", "al"),
        EnglishRule("icate", "ic"), EnglishRule("iciti", "ic"), EnglishRule("ical", "ic"), EnglishRule("ful", ""),
        EnglishRule("ness", ""), EnglishRule("ative", "", if: .r2),
    ])

    /// Step 4: takes a suffix off, in R2. (`adjustment` becomes `adjust`.)
    mutating func removeSuffix() { apply(Self.suffixes, from: r2) }

    private static let suffixes = EnglishRules(
        [
            "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ism", "ate", "iti",
            "ous", "ive", "ize",
        ].map { EnglishRule($0, "") } + [EnglishRule("ion", "", if: .sOrT)])

    /// Step 5: takes off a final e in R2, or in R1 after no short syllable, and the second l of two in R2.
    mutating func removeFinalLetter() {
        let start = bytes.count - 1
        switch bytes.last {
        case UInt8(ascii: "e"):
            if start >= r2 || start >= r1 && !endsShort(at: start) { removeLast(1) }
        case UInt8(ascii: "l"):
            if start >= r2, hasLetter(of: .l, before: start) { removeLast(1) }
        default: break
        }
    }

    /// Applies the rule of the longest ending that the word has, if the ending lies behind an offset.
    private mutating func apply(_ rules: EnglishRules, from region: Int) {
        guard let rule = rules.longest(in: end) else { return }
        let start = bytes.count - rule.ending.length
        guard start >= region, holds(rule.condition, before: start) else { return }
        replaceLast(rule.ending.length, with: rule.replacement)
    }

    private func holds(_ condition: EnglishRule.Condition, before offset: Int) -> Bool {
        switch condition {
        case .nothing: true
        case .l: hasLetter(of: .l, before: offset)
        case .sOrT: hasLetter(of: .sAndT, before: offset)
        case .letterBeforeLi: hasLetter(of: .beforeLi, before: offset)
        case .r2: offset >= r2
        }
    }
}
