extension Stemmer {
    /// A fingerprint of what the stemmers do to the words of a language, and to those of all others if they matter.
    static func version(for language: Language, withAllOthers: Bool) -> String {
        withAllOthers ? versionOfAll : version(for: language)
    }

    /// Made once, since it takes milliseconds.
    private static let versionOfAll: String = {
        guard Stemmer(.english) != nil else { return "absent" }
        let versions = Language.allCases.map { version(for: $0) }
        return digits(of: versions.joined(separator: " ").utf8.reduce(offsetBasis, mix))
    }()

    /// A fingerprint of what the stemmer of a language does to words, as ``AnalyzerSettings/stemmerVersion``
    /// describes it: the 64-bit FNV-1a hash over the stems of ``probes``, in hexadecimal digits.
    static func version(for language: Language) -> String {
        guard language != .none else { return "none" }
        guard let stemmer = Stemmer(language) else { return "absent" }
        return fingerprint { stemmer.stem(&$0) }
    }

    /// The fingerprint of what a stemmer does to ``probes``.
    package static func fingerprint(stem: (inout [UInt8]) -> Void) -> String {
        var hash = offsetBasis
        var word: [UInt8] = []
        for probe in probes.utf8.split(separator: UInt8(ascii: " ")) {
            word.replaceSubrange(word.indices, with: probe)
            stem(&word)
            hash = (word + [0]).reduce(hash, mix)
        }
        return digits(of: hash)
    }

    private static let offsetBasis: UInt64 = 0xcbf2_9ce4_8422_2325

    private static func mix(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }

    private static func digits(of hash: UInt64) -> String {
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// Words that use many rules of the algorithms, separated by spaces.
    private static let probes = """
        networks caresses ponies ties cries gas this kiwis agreed plastered bled motoring sing conflated troubled \
        sized hopping tanned falling hissing fizzed failing filing happy sky say relational conditional rational \
        valency hesitancy digitizer conformably radically differently vilely analogously vietnamization predication \
        operator feudalism decisiveness hopefulness callousness formality sensitivity sensibility triplicate formative \
        formalize electricity electrical hopeful goodness revival allowance inference airliner gyroscopic adjustable \
        defensible irritant replacement adjustment dependent adoption communism activate angularity homologous \
        effective bowdlerize probate rate cease controlling rolling skis dying lying tying idly gently ugly early only \
        singly news howe atlas cosmos bias andes inning outing canning herring earring proceed exceed succeed generate \
        general communities arsenal university universal evening embedding embeddings retrieval model's users' youth \
        enjoy by geologies apologist pasted noting axes series species analyses hypotheses intimately transformers \
        training learned chercheuses continuellement majestueusement créations grammaires universitaires heureux \
        finissons aiguë forschungen wissenschaftlichen häuser freundlichkeiten gegangen mögliche bücher straße \
        aufeinander universidades rápidamente investigaciones chicharrones dándoselo trabajadoras lógicas corrupción \
        pesquisadores rapidamente corações universidade ações trabalhariam abbandonavano pronunciamento andandosene \
        onderzoekers mogelijkheden lichamelijkheid gebruikten forskningens muligheder universiteter undersökningarna \
        möjligheterna tutkimuksissaan mahdollisuuksien talossammekin kutatásokban lehetőségeket házainkban \
        cercetătorilor posibilităţile frumoaselor araştırmacıların kitaplarımızdan evlerinizden исследователями \
        возможностях красивейших бегавшими истраживања могућностима ερευνητών δυνατότητες καλύτερους المستخدمون \
        والكتابات يتعلمون शोधकर्ताओं लड़कियाँ किताबों हेर्नुहुन्छ केटाहरू ஆராய்ச்சியாளர்கள் புத்தகங்களை հետազոտողները \
        գեղեցիկների ikertzaileen etxeetatik investigadors possibilitats penelitian memperbaharui mbochtáin taighdeoirí \
        tyrėjams galimybėmis ייִנגלעך שרײַבער
        """
}
