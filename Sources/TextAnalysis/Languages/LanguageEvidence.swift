extension Language {
    /// The language of a text of the Latin script, told by its function words; `nil` if that is not clear.
    ///
    /// English, German, French, Spanish, Portuguese, Italian, Dutch, Swedish, Danish, Norwegian, Finnish, Hungarian,
    /// Romanian, Turkish, Indonesian and Catalan are known. A text of few words seldom tells its language. For a language
    /// other than English at least four of its words must stand there, more than twice as many as English ones, and two
    /// more than of any other.
    ///
    /// - Complexity: O(*n*) for a text of *n* bytes. Some ten words decide for English.
    public static func detected(in text: String) -> Language? {
        text.withUTF8Span { LanguageEvidence(of: $0) }.language
    }
}

/// How many function words of each language stand in a text.
struct LanguageEvidence {
    /// For each of ``FunctionWords/languages`` the words that are its own, possibly among others'.
    private var counts = SIMD16<UInt16>()

    /// The number of words read.
    private var words = 0

    /// English words that end the search, unless another language has half as many.
    private static let enoughEnglish: UInt16 = 4

    /// The fewest words for a language that is not English: a title may quote three.
    private static let fewestWords: UInt16 = 4

    /// By how many words a language has to lead: `de` and `en` belong to several.
    private static let margin: UInt16 = 2

    /// One in this many words has to be a function word. In running text it is one in two to six.
    private static let largestShare = 10

    /// The most words that are read: the counts of a text have then decided, if they ever do.
    private static let longestText = 512

    /// No evidence.
    init() {}

    /// The evidence of a text.
    init(of text: Span<UInt8>) {
        let table = Self.table.span
        var word: UInt64 = 0
        var length: UInt64 = 0
        for offset in 0...text.count {
            let byte = offset < text.count ? text[offset] : 0
            if ASCII.isLetter(byte) || byte >= 0x80 || byte == UInt8(ascii: "'") && length > 0 {
                if length < 8 { word |= UInt64(ASCII.lowercased(byte)) << (8 * length) }
                length += 1
                continue
            }
            guard length > 0 else { continue }
            words += 1
            if length <= 8, let mask = Self.mask(of: word, in: table), add(mask) { return }
            if words == Self.longestText { return }
            (word, length) = (0, 0)
        }
    }

    /// Adds the evidence of another text.
    mutating func add(_ other: LanguageEvidence) {
        counts &+= other.counts
        words += other.words
    }

    /// The language that the evidence is clear for.
    var language: Language? {
        let best = counts.max()
        let english = counts[0]
        if english >= Self.enoughEnglish, english == best { return .english }
        guard best >= Self.fewestWords, best > 2 * english, Int(best) * Self.largestShare >= words else { return nil }
        var found: Language?
        for (index, language) in FunctionWords.languages.enumerated() {
            if counts[index] == best, found == nil {
                found = language
            } else if counts[index] + Self.margin > best {
                return nil
            }
        }
        return found
    }

    /// Counts a word for its languages; returns true if the text is English beyond doubt.
    @inline(__always)
    private mutating func add(_ mask: UInt16) -> Bool {
        var rest = mask
        while rest != 0 {
            counts[rest.trailingZeroBitCount] &+= 1
            rest &= rest - 1
        }
        guard mask & 1 == 1, counts[0] >= Self.enoughEnglish else { return false }
        var others = counts
        others[0] = 0
        return 2 * others.max() <= counts[0]
    }
}

// MARK: - Words

extension LanguageEvidence {
    /// A function word of up to eight bytes, and a bit for each of its languages.
    private struct Entry {
        var word: UInt64 = 0
        var mask: UInt16 = 0
    }

    private static let slots = 2048

    /// The languages of a word, as bits; `nil` if it is no function word.
    @inline(__always)
    private static func mask(of word: UInt64, in table: Span<Entry>) -> UInt16? {
        var slot = slot(of: word)
        while table[slot].word != 0 {
            if table[slot].word == word { return table[slot].mask }
            slot = (slot + 1) & (slots - 1)
        }
        return nil
    }

    @inline(__always)
    private static func slot(of word: UInt64) -> Int { Int((word &* 0x9E37_79B9_7F4A_7C15) >> 53) }

    /// An open-addressing hash table of some 700 words.
    private static let table: [Entry] = {
        var table = [Entry](repeating: Entry(), count: slots)
        for (index, language) in FunctionWords.languages.enumerated() {
            for text in FunctionWords.list(for: language) where text.utf8.count <= 8 {
                var word: UInt64 = 0
                for (place, byte) in text.utf8.enumerated() { word |= UInt64(byte) << UInt64(8 * place) }
                var slot = slot(of: word)
                while table[slot].word != 0, table[slot].word != word { slot = (slot + 1) & (slots - 1) }
                table[slot].word = word
                table[slot].mask |= 1 << UInt16(index)
            }
        }
        return table
    }()
}
