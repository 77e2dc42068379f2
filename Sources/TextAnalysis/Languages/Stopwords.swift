/// The words of a language that say nothing about a subject.
struct Stopwords: Sendable {
    /// The words, case folded.
    private let words: Set<[UInt8]>

    /// No word is longer, in bytes.
    private let longest: Int

    private init(_ words: Set<[UInt8]>) {
        self.words = words
        longest = words.lazy.map(\.count).max() ?? 0
    }

    /// Whether a case-folded word is one of them.
    func contains(_ word: [UInt8]) -> Bool { word.count <= longest && words.contains(word) }

    /// No words.
    static let none = Stopwords([])

    /// The stop words of a language. Empty if this module has no list.
    ///
    /// English has a long list. Other languages have their commonest words (``FunctionWords``).
    static func list(for language: Language) -> Stopwords {
        switch language {
        case .english, .porter: ofEnglish
        default: ofOthers[language] ?? none
        }
    }

    // Lists are made once, and those of other languages only if one of them is needed.
    private static let ofEnglish = Stopwords(english)
    private static let ofOthers = Dictionary(
        uniqueKeysWithValues: Language.allCases.map { language in
            (language, Stopwords(Set(FunctionWords.list(for: language).map { Array($0.utf8) })))
        })

    private static let english = Set(
        """
        a an the
        i me my mine myself we us our ours ourselves you your yours yourself yourselves
        he him his himself she her hers herself it its itself they them their theirs themselves one's
        this that these those who whom whose which what there here
        am is are was were be been being do does did doing done have has had having
        can could may might must shall should will would ought cannot
        and or but nor so yet if then else than because as while although though unless until whether whereas
        of in on at by for from to into onto with without within about against between among amongst through during
        before after above below over under upon via per toward towards across along around
        not no also too very just only even both either neither each every all any some such other another own same
        more most much many few less least several how when where why
        again further once up down out off however therefore thus hence moreover furthermore nevertheless
        it's that's there's he's she's what's who's i'm we're you're they're i've we've you've they've i'll we'll
        you'll they'll he'll she'll i'd we'd you'd they'd he'd she'd let's
        isn't aren't wasn't weren't don't doesn't didn't haven't hasn't hadn't can't couldn't won't wouldn't shouldn't
        mustn't mightn't needn't shan't
        e.g i.e etc eg ie cf vs http https www
        """.split(whereSeparator: \.isWhitespace).map { Array($0.utf8) }
    )
}
