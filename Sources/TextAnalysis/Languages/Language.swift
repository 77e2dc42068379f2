/// A language whose words can be stemmed: libstemmer's algorithms under their names there, and none.
///
/// The language decides the stems and the stop words. With ``AnalyzerSettings/detectsLanguages`` every text, and every
/// word in another script, has its own. Word boundaries, case folding and the bigrams of Chinese,
/// Japanese, Korean and the scripts of South-East Asia are the same for every language.
///
/// On Apple's systems other than macOS there is no libstemmer. ``english`` has the stems of ``EnglishStemmer`` there, and an
/// ``Analyzer`` of any other language is refused, except ``none``. Words of other languages in English settings keep
/// their whole form.
public enum Language: String, Codable, CaseIterable, Sendable {
    case arabic, armenian, basque, catalan, danish, dutch, english, finnish, french, german, greek, hindi, hungarian
    case indonesian, irish, italian, lithuanian, nepali, norwegian, portuguese, romanian, russian, serbian, spanish
    case swedish, tamil, turkish, yiddish

    /// The English algorithm that Porter published in 1980. ``english`` is its successor.
    case porter

    /// No stemming and no stop words: a term is the folded word, without accents.
    case none
}
