/// Takes the stems of English words by the Snowball algorithm "english", which is also called Porter 2.
///
/// ```swift
/// var word = Array("generalizations".utf8)
/// EnglishStemmer().stem(&word)
/// String(decoding: word, as: UTF8.self)  // "general"
/// ```
///
/// The algorithm removes the endings of a word in steps. Each step looks for the longest of its endings, and most take
/// it off only if enough of the word stands before it. A few words are exceptions.
///
/// The stems are those of Snowball 2.2, byte for byte. Its later versions have other rules. An ``Analyzer`` uses this
/// type only on systems without libstemmer, which are iOS, tvOS, watchOS and visionOS.
///
/// Source: M. F. Porter and the Snowball project, "The English (Porter2) stemming algorithm",
/// <https://snowballstem.org/algorithms/english/stemmer.html>.
public struct EnglishStemmer: Sendable {
    /// Creates the stemmer. It keeps nothing between words, so all threads may use one.
    public init() {}

    /// Replaces a word by its stem.
    ///
    /// A word of less than three characters stays as it is, and so does one whose stem would be empty, such as `''s`.
    /// No bytes trap: those that are no valid UTF-8 are read as libstemmer reads them.
    ///
    /// - Parameter word: UTF-8 in lower case. The algorithm knows `'` and no other apostrophe, and no accents.
    /// - Complexity: O(*n*), where *n* is the number of bytes.
    public func stem(_ word: inout [UInt8]) {
        if (3...6).contains(word.count), let stem = Self.exceptions[EnglishEnding.key(of: word)] {
            word.replaceSubrange(word.indices, with: stem.utf8)
            return
        }
        guard LenientUTF8.offset(of: 3, in: word) != nil else { return }
        let opening = word[0] == UInt8(ascii: "'") ? 1 : 0
        let possessive = Self.possessiveLength(of: word, from: opening)
        guard opening + possessive < word.count else { return }
        word.removeFirst(opening)

        // The array is moved into the form and back, so that it is not copied.
        var form = EnglishForm(moving: &word)
        form.removeLast(possessive)
        form.removePlural()
        if !Self.isFinished(form.bytes) {
            form.removePastOrParticiple()
            form.replaceFinalY()
            form.replaceDoubleSuffix()
            form.replaceAdjectiveSuffix()
            form.removeSuffix()
            form.removeFinalLetter()
        }
        form.unmark()
        swap(&form.bytes, &word)
    }

    /// The number of bytes of the apostrophe, and of the s with one or two of them, that end a word.
    private static func possessiveLength(of word: [UInt8], from start: Int) -> Int {
        let (length, end) = (word.count - start, word.count)
        let (apostrophe, s) = (UInt8(ascii: "'"), UInt8(ascii: "s"))
        if length >= 3, word[end - 1] == apostrophe, word[end - 2] == s, word[end - 3] == apostrophe { return 3 }
        if length >= 2, word[end - 1] == s, word[end - 2] == apostrophe { return 2 }
        return length >= 1 && word[end - 1] == apostrophe ? 1 : 0
    }
}

// MARK: - Exceptions

extension EnglishStemmer {
    /// Words whose stems the steps would not find, by their keys.
    private static let exceptions: [UInt64: String] = {
        let stems = [
            "skis": "ski", "skies": "sky", "dying": "die", "lying": "lie", "tying": "tie", "idly": "idl",
            "gently": "gentl", "ugly": "ugli", "early": "earli", "only": "onli", "singly": "singl",
        ]
        let kept = ["sky", "news", "howe", "atlas", "cosmos", "bias", "andes"]
        let pairs = Array(stems) + kept.map { ($0, $0) }
        return Dictionary(uniqueKeysWithValues: pairs.map { (EnglishEnding.key(of: Array($0.0.utf8)), $0.1) })
    }()

    /// Words that stay once their plural's s is gone, by their keys.
    private static let finished = Set(
        ["inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed"].map {
            EnglishEnding.key(of: Array($0.utf8))
        })

    private static func isFinished(_ word: [UInt8]) -> Bool {
        (6...7).contains(word.count) && finished.contains(EnglishEnding.key(of: word))
    }
}
