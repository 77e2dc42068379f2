/// A question, analyzed in several languages.
///
/// A question of few words does not tell its language, and its words may occur in texts of many. So each word has
/// alternatives: the terms that it becomes in other languages.
///
/// ```swift
/// let question = analyzer.analyze(question: "traductions automatiques", languages: [.french])
/// question.words[1].term.text     // "automatiqu", as in English texts
/// question.words[1].alternatives  // ["automat"], as in French ones
/// ```
public struct AnalyzedQuestion: Sendable {
    /// A word of the question.
    public struct Word: Hashable, Sendable {
        /// Its term in the language of the question.
        public let term: Term

        /// The terms that it is in other languages, distinct, without ``term`` and in ascending order.
        public let alternatives: [String]
    }

    /// The question in its language.
    public let text: AnalyzedText

    /// The words, in the order of ``text``.
    public let words: [Word]

    /// Whether the question has no words but stop words, which are kept then.
    public let keepsStopwords: Bool
}

extension Analyzer {
    /// Analyzes a question for texts of several languages. One of nothing but stop words, such as "to be or not to be",
    /// keeps them.
    ///
    /// The language of the question is told from its words, and is English if they are not clear. A stop word of this
    /// language is left out. A word that is a stop word in another language has no alternative there.
    ///
    /// Indexes hold a stop word where it is a part of a compound. A caller that compares titles has the words of the
    /// question in any case.
    ///
    /// - Parameters:
    ///   - question: The question.
    ///   - languages: The languages of the texts, in any order, such as those of ``TermCounts/languages``. They matter
    ///     only if ``AnalyzerSettings/detectsLanguages`` holds.
    /// - Returns: The question's words, each with its terms.
    /// - Complexity: O(*n* · *l*) for *n* bytes of text and *l* languages.
    public func analyze(question: String, languages: some Sequence<Language> = []) -> AnalyzedQuestion {
        var text = analyze(question)
        let keepsStopwords = text.frequencies.isEmpty
        if keepsStopwords { text = analyze(question, keepingStopwords: true) }
        let terms = text.fields.flatMap(\.terms)
        var alternatives: [Range<Int>: Set<String>] = [:]
        if settings.detectsLanguages {
            let own = text.fields.first?.language ?? settings.language
            for language in Set(languages).union([settings.language]) where language != own {
                for term in self.terms(of: question, language: language, keepingStopwords: keepsStopwords) {
                    alternatives[term.range, default: []].insert(term.text)
                }
            }
        }
        let words = terms.map { term in
            let others = alternatives[term.range, default: []].subtracting([term.text])
            return AnalyzedQuestion.Word(term: term, alternatives: others.sorted())
        }
        return AnalyzedQuestion(
            text: text, words: words, keepsStopwords: keepsStopwords && !text.frequencies.isEmpty)
    }
}
