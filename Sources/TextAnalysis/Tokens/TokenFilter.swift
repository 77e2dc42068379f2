/// Turns the bytes of a token into a term: the chain of filters behind the ``Tokenizer``.
///
/// 1. Every hyphen becomes `-`, every apostrophe `'`. Commas in numbers and spaces in formulas are removed.
/// 2. The word is case folded (``caseFolded(_:)``). This is the surface form.
/// 3. Words of more than ``maximumLength`` bytes are left out, and stop words, unless they are parts of a compound.
/// 4. Single Greek letters get their names (``GreekLetters``), and accents are removed (``AccentFolding``). For languages
///    whose stemmers read accents, accents are removed from the stem instead.
/// 5. English acronyms lose the plural's s, and English words get one spelling (``EnglishSpelling``).
/// 6. Words and compounds are stemmed; names, bigrams, symbols and formulas are not.
struct TokenFilter: ~Copyable {
    /// The longest term, in bytes. Anything longer is data, or words run together. It is left out whole, because its
    /// beginning is a term that nobody wrote.
    static let maximumLength = 64

    private let stemmer: Stemmer?
    private let stopwords: Set<[UInt8]>
    private let isEnglish: Bool

    /// Whether accents are removed before words are stemmed. Only English has stemmers that know no accents.
    private let foldsBeforeStemming: Bool

    /// The surface form of the last token.
    private(set) var surface: [UInt8] = []

    /// The term of the last token.
    private(set) var term: [UInt8] = []

    /// Creates the filters of settings.
    ///
    /// - Parameters:
    ///   - settings: The settings.
    ///   - keepsStopwords: Whether stop words stay although the settings remove them.
    init(_ settings: AnalyzerSettings, keepsStopwords: Bool) {
        stemmer = Stemmer(settings.language)
        stopwords = settings.removesStopwords && !keepsStopwords ? Stopwords.list(for: settings.language) : []
        isEnglish = settings.language == .english || settings.language == .porter
        foldsBeforeStemming = isEnglish || settings.language == .none
    }

    /// Makes ``surface`` and ``term`` of a token; returns false if it is left out.
    mutating func apply(to token: Token, in text: Span<UInt8>) -> Bool {
        // A filter removes at most three of four bytes, unless it removes characters that cannot be seen.
        guard token.range.count <= 4 * Self.maximumLength else { return false }
        surface.removeAll(keepingCapacity: true)
        let isASCII = copyASCIIWord(token, in: text)
        if !isASCII {
            surface.removeAll(keepingCapacity: true)
            copy(token, in: text)
            CaseFolding.fold(&surface)
        }
        guard !surface.isEmpty, surface.count <= Self.maximumLength else { return false }
        switch token.kind {
        case .word, .compound, .name:
            guard surface.count > Stopwords.maximumLength || !stopwords.contains(surface) else { return false }
        case .part, .bigram, .symbol, .formula: break
        }
        term.removeAll(keepingCapacity: true)
        term += surface
        switch token.kind {
        case .word, .part, .compound: stem(token.kind, isASCII: isASCII)
        case .name, .symbol: AccentFolding.fold(&term)
        case .bigram, .formula: break
        }
        return term.count <= Self.maximumLength
    }

    /// Makes a stem of the word in ``term``.
    private mutating func stem(_ kind: Token.Kind, isASCII: Bool) {
        if !isASCII {
            _ = GreekLetters.name(&term)
            if foldsBeforeStemming { AccentFolding.fold(&term) }
        }
        if isEnglish {
            if Self.isPluralOfLetters(term) { term.removeLast() }
            if kind != .compound { EnglishSpelling.fold(&term) }
        }
        stemmer?.stem(&term)
        if !isASCII, !foldsBeforeStemming { AccentFolding.fold(&term) }
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
