import Papers

/// The names of languages.
enum LanguageTags {
    /// The tag of BCP 47 for a language that is called `eng`, `English` or `en_US`; any other name stays as it is.
    static func tag(of name: String) -> String {
        let name = tidied(name)
        let word = name.lowercased()
        if let tag = tags[word] { return tag }
        let parts = word.split(whereSeparator: { $0 == "_" || $0 == "-" })
        guard parts.count == 2, parts[0].count == 2, parts[1].count == 2 else { return name }
        return "\(parts[0])-\(parts[1].uppercased())"
    }

    /// The name that LaTeX's package babel, and with it BibLaTeX, has for the language of a tag; `nil` if it has none.
    static func babelName(of tag: String) -> String? {
        babelNames[tag]
    }

    private static let babelNames = [
        "en": "english", "en-US": "american", "en-GB": "british", "en-AU": "australian", "en-CA": "canadian",
        "de": "german", "de-AT": "austrian", "fr": "french", "es": "spanish", "pt": "portuguese",
        "pt-BR": "brazilian", "it": "italian", "nl": "dutch", "ru": "russian", "pl": "polish", "cs": "czech",
        "sk": "slovak", "sl": "slovene", "hr": "croatian", "sr": "serbian", "bg": "bulgarian", "uk": "ukrainian",
        "ro": "romanian", "hu": "hungarian", "fi": "finnish", "sv": "swedish", "da": "danish", "nb": "norsk",
        "nn": "nynorsk", "is": "icelandic", "et": "estonian", "lv": "latvian", "lt": "lithuanian", "el": "greek",
        "tr": "turkish", "ca": "catalan", "eu": "basque", "gl": "galician", "la": "latin", "ar": "arabic",
        "he": "hebrew", "fa": "persian", "hi": "hindi", "ja": "japanese", "ko": "korean", "zh": "chinese",
        "vi": "vietnamese", "th": "thai", "id": "indonesian", "ms": "malay",
    ]

    /// Names beside those of babel: codes of ISO 639-2 in both forms, older names, names in English and own names.
    private static let otherNames = """
        ar ara|bg bul|ca cat|cs cze ces|da dan|de ger deu deutsch ngerman|el gre ell polutonikogreek|en eng|es \
        spa español espanol|et est|fa per fas farsi|fi fin|fr fre fra francais français frenchb|he heb|hi hin|\
        hr hrv|hu hun magyar|id ind bahasa|is ice isl|it ita italiano|ja jpn 日本語|ko kor 한국어|la lat|lt lit|lv \
        lav|ms may msa malaysian|nl dut nld|no nor norwegian|pl pol|pt por português portugues portuges|ro rum \
        ron|ru rus русский|sk slo slk|sl slv slovenian|sr srp|sv swe|th tha|tr tur|uk ukr|vi vie|zh chi zho 中文|\
        eu eus baq|gl glg|nb nob|nn nno|fr-CA acadian canadien|de-AT naustrian|en-US usenglish|en-GB ukenglish|\
        pt-BR brazil
        """

    private static let tags: [String: String] = {
        var tags: [String: String] = [:]
        for language in otherNames.split(separator: "|") {
            let names = language.split(separator: " ").map(String.init)
            for name in names { tags[name.lowercased()] = names[0] }
        }
        for (tag, name) in babelNames { (tags[tag.lowercased()], tags[name]) = (tag, tag) }
        return tags
    }()
}

/// The tag of BCP 47 for a language that a source writes in another way, see ``LanguageTags``.
func languageTag(_ language: String) -> String {
    LanguageTags.tag(of: language)
}
