/// The end of an English word, at most seven bytes as one number: the last byte is the lowest.
///
/// So an ending is compared with a word in one operation, and every ending of the algorithm has room.
struct EnglishEnding {
    static let maximumLength = 7

    let bits: UInt64
    let mask: UInt64
    let length: Int

    init(_ text: String) {
        length = text.utf8.count
        precondition(length <= Self.maximumLength, "The ending '\(text)' has more than seven bytes.")
        bits = text.utf8.reduce(0) { $0 << 8 | UInt64($1) }
        mask = (1 << (8 * UInt64(length))) - 1
    }

    /// The last bytes of a word, as many as there are up to seven, above zeros.
    ///
    /// A shorter word has zeros above its first byte. It has no ending that is longer, since no ending has a zero.
    static func bits(of word: [UInt8]) -> UInt64 {
        var bits: UInt64 = 0
        var index = max(0, word.count - maximumLength)
        while index < word.count {
            bits = bits << 8 | UInt64(word[index])
            index += 1
        }
        return bits
    }

    /// A number that tells whole words of up to seven bytes apart, and from all longer ones.
    static func key(of word: [UInt8]) -> UInt64 { bits(of: word) | UInt64(min(word.count, maximumLength + 1)) << 56 }
}

/// What a step does to a word with an ending: it puts another in its place if a condition holds.
struct EnglishRule {
    /// What must stand before the ending, besides enough of the word.
    enum Condition {
        case nothing
        case l
        case sOrT
        /// A letter after which -li is an ending: c, d, e, g, h, k, m, n, r or t.
        case letterBeforeLi
        /// The ending stands in R2.
        case r2
    }

    let ending: EnglishEnding
    let replacement: EnglishEnding
    let condition: Condition

    init(_ ending: String, _ replacement: String, if condition: Condition = .nothing) {
        self.ending = EnglishEnding(ending)
        self.replacement = EnglishEnding(replacement)
        self.condition = condition
    }
}

/// The rules of a step by the last letter of their endings, the longest first.
struct EnglishRules {
    private let rules: [EnglishRule]

    /// Where the rules of each letter start in ``rules``, and where those of z end.
    private let starts: [Int]

    init(_ rules: [EnglishRule]) {
        let letters = rules.map { Int($0.ending.bits & 0xFF) - Int(UInt8(ascii: "a")) }
        self.rules = rules.indices.sorted {
            (letters[$0], -rules[$0].ending.length) < (letters[$1], -rules[$1].ending.length)
        }.map { rules[$0] }
        starts = (0...26).map { letter in letters.count { $0 < letter } }
    }

    /// The rule of the longest ending that a word has, or `nil`. The bits are those of the word's last bytes.
    func longest(in bits: UInt64) -> EnglishRule? {
        let letter = Int(bits & 0xFF) - Int(UInt8(ascii: "a"))
        guard (0..<26).contains(letter) else { return nil }
        var index = starts[letter]
        while index < starts[letter + 1] {
            if bits & rules[index].ending.mask == rules[index].ending.bits { return rules[index] }
            index += 1
        }
        return nil
    }
}
