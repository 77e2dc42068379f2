import ArraySpans

/// Turns texts into terms: the words that indexes and models are built on.
///
/// A text goes through five steps:
///
/// 1. It is divided into words at Unicode's word boundaries (``WordSegments``), tailored to papers (<doc:Tokens>):
///    `kNN-LM` is one term beside `knn` and `lm`, `C++` is not `c`, and `$O(n \log n)$` is one term.
/// 2. Words are case folded, and compatibility forms replaced (``caseFolded(_:)``).
/// 3. Stop words are left out, unless they are parts of a compound: `off-policy`.
/// 4. Accents are removed (``accentFolded(_:)``), single Greek letters get their names, and British and American
///    spelling become one.
/// 5. Words are stemmed by Snowball's algorithm for the language.
///
/// ```swift
/// let analyzer = try Analyzer()
/// analyzer.terms(of: "Streaming with GPT-4").map(\.text)  // ["stream", "gpt-4", "gpt", "4"]
/// ```
///
/// Texts of other languages than English have their own stop words and stems (<doc:Tokens>).
///
/// The terms of a text depend on its bytes, its language if one is given, and the settings alone.
public struct Analyzer: Sendable {
    /// What the analyzer does to words.
    public let settings: AnalyzerSettings

    /// Creates an analyzer, by default for English.
    ///
    /// - Throws: ``TextAnalysisError`` with the code ``TextAnalysisError/Code/languageUnavailable`` if libstemmer does
    ///   not know the language (without libstemmer: if it is not English), or
    ///   ``TextAnalysisError/Code/settingsDiffer`` if the settings were made with other rules or another stemmer.
    public init(_ settings: AnalyzerSettings = AnalyzerSettings()) throws(TextAnalysisError) {
        try settings.verify()
        self.settings = settings
    }
}

/// An occurrence of a term in a text.
public struct Term: Hashable, Sendable {
    /// The term: folded and stemmed.
    public var text: String

    /// The word that became the term: folded, not stemmed.
    public var surfaceForm: String

    /// The range of the word in the text, in bytes of UTF-8.
    public var range: Range<Int>

    /// The number of the word in the text. Stop words count. A compound has the number of its first word.
    public var position: Int

    /// Creates a term.
    public init(text: String, surfaceForm: String, range: Range<Int>, position: Int) {
        self.text = text
        self.surfaceForm = surfaceForm
        self.range = range
        self.position = position
    }
}

// MARK: - Analyze

extension Analyzer {
    /// The terms of a text, in the order of their positions; a compound stands before its words.
    ///
    /// - Complexity: O(*n*) for a text of *n* bytes.
    public func terms(of text: String) -> [Term] { terms(of: text, language: nil) }

    /// The terms of a text of a language, with its stop words if they are to be kept.
    ///
    /// Indexes leave stop words out unless they are parts of a compound. A question may consist of nothing else.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - language: The text's language; if `nil`, it is told from the text. It matters only if
    ///     ``AnalyzerSettings/detectsLanguages`` holds.
    ///   - keepingStopwords: Whether stop words become terms too.
    /// - Returns: The terms.
    /// - Complexity: O(*n*) for a text of *n* bytes.
    public func terms(of text: String, language: Language?, keepingStopwords: Bool = false) -> [Term] {
        text.withUTF8Span { terms(in: $0, language: language, keepingStopwords: keepingStopwords) }
    }

    /// The terms of bytes, which need not be UTF-8. Ill-formed bytes separate words.
    ///
    /// - Complexity: O(*n*) for *n* bytes.
    public func terms(ofUTF8 text: some Sequence<UInt8>) -> [Term] {
        terms(in: Array(text).span, language: nil, keepingStopwords: false)
    }

    private func terms(in text: Span<UInt8>, language: Language?, keepingStopwords: Bool) -> [Term] {
        var terms: [Term] = []
        var chunks = Chunks()
        var analyzer = ChunkAnalyzer(settings, keepsStopwords: keepingStopwords)
        if settings.detectsLanguages {
            analyzer.startText(language ?? LanguageEvidence(of: text).language ?? settings.language)
        }
        while let range = chunks.next(in: text) {
            let chunk = text.extracting(range)
            analyzer.start(chunk, position: analyzer.nextPosition)
            while analyzer.moveToNextTerm(in: chunk) {
                let token = analyzer.token
                terms.append(
                    Term(
                        text: String(decoding: analyzer.term, as: UTF8.self),
                        surfaceForm: String(decoding: analyzer.surface, as: UTF8.self),
                        range: token.range.lowerBound + range.lowerBound..<token.range.upperBound + range.lowerBound,
                        position: token.position
                    )
                )
            }
        }
        return terms
    }

    /// The languages of the fields of a document.
    ///
    /// A field has the language that it names, or else the one that its text is clear for. A short text seldom is clear
    /// for any. It then has the language of all fields together, and English if that is not clear either.
    func languages(of fields: [TextField]) -> [Language] {
        guard settings.detectsLanguages else { return fields.map { _ in settings.language } }
        var whole = LanguageEvidence()
        let languages = fields.map { field -> Language? in
            if let language = field.language { return language }
            let evidence = field.text.withUTF8Span { LanguageEvidence(of: $0) }
            whole.add(evidence)
            return evidence.language
        }
        return languages.map { $0 ?? whole.language ?? settings.language }
    }
}

extension String {
    /// Calls `body` with the string's UTF-8, in place.
    func withUTF8Span<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
        var copy = self
        // SAFETY: the bytes stay where they are while `withUTF8` runs, and a span cannot leave the closure.
        return copy.withUTF8 { unsafe body(Span(_unsafeElements: $0)) }
    }
}
