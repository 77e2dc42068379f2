import ArraySpans

extension Language {
    /// The language of a text of the Latin script, told by its function words; `nil` if that is not clear.
    ///
    /// English, German, French, Spanish, Portuguese, Italian, Dutch, Swedish, Danish, Norwegian, Finnish, Hungarian,
    /// Romanian, Turkish, Indonesian and Catalan are known. A text of few words seldom tells its language. For a
    /// language other than English at least four of its words must stand there, more than twice as many as English
    /// ones, and two more than of any other.
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

    /// The number of words that are English and nothing else.
    private var onlyEnglish = 0

    /// Whether a text is English: it has three words of English, two of which belong to no other language, and two more
    /// than of any other.
    @inline(__always)
    private static func isEnglish<Count: FixedWidthInteger & SIMDScalar>(
        _ counts: SIMD16<Count>, _ onlyEnglish: Int
    ) -> Bool {
        guard onlyEnglish >= 2, counts[0] >= 3 else { return false }
        var others = counts
        others[0] = 0
        return counts[0] &- others.max() >= 2 && counts[0] > others.max()
    }

    /// The fewest words for a language that is not English: a title may quote three.
    private static let fewestWords: UInt16 = 4

    /// By how many words a language has to lead: `de` and `en` belong to several.
    private static let margin: UInt16 = 2

    /// One in this many words has to be a function word. In running text it is one in two to six.
    private static let largestShare = 10

    /// The most words that are read: the counts of a text have then decided, if they ever do.
    private static let longestText = 255

    /// No evidence.
    init() {}

    /// The evidence of a text.
    ///
    /// Words are what stands between spaces, looked up in eight bytes at a time. A mark at a word hides it, which
    /// seldom befalls function words.
    init(of text: Span<UInt8>) {
        let table = Self.table.span
        // Eight bits suffice for the words of one text. A whole row of counts is added at once.
        var found = SIMD16<UInt8>()
        var offset = 0
        while offset < text.count, words < Self.longestText {
            let bytes = Self.bytes(at: offset, in: text)
            let spaces = (bytes &- Self.ones &* 0x21) & ~bytes & (Self.ones &* 0x80)
            guard spaces != 0 else {
                words += 1
                offset += 8
                while offset < text.count, text[offset] > 0x20 { offset += 1 }
                offset += 1
                continue
            }
            let length = spaces.trailingZeroBitCount >> 3
            offset += length + 1
            guard length > 0 else { continue }
            words += 1
            let entry = Self.entry(of: Self.key(bytes, length: length), in: table)
            found &+= entry.counts
            guard entry.isOnlyEnglish else { continue }
            onlyEnglish += 1
            if Self.isEnglish(found, onlyEnglish) { break }
        }
        counts = SIMD16<UInt16>(truncatingIfNeeded: found)
    }

    /// Adds the evidence of another text.
    mutating func add(_ other: LanguageEvidence) {
        counts &+= other.counts
        words += other.words
        onlyEnglish += other.onlyEnglish
    }

    /// The language that the evidence is clear for.
    var language: Language? {
        let best = counts.max()
        let english = counts[0]
        if Self.isEnglish(counts, onlyEnglish) { return .english }
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
}

// MARK: - Words

extension LanguageEvidence {
    /// A function word of up to seven bytes, and a 1 for each of its languages.
    private struct Entry {
        var word: UInt64 = 0
        var isOnlyEnglish = false
        var counts = SIMD16<UInt8>()
    }

    private static let slots = 2048

    private static let ones: UInt64 = 0x0101_0101_0101_0101

    /// Eight bytes of a text, the first one lowest, with zeros behind its end.
    @inline(__always)
    private static func bytes(at offset: Int, in text: Span<UInt8>) -> UInt64 {
        if offset + 8 <= text.count { return text.word(at: offset) }
        var bytes: UInt64 = 0
        for index in offset..<text.count { bytes |= UInt64(text[index]) << UInt64(8 * (index - offset)) }
        return bytes
    }

    /// The first `length` of eight bytes, of 1 to 7, in lower case. Bytes outside ASCII are changed too, alike in texts
    /// and in the table.
    @inline(__always)
    private static func key(_ bytes: UInt64, length: Int) -> UInt64 {
        (bytes | ones &* 0x20) & (1 << UInt64(8 * length) - 1)
    }

    /// The entry of a word; an empty one if it is no function word.
    @inline(__always)
    private static func entry(of word: UInt64, in table: Span<Entry>) -> Entry {
        var slot = slot(of: word)
        while table[slot].word != word, table[slot].word != 0 { slot = (slot + 1) & (slots - 1) }
        return table[slot]
    }

    @inline(__always)
    private static func slot(of word: UInt64) -> Int { Int((word &* 0x9E37_79B9_7F4A_7C15) >> 53) }

    /// An open-addressing hash table of some 600 words.
    private static let table: [Entry] = {
        var table = [Entry](repeating: Entry(), count: slots)
        for (index, language) in FunctionWords.languages.enumerated() {
            for text in FunctionWords.list(for: language) where text.utf8.count < 8 {
                let word = text.withUTF8Span { key(bytes(at: 0, in: $0), length: $0.count) }
                var slot = slot(of: word)
                while table[slot].word != 0, table[slot].word != word { slot = (slot + 1) & (slots - 1) }
                table[slot].word = word
                table[slot].counts[index] = 1
                table[slot].isOnlyEnglish = table[slot].counts.wrappedSum() == 1 && index == 0
            }
        }
        return table
    }()
}
