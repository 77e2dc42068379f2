import ArraySpans

/// What the files of a tokenizer say, before it is made ready for use.
struct TokenizerDefinition {
    /// The file of the vocabulary, as errors name it.
    let path: String

    /// The tokens and their ids, in the order of the file. The last of equal ones counts.
    let tokens: [(text: String, id: Int32)]

    /// The tokens that are found in texts as they are written.
    let addedTokens: [(text: String, id: Int32)]

    /// The token of unknown words.
    let unknown: String

    /// The token before a text.
    let start: String

    /// The token behind a text.
    let separator: String

    /// The most characters of a word.
    let longestWord: Int

    /// How texts are taken apart.
    let rules: WordPieceRules

    /// The most characters of a word, unless the file says otherwise.
    static let usualLongestWord = 100

    /// The range of the longest words that a file may allow.
    static let longestWords = 1...10_000

    /// The greatest id that a file may use.
    static let greatestID = 1 << 24
}

extension WordPieceVocabulary {
    /// Makes the vocabulary of a definition ready for use.
    ///
    /// - Throws: `missing` if a special token is not in it; `damaged` if an added token has two ids.
    init(_ definition: TokenizerDefinition) throws(EncoderError) {
        let own = TokenTable(definition.tokens)
        for (text, id) in definition.addedTokens {
            guard let ownID = own.id(of: Array(text.utf8).span), ownID != id else { continue }
            throw .damaged(definition.path, "the token '\(text)' has the id \(ownID), and \(id) as an added one")
        }
        let all = TokenTable(definition.tokens + definition.addedTokens)
        func id(_ name: String) throws(EncoderError) -> Int32 {
            guard let id = all.id(of: Array(name.utf8).span) else {
                throw EncoderError(
                    .missing,
                    "Cannot use the tokenizer of '\(definition.path)': it has no token '\(name)'. Take all files from "
                        + "the same model.")
            }
            return id
        }
        unknown = try id(definition.unknown)
        start = try id(definition.start)
        separator = try id(definition.separator)
        longestWord = definition.longestWord
        medianTokenLength = Self.medianLength(of: definition.tokens + definition.addedTokens)
        // By code points: as characters, the mark may be one with an accent behind it.
        let mark = Self.continuationMark.unicodeScalars
        wordStarts = TokenTable(definition.tokens.filter { !$0.text.unicodeScalars.starts(with: mark) })
        continuations = TokenTable(
            definition.tokens.filter { $0.text.unicodeScalars.starts(with: mark) }
                .map { (String($0.text.unicodeScalars.dropFirst(mark.count)), $0.id) })
        addedTokens = AddedTokens(definition.addedTokens)
        greatestID = max(
            definition.tokens.map(\.id).max() ?? 0, definition.addedTokens.map(\.id).max() ?? 0)
    }
}

extension WordPieceVocabulary {
    /// The median of the lengths of tokens, of which equal ones count once.
    private static func medianLength(of tokens: [(text: String, id: Int32)]) -> Int {
        let lengths = Dictionary(tokens.map { ($0.text, $0.text.unicodeScalars.count) }) { first, _ in first }
            .values.sorted()
        guard !lengths.isEmpty else { return 0 }
        return (lengths[(lengths.count - 1) / 2] + lengths[lengths.count / 2]) / 2
    }
}
