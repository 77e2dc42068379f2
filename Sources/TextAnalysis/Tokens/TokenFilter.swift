import ArraySpans

/// Turns the bytes of a token into a term: the chain of filters behind the ``Tokenizer``.
///
/// 1. Every hyphen becomes `-`, every apostrophe `'`. Commas in numbers and spaces in formulas are removed.
/// 2. The word is case folded (``caseFolded(_:)``). This is the surface form.
/// 3. Words of more than ``maximumLength`` bytes are left out, and stop words, unless they are parts of a compound.
/// 4. Single Greek letters get their names (``GreekLetters``), and accents are removed (``AccentFolding``). For
///    languages whose stemmers read accents, accents are removed from the stem instead.
/// 5. English acronyms lose the plural's s, and English words get one spelling (``EnglishSpelling``).
/// 6. Words and compounds are stemmed by the rules of the text's language or the word's script (``WordRules``); names,
///    bigrams, symbols and formulas are not.
struct TokenFilter: ~Copyable {
    /// The longest term, in bytes. Anything longer is data, or words run together. It is left out whole, because its
    /// beginning is a term that nobody wrote.
    static let maximumLength = 64

    private let settings: AnalyzerSettings
    private let removesStopwords: Bool

    /// The rules of the languages that were needed so far.
    private var rules: [Language: WordRules] = [:]

    /// The rules of the current text's language.
    private var textRules: WordRules

    /// The language of the current text, as given or told.
    private var textLanguage: Language

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
        self.settings = settings
        removesStopwords = settings.removesStopwords && !keepsStopwords
        textLanguage = settings.language
        textRules = WordRules(settings.language, removesStopwords: removesStopwords)
        rules[settings.language] = textRules
    }

    /// Starts a text of a language, which matters if the settings tell languages apart.
    mutating func start(_ language: Language) {
        guard settings.detectsLanguages, language != textLanguage else { return }
        textLanguage = language
        textRules = rules(of: language.isLatin ? language : settings.language)
    }

    private mutating func rules(of language: Language) -> WordRules {
        if let known = rules[language] { return known }
        let new = WordRules(language, removesStopwords: removesStopwords)
        rules[language] = new
        return new
    }

    /// The rules for a word: those of its script, or else those of the text.
    private mutating func rules(for word: [UInt8]) -> WordRules {
        guard settings.detectsLanguages, let language = textLanguage.scriptLanguage(of: word.span) else {
            return textRules
        }
        return rules(of: language)
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
        var rules = isASCII ? textRules : rules(for: surface)
        switch token.kind {
        case .word, .compound, .name:
            guard !rules.isStopword(surface) else { return false }
        case .part, .bigram, .symbol, .formula: break
        }
        term.removeAll(keepingCapacity: true)
        term += surface
        switch token.kind {
        case .word, .part, .compound:
            if !isASCII, GreekLetters.name(&term) { rules = self.rules(for: term) }
            rules.stem(&term, isASCII: isASCII, isCompound: token.kind == .compound)
        case .name, .symbol: AccentFolding.fold(&term)
        case .bigram, .formula: break
        }
        return term.count <= Self.maximumLength
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
