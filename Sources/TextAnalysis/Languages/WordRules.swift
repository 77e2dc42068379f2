/// What a language does to words: its stop words, its stemmer and what comes before and after it.
final class WordRules {
    private let stemmer: Stemmer?
    private let stopwords: Stopwords

    private let isEnglish: Bool

    /// Whether accents are removed before words are stemmed. Most stemmers look for their language's accents; those of
    /// English know none.
    private let foldsBeforeStemming: Bool

    /// Whether an article without its vowel stands before a word: `l'analyse`, `dell'analisi`.
    private let elides: Bool

    /// Creates the rules of a language.
    init(_ language: Language, removesStopwords: Bool) {
        stemmer = Stemmer(language)
        stopwords = removesStopwords ? .list(for: language) : .none
        isEnglish = language == .english || language == .porter
        foldsBeforeStemming = isEnglish || language == .none
        elides = language == .french || language == .italian || language == .catalan
    }

    /// Removes what stands before the first apostrophe: an article, a pronoun or a preposition of at most six letters.
    private static func removeArticle(from word: inout [UInt8]) {
        guard let place = word.firstIndex(of: UInt8(ascii: "'")), (1...6).contains(place), word.count > place + 2 else {
            return
        }
        word.removeSubrange(...place)
    }

    /// Whether a case-folded word is a stop word.
    func isStopword(_ word: [UInt8]) -> Bool { stopwords.contains(word) }

    /// Replaces a case-folded word by its stem.
    ///
    /// - Parameters:
    ///   - word: A word whose single Greek letters have their names.
    ///   - isASCII: Whether it has no accents for certain.
    ///   - isCompound: Whether it is a compound, whose spelling stays.
    func stem(_ word: inout [UInt8], isASCII: Bool, isCompound: Bool) {
        if !isASCII, foldsBeforeStemming { AccentFolding.fold(&word) }
        if isEnglish {
            if Self.isPluralOfLetters(word) { word.removeLast() }
            if !isCompound { EnglishSpelling.fold(&word) }
        }
        if elides { Self.removeArticle(from: &word) }
        stemmer?.stem(&word)
        if !isASCII, !foldsBeforeStemming { AccentFolding.fold(&word) }
    }

    /// Whether a word is an acronym of three or more consonants with the plural's s: `llms`, `cnns`, `svms`.
    ///
    /// English stemmers keep an s without a vowel before it. Two letters and an s stay: `tts` and `dns` are no plurals.
    private static func isPluralOfLetters(_ word: [UInt8]) -> Bool {
        guard word.count >= 4, word[word.count - 1] == UInt8(ascii: "s"), word[word.count - 2] != UInt8(ascii: "s")
        else {
            return false
        }
        return word.allSatisfy { ASCII.isLetter($0) && !"aeiouy".utf8.contains($0) } && !acronymsInS.contains(word)
    }

    /// Acronyms whose last letter is an s: those that papers on computing, learning and retrieval write with a capital
    /// S mostly. `crps` is a score and `crp` a process.
    private static let acronymsInS = Set(
        """
        bfgs cbrs ccrs ckks clrs crps csds dbms dmrs dsrs fcfs gbfs gprs hdfs lbfgs lcfrs mcts mpls msds mtls nnls
        ntfs oodbms rdbms rkbs rkhs sgns slds ttfs vlcs
        """.split(whereSeparator: \.isWhitespace).map { Array($0.utf8) })
}
