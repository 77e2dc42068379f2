import ArraySpans

/// Turns chunks into terms, one after another, by ``TeXDecoder``, ``Tokenizer`` and ``TokenFilter``.
///
/// It keeps its buffers for the next chunk.
struct ChunkAnalyzer: ~Copyable {
    private var filter: TokenFilter
    private var tokenizer = Tokenizer()
    private var tex: TeXDecoder?
    private var tokens: [Token] = []
    private var next = 0

    /// The current token, in the text without TeX.
    private var plainToken = Token(range: 0..<0, position: 0, kind: .word)

    init(_ settings: AnalyzerSettings, keepsStopwords: Bool = false) {
        filter = TokenFilter(settings, keepsStopwords: keepsStopwords)
    }

    /// The case-folded word that became the current term.
    var surface: [UInt8] { filter.surface }

    /// The current term.
    var term: [UInt8] { filter.term }

    /// The current token, with its range in the chunk.
    var token: Token {
        var token = plainToken
        if let tex { token.range = tex.source(of: token.range) }
        return token
    }

    /// The number of the next word of the text.
    var nextPosition: Int { tokenizer.nextPosition }
}

// MARK: - Move

extension ChunkAnalyzer {
    /// Says which language the chunks have that come next.
    mutating func startText(_ language: Language) { filter.start(language) }

    /// Starts a chunk whose first word has the number `position`.
    mutating func start(_ chunk: Span<UInt8>, position: Int) {
        tokens.removeAll(keepingCapacity: true)
        next = 0
        tex = TeXDecoder.isNeeded(for: chunk) ? TeXDecoder(chunk) : nil
        tokenizer = Tokenizer(formulas: tex?.formulas ?? [], position: position)
    }

    /// Moves to the next term of the chunk; returns false if there is none.
    mutating func moveToNextTerm(in chunk: Span<UInt8>) -> Bool {
        while moveToNextToken(in: chunk) {
            if makeTerm(in: chunk) { return true }
        }
        return false
    }

    /// Moves to the next token of the chunk, even if it becomes no term; returns false if there is none.
    mutating func moveToNextToken(in chunk: Span<UInt8>) -> Bool {
        while next == tokens.count {
            tokens.removeAll(keepingCapacity: true)
            next = 0
            let isFound =
                if let tex { tokenizer.next(in: tex.plain.span, into: &tokens) } else {
                    tokenizer.next(in: chunk, into: &tokens)
                }
            guard isFound else { return false }
        }
        plainToken = tokens[next]
        next += 1
        return true
    }
}

// MARK: - Filter

extension ChunkAnalyzer {
    /// Makes ``term`` and ``surface`` of the current token; returns false if it is left out.
    mutating func makeTerm(in chunk: Span<UInt8>) -> Bool {
        if let tex { return filter.apply(to: plainToken, in: tex.plain.span) }
        return filter.apply(to: plainToken, in: chunk)
    }

    /// Makes ``term`` and ``surface`` of a word of ASCII letters and digits; returns false if it is left out.
    mutating func makeTerm(ofWord word: Span<UInt8>) -> Bool {
        filter.apply(to: Token(range: 0..<word.count, position: 0, kind: .word), in: word)
    }

    /// Whether the current token is a part of a compound, which is no stop word.
    var isPart: Bool { plainToken.kind == .part }

    /// Replaces `word` by the current token, case folded, if it is a word of ASCII letters and digits; else returns
    /// false.
    func copyPlainWord(in chunk: Span<UInt8>, to word: inout Buffer<UInt8>) -> Bool {
        guard plainToken.kind == .word || plainToken.kind == .part else { return false }
        if let tex { return TokenFilter.copyPlainWord(plainToken.range, in: tex.plain.span, to: &word) }
        return TokenFilter.copyPlainWord(plainToken.range, in: chunk, to: &word)
    }
}
