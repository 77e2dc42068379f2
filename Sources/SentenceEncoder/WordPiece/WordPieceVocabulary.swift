import ArraySpans

/// The tokens of a WordPiece tokenizer, and what becomes of a word.
struct WordPieceVocabulary: Sendable {
    /// The tokens that begin a word.
    let wordStarts: TokenTable

    /// The tokens that continue one, without the `##` that they have in the vocabulary.
    let continuations: TokenTable

    /// The token of a word that cannot be made of others: `[UNK]`.
    let unknown: Int32

    /// The token before a text: `[CLS]`.
    let start: Int32

    /// The token behind a text: `[SEP]`.
    let separator: Int32

    /// The most characters of a word. A longer one is unknown.
    let longestWord: Int

    /// The tokens that are found in texts as they are written, such as `[MASK]`.
    let addedTokens: AddedTokens

    /// The greatest id.
    let greatestID: Int32

    /// The median of the tokens' lengths in Unicode scalars, as they stand in the vocabulary, rounded down.
    let medianTokenLength: Int

    /// What continuations begin with in the vocabulary.
    static let continuationMark = "##"

    /// Appends the tokens of a word: the longest token that it begins with, then the longest continuation, and so on.
    /// If nothing fits somewhere, the whole word is unknown.
    func appendTokens(of utf8: [UInt8], to tokens: inout [Int32]) {
        let word = utf8.span
        if let id = wordStarts.id(of: word) {
            tokens.append(id)
            return
        }
        let countBefore = tokens.count
        var offset = 0
        while offset < word.count {
            let rest = word.extracting(offset..<word.count)
            let longest = offset == 0 ? wordStarts.longestPrefix(of: rest) : continuations.longestPrefix(of: rest)
            guard let longest else {
                tokens.removeLast(tokens.count - countBefore)
                tokens.append(unknown)
                return
            }
            tokens.append(longest.id)
            offset += longest.byteCount
        }
    }
}

/// Tokens that are found in texts as they are written, before any rule changes the text.
struct AddedTokens: Sendable {
    /// Whether a token begins with a byte.
    private var isFirst = [Bool](repeating: false, count: 256)

    /// The tokens, longest first.
    private let tokens: [(utf8: [UInt8], id: Int32)]

    /// Creates the set of tokens. One without text is left out.
    init(_ tokens: [(text: String, id: Int32)]) {
        self.tokens = tokens.map { (Array($0.text.utf8), $0.id) }.filter { !$0.0.isEmpty }
            .sorted { ($1.0.count, $0.1) < ($0.0.count, $1.1) }
        for token in self.tokens { isFirst[Int(token.utf8[0])] = true }
    }

    /// The longest token at an offset of a text, and its number of bytes; `nil` if there is none.
    func token(in text: Span<UInt8>, at offset: Int) -> (id: Int32, byteCount: Int)? {
        guard isFirst[Int(text[offset])] else { return nil }
        for (utf8, id) in tokens where utf8.count <= text.count - offset {
            if utf8.indices.allSatisfy({ utf8[$0] == text[offset + $0] }) { return (id, utf8.count) }
        }
        return nil
    }
}
