import Papers

/// The tag of BCP 47 for a language that a source writes in another way: `eng` and `English` become `en`. Any other
/// text stays as it is.
func languageTag(_ language: String) -> String {
    let word = tidied(language)
    return languageTags[word.lowercased()] ?? word
}

/// Codes of ISO 639-2 and English names of the languages that most papers are in.
private let languageTags: [String: String] = {
    let table = """
        en eng english; de ger deu german; fr fre fra french; es spa spanish; it ita italian; pt por portuguese; \
        ru rus russian; zh chi zho chinese; ja jpn japanese; ko kor korean; nl dut nld dutch; pl pol polish; \
        sv swe swedish; da dan danish; no nor norwegian; fi fin finnish; cs cze ces czech; sk slo slk slovak; \
        hu hun hungarian; tr tur turkish; ar ara arabic; he heb hebrew; uk ukr ukrainian; el gre ell greek; \
        ro rum ron romanian; hr hrv croatian; sr srp serbian; bg bul bulgarian; fa per fas persian; hi hin hindi; \
        ca cat catalan; la lat latin; vi vie vietnamese; th tha thai; id ind indonesian
        """
    let languages = table.split(separator: ";").map { $0.split(separator: " ").map(String.init) }
    return Dictionary(
        languages.flatMap { words in words.map { ($0, words[0]) } }, uniquingKeysWith: { first, _ in first })
}()
