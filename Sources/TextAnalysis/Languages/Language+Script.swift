extension Language {
    /// Whether texts of the language are written in the Latin script. Serbian has two scripts.
    var isLatin: Bool {
        switch self {
        case .arabic, .armenian, .greek, .hindi, .nepali, .russian, .tamil, .yiddish: false
        default: true
        }
    }

    /// The language whose stemmer a word takes for its script, in a text of this language; `nil` for a word of the
    /// Latin script, or one without a letter of the scripts below.
    ///
    /// | script | stemmer | in a text of |
    /// | --- | --- | --- |
    /// | Cyrillic | Russian | Serbian: Serbian |
    /// | Devanagari | Hindi | Nepali: Nepali |
    /// | Greek, Arabic, Armenian, Tamil | that of the language of this name | |
    /// | Hebrew | none | Yiddish: Yiddish |
    func scriptLanguage(of word: Span<UInt8>) -> Language? {
        var offset = 0
        while offset < word.count {
            let codePoint = CodePoint(in: word, at: offset)
            offset += codePoint.width
            switch codePoint.value {
            case 0x370...0x3FF, 0x1F00...0x1FFF: return .greek
            case 0x400...0x52F: return self == .serbian ? .serbian : .russian
            case 0x530...0x58F: return .armenian
            case 0x590...0x5FF: return self == .yiddish ? .yiddish : Language.none
            case 0x600...0x6FF, 0x750...0x77F: return .arabic
            case 0x900...0x97F: return self == .nepali ? .nepali : .hindi
            case 0xB80...0xBFF: return .tamil
            default: continue
            }
        }
        return nil
    }
}
