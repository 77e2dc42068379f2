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

    /// Codes of ISO 639-2 in both forms, the names in English and in LaTeX's package babel, and some languages' own
    /// names.
    private static let tags: [String: String] = {
        let languages = """
            ar ara arabic|bg bul bulgarian|ca cat catalan|cs cze ces czech|da dan danish|de ger deu german|el gre ell \
            greek|en eng english|es spa spanish|et est estonian|fa per fas persian|fi fin finnish|fr fre fra french|he \
            heb hebrew|hi hin hindi|hr hrv croatian|hu hun hungarian|id ind indonesian|is ice isl icelandic|it ita \
            italian|ja jpn japanese|ko kor korean|la lat latin|lt lit lithuanian|lv lav latvian|ms may msa malay|nl dut \
            nld dutch|no nor norwegian|pl pol polish|pt por portuguese|ro rum ron romanian|ru rus russian|sk slo slk \
            slovak|sl slv slovenian|sr srp serbian|sv swe swedish|th tha thai|tr tur turkish|uk ukr ukrainian|vi vie \
            vietnamese|zh chi zho chinese|eu eus baq basque|gl glg galician|nb nob|nn nno|fr-CA acadian canadien|de \
            deutsch ngerman|de-AT austrian naustrian|en-US american usenglish|en-GB british ukenglish|en-AU \
            australian|en-CA canadian|fr francais français frenchb|es español espanol|it italiano|pt português \
            portugues portuges|pt-BR brazilian brazil|ru русский|el polutonikogreek|fa farsi|hu magyar|id bahasa|sl \
            slovene|nb norsk|nn nynorsk|ms malaysian|zh 中文|ja 日本語|ko 한국어
            """
        var tags: [String: String] = [:]
        for language in languages.split(separator: "|") {
            let names = language.split(separator: " ").map(String.init)
            for name in names { tags[name.lowercased()] = names[0] }
        }
        return tags
    }()
}

/// The tag of BCP 47 for a language that a source writes in another way, see ``LanguageTags``.
func languageTag(_ language: String) -> String {
    LanguageTags.tag(of: language)
}
