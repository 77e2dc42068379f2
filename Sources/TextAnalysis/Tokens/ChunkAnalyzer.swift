/// Takes one chunk after another from bytes to terms: TeX, ``Tokenizer``, ``TokenFilter``.
///
/// Everything it needs on the way is kept for the next chunk.
struct ChunkAnalyzer: ~Copyable {
    private var filter: TokenFilter
    private var tokenizer = Tokenizer()
    private var tex: TeXDecoder?
    private var tokens: [Token] = []
    private var next = 0

    /// The token that ``surface`` and ``term`` were made of, its range within the chunk.
    private(set) var token = Token(range: 0..<0, position: 0, kind: .word)

    init(_ settings: AnalyzerSettings) {
        filter = TokenFilter(settings)
    }

    /// The case-folded word behind the current term.
    var surface: [UInt8] { filter.surface }

    /// The current term.
    var term: [UInt8] { filter.term }

    /// The number that the next word of the text has.
    var nextPosition: Int { tokenizer.nextPosition }

    /// Starts with a chunk whose first word has a number.
    mutating func start(_ chunk: Span<UInt8>, position: Int) {
        tokens.removeAll(keepingCapacity: true)
        next = 0
        tex = TeXDecoder.isNeeded(for: chunk) ? TeXDecoder(chunk) : nil
        tokenizer = Tokenizer(formulas: tex?.formulas ?? [], position: position)
    }

    /// Moves to the next term of the chunk; returns false if there is none.
    mutating func moveToNextTerm(in chunk: Span<UInt8>) -> Bool {
        if let tex { return moveToNextTerm(in: tex.plain.span, from: tex) }
        return moveToNextTerm(in: chunk, from: nil)
    }

    private mutating func moveToNextTerm(in text: Span<UInt8>, from tex: TeXDecoder?) -> Bool {
        while true {
            while next == tokens.count {
                tokens.removeAll(keepingCapacity: true)
                next = 0
                guard tokenizer.next(in: text, into: &tokens) else { return false }
            }
            let candidate = tokens[next]
            next += 1
            guard filter.apply(to: candidate, in: text) else { continue }
            token = candidate
            if let tex { token.range = tex.source(of: candidate.range) }
            return true
        }
    }
}
