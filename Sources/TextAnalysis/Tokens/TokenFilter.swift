/// Turns the bytes of a token into a term: the chain of filters behind the ``Tokenizer``.
///
/// 1. Every hyphen becomes `-`, every apostrophe `'`. Commas in numbers and spaces in formulas are removed.
/// 2. The word is case folded (``caseFolded(_:)``). This is the surface form.
/// 3. Stop words and words of more than ``maximumLength`` bytes are left out.
/// 4. Words and compounds are stemmed; names, bigrams and formulas are not. English acronyms lose the plural's s first.
struct TokenFilter: ~Copyable {
    /// The longest term, in bytes. Anything longer is data, or words run together. It is left out whole, because its
    /// beginning is a term that nobody wrote.
    static let maximumLength = 64

    private let stemmer: Stemmer?
    private let stopwords: Set<[UInt8]>
    private let isEnglish: Bool

    /// The surface form of the last token.
    private(set) var surface: [UInt8] = []

    /// The term of the last token.
    private(set) var term: [UInt8] = []

    /// Creates the filters of settings.
    init(_ settings: AnalyzerSettings) {
        stemmer = Stemmer(settings.language)
        stopwords = settings.removesStopwords ? Stopwords.list(for: settings.language) : []
        isEnglish = settings.language == .english || settings.language == .porter
    }

    /// Makes ``surface`` and ``term`` of a token; returns false if it is left out.
    mutating func apply(to token: Token, in text: Span<UInt8>) -> Bool {
        // A filter removes at most three of four bytes, unless it removes characters that cannot be seen.
        guard token.range.count <= 4 * Self.maximumLength else { return false }
        surface.removeAll(keepingCapacity: true)
        if !copyASCIIWord(token, in: text) {
            surface.removeAll(keepingCapacity: true)
            copy(token, in: text)
            CaseFolding.fold(&surface)
        }
        guard !surface.isEmpty, surface.count <= Self.maximumLength else { return false }
        if token.kind != .bigram, token.kind != .formula {
            guard surface.count > Stopwords.maximumLength || !stopwords.contains(surface) else { return false }
        }
        term.removeAll(keepingCapacity: true)
        term += surface
        if token.kind == .word || token.kind == .compound {
            if isEnglish, Self.isPluralOfLetters(term) { term.removeLast() }
            stemmer?.stem(&term)
        }
        return true
    }

    /// Whether a word is an acronym of three or more consonants with the plural's s: `llms`, `cnns`, `svms`.
    ///
    /// English stemmers keep an s without a vowel before it. Two letters and an s stay: `tts` and `dns` are no plurals.
    static func isPluralOfLetters(_ word: [UInt8]) -> Bool {
        guard word.count >= 4, word[word.count - 1] == UInt8(ascii: "s"), word[word.count - 2] != UInt8(ascii: "s")
        else {
            return false
        }
        return word.allSatisfy { ASCII.isLetter($0) && !"aeiouy".utf8.contains($0) }
    }

    /// Replaces `word` by bytes in lower case if all are ASCII letters and digits; else returns false.
    ///
    /// Such bytes are one word by the rules, whatever stands around them, and lower case is all of its folding.
    static func copyPlainWord(_ range: Range<Int>, in text: Span<UInt8>, to word: inout Buffer<UInt8>) -> Bool {
        word.removeAll()
        for offset in range {
            let byte = text[offset]
            guard ASCII.isLetter(byte) || ASCII.isDigit(byte) else { return false }
            word.append(ASCII.lowercased(byte))
        }
        return true
    }

    /// Copies a token of ASCII letters, digits and hyphens in lower case; returns false if it holds anything else. Most
    /// tokens are such.
    private mutating func copyASCIIWord(_ token: Token, in text: Span<UInt8>) -> Bool {
        for offset in token.range {
            let byte = text[offset]
            guard ASCII.isWord(byte) || byte == UInt8(ascii: "-") else { return false }
            surface.append(ASCII.lowercased(byte))
        }
        return true
    }

    /// Copies a token's bytes, with one form for all hyphens and for all apostrophes.
    private mutating func copy(_ token: Token, in text: Span<UInt8>) {
        var offset = token.range.lowerBound
        while offset < token.range.upperBound {
            let codePoint = CodePoint(in: text, at: offset)
            offset += codePoint.width
            switch codePoint.value {
            case 0x2010, 0x2011, 0x2013, 0x2212: surface.append(UInt8(ascii: "-"))
            case 0x2019: surface.append(UInt8(ascii: "'"))
            case 0x2C where token.kind != .formula: break
            case 0...0x20 where token.kind == .formula: break
            case 0x7B where token.kind == .formula, 0x7D where token.kind == .formula: break
            default: surface.append(codePoint: codePoint.value)
            }
        }
    }
}
