/// What an ``Analyzer`` does to words, and by which rules.
///
/// Terms of different settings do not match each other. So an index or a model stores its settings, and
/// ``Analyzer/init(_:)`` refuses those that this build cannot follow.
public struct AnalyzerSettings: Codable, Hashable, Sendable {
    /// The language of the stemmer and the stop words, English by default.
    public let language: Language

    /// Whether words without a subject, such as "the" and "of", are left out; true by default.
    ///
    /// English has the longest list. The languages that ``Language/detected(in:)`` tells, Russian and Greek have one of
    /// their commonest words. For others it changes nothing.
    public let removesStopwords: Bool

    /// Whether texts and words of other languages are stemmed by their own rules; true by default for English.
    ///
    /// A text has the language that its field names, or the one that ``Language/detected(in:)`` tells, or English. A
    /// word of another script than Latin has the stemmer of the script, whatever its text is. If a language other than
    /// ``Language/english`` is set, all words are of that language, and this is false.
    ///
    /// On a system without libstemmer other languages have their stop words and no stems, so the fingerprint in
    /// ``stemmerVersion`` is another one there.
    public let detectsLanguages: Bool

    /// The revision of this module's own rules: boundaries, tables, stop words, spelling. A build knows one.
    public let rulesRevision: Int

    /// A fingerprint of the stemmer of ``language``, from the time when the settings were made; of the stemmers of all
    /// languages if ``detectsLanguages`` holds.
    ///
    /// libstemmer does not tell its version. The fingerprint is a checksum of the stems of a fixed list of words. It is
    /// `none` for ``Language/none``, and `absent` if libstemmer has no such algorithm. Without libstemmer it is `absent`
    /// for all languages except English, and for English it is that of libstemmer 2.2.
    public let stemmerVersion: String

    /// Creates the settings for this build's rules and this process's stemmer.
    ///
    /// - Parameters:
    ///   - language: The language of the stemmer and the stop words.
    ///   - removesStopwords: Whether stop words are left out. A text of nothing but stop words then has no terms.
    ///   - detectsLanguages: Whether texts and words of other languages have their own rules. Only English settings can
    ///     do that.
    public init(language: Language = .english, removesStopwords: Bool = true, detectsLanguages: Bool = true) {
        self.language = language
        self.removesStopwords = removesStopwords
        self.detectsLanguages = detectsLanguages && language == .english
        rulesRevision = Self.currentRulesRevision
        stemmerVersion = Stemmer.version(for: language, withAllOthers: self.detectsLanguages)
    }

    /// Decodes settings. Those of revisions before 3 do not say whether they tell languages apart: they do not.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        language = try container.decode(Language.self, forKey: .language)
        removesStopwords = try container.decode(Bool.self, forKey: .removesStopwords)
        detectsLanguages = try container.decodeIfPresent(Bool.self, forKey: .detectsLanguages) ?? false
        rulesRevision = try container.decode(Int.self, forKey: .rulesRevision)
        stemmerVersion = try container.decode(String.self, forKey: .stemmerVersion)
    }

    /// The revision of this build's rules; raised with every change that alters a term.
    static let currentRulesRevision = 3
}

extension AnalyzerSettings {
    /// Checks that this build and this process make the terms that the settings promise.
    func verify() throws(TextAnalysisError) {
        guard rulesRevision == Self.currentRulesRevision else {
            throw TextAnalysisError(
                code: .settingsDiffer,
                message: "Cannot analyze text by rules of revision \(rulesRevision): this build knows revision "
                    + "\(Self.currentRulesRevision). Build anew what was made with them."
            )
        }
        let present = Stemmer.version(for: language, withAllOthers: detectsLanguages)
        guard language == .none || present != "absent" else {
            throw TextAnalysisError(
                code: .languageUnavailable,
                message: Stemmer.usesLibstemmer
                    ? "Cannot stem \(language.rawValue): the libstemmer of this system has no such algorithm. Install "
                        + "a newer libstemmer, or choose another language or none."
                    : "Cannot stem \(language.rawValue): this system has no libstemmer, and without it only English is "
                        + "stemmed. Choose English or none."
            )
        }
        guard stemmerVersion == present else {
            throw TextAnalysisError(
                code: .settingsDiffer,
                message: Stemmer.usesLibstemmer
                    ? "Cannot analyze text with the \(language.rawValue) stemmer \(stemmerVersion): the libstemmer of "
                        + "this system is \(present) and makes other stems. Build anew what was made with it, or "
                        + "install the libstemmer of that time."
                    : "Cannot analyze text with the \(language.rawValue) stemmer \(stemmerVersion): this system has no "
                        + "libstemmer, and its own stemmer is \(present). Build anew what was made with the other, here "
                        + "or elsewhere by settings of English that detect no languages."
            )
        }
    }
}
