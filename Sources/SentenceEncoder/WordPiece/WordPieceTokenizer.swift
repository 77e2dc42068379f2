/// Turns texts into the numbers that a model of the BERT kind reads.
///
/// A text becomes words, and a word becomes the longest tokens of a vocabulary that it is made of: `embeddings` is `em`,
/// `##bed`, `##ding`, `##s`. The rules are those of Devlin, Chang, Lee & Toutanova: *BERT: Pre-training of Deep
/// Bidirectional Transformers for Language Understanding* (2019), <https://arxiv.org/abs/1810.04805>, and their greedy
/// search is from Wu et al.: *Google's Neural Machine Translation System* (2016), <https://arxiv.org/abs/1609.08144>. The
/// tokens are equal to those of the library `tokenizers`, which models are trained with.
///
/// ```swift
/// let tokenizer = try WordPieceTokenizer(contentsOf: URL(filePath: "all-MiniLM-L6-v2"))
/// print(tokenizer.tokens(of: "Papers like InfLLM", limit: 256))
/// ```
///
/// A tokenizer is a value that any number of threads may use at the same time.
public struct WordPieceTokenizer: Sendable {
    let vocabulary: WordPieceVocabulary
    let rules: WordPieceRules
    let asciiActions: [WordPieceRules.ASCIIAction]

    init(_ vocabulary: WordPieceVocabulary, _ rules: WordPieceRules) {
        self.vocabulary = vocabulary
        self.rules = rules
        asciiActions = rules.asciiActions
    }
}

// MARK: - Tokens

extension WordPieceTokenizer {
    /// The tokens of a text, between `[CLS]` and `[SEP]`.
    ///
    /// - Parameters:
    ///   - text: The text. It may be empty, and may have any characters.
    ///   - limit: The most tokens, those at both ends included. What is left of a longer text is dropped.
    /// - Returns: The tokens, from 2 to `limit`.
    /// - Precondition: `limit` is at least 2.
    /// - Complexity: O(*n*) for *n* bytes. Reading stops when there are enough tokens.
    public func tokens(of text: String, limit: Int) -> [Int32] {
        precondition(limit >= 2, "a text has two tokens at its ends, and \(limit) are allowed")
        let words = wordTokens(of: text, limit: limit - 2)
        return [vocabulary.start] + words.prefix(limit - 2) + [vocabulary.separator]
    }

    /// The tokens of a text alone, without any around it.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - limit: The most tokens.
    /// - Returns: The tokens, up to `limit`.
    func inner(of text: String, limit: Int) -> [Int32] { Array(wordTokens(of: text, limit: limit).prefix(limit)) }

    /// The tokens of two texts that a model compares: `[CLS]` first `[SEP]` second `[SEP]`.
    ///
    /// The longer text is cut until both fit. If both are longer than half of what fits, each gets half of it, and the
    /// longer one, or else the second, gets the odd token.
    ///
    /// - Parameters:
    ///   - first: A text, such as a question.
    ///   - second: Another, such as a paper.
    ///   - limit: The most tokens, the three around the texts included.
    /// - Returns: The tokens, and for each whether it belongs to the first text (0) or the second (1).
    /// - Precondition: `limit` is at least 3.
    /// - Complexity: O(*n*) for *n* bytes.
    public func tokens(
        of first: String, and second: String, limit: Int
    ) -> (tokens: [Int32], types: [UInt8]) {
        precondition(limit >= 3, "two texts have three tokens around them, and \(limit) are allowed")
        let (firstTokens, secondTokens) = (wordTokens(of: first, limit: .max), wordTokens(of: second, limit: .max))
        let counts = Self.counts(firstTokens.count, secondTokens.count, limit: limit - 3)
        let beginning = [vocabulary.start] + firstTokens.prefix(counts.first) + [vocabulary.separator]
        let end = secondTokens.prefix(counts.second) + [vocabulary.separator]
        return (
            beginning + end,
            [UInt8](repeating: 0, count: beginning.count) + [UInt8](repeating: 1, count: end.count)
        )
    }

    /// How many tokens of two texts are kept.
    private static func counts(_ first: Int, _ second: Int, limit: Int) -> (first: Int, second: Int) {
        if first <= limit - second { return (first, second) }
        let (shorter, longer) = (min(first, second), max(first, second))
        let half = limit / 2
        let kept = shorter <= half ? (shorter, min(longer, limit - shorter)) : (half, limit - half)
        return first > second ? (kept.1, kept.0) : kept
    }

    /// The tokens of a text alone, or a few more than `limit` of them.
    private func wordTokens(of text: String, limit: Int) -> [Int32] {
        var text = rules.lowercasesFirst ? Self.lowercased(text) : text
        var scanner = WordScanner(self)
        // SAFETY: the bytes stay where they are while `withUTF8` runs, and a span cannot leave the closure.
        text.withUTF8 { scanner.scan(unsafe Span(_unsafeElements: $0), limit: limit) }
        return scanner.tokens
    }

    /// A text in lowercase, letter by letter, by the tables that the tokens follow. A sigma at the end of a word is like
    /// any other.
    private static func lowercased(_ text: String) -> String {
        var utf8: [UInt8] = []
        utf8.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            let lowercase = ScalarMapping(lowercasing: scalar.value)
            utf8.append(codePoint: lowercase?.first ?? scalar.value)
            if let second = lowercase?.second { utf8.append(codePoint: second) }
        }
        return String(decoding: utf8, as: UTF8.self)
    }
}
