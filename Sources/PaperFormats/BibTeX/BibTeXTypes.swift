/// The types of entries, and what the Citation Style Language calls them.
enum BibTeXTypes {
    /// The type of a paper, from that of its entry. `nil` for `misc`, which says nothing.
    static func paperType(of entry: String) -> String? {
        entry == "misc" ? nil : paperTypes[entry] ?? entry
    }

    /// The type of the entry for a paper. A type that has no other name keeps its own.
    static func entryType(of paper: String) -> String {
        let word = paper.lowercased().utf8.filter { BibTeXSyntax.isTypeByte($0) }
        return entryTypes[paper] ?? String(decoding: word, as: UTF8.self)
    }

    /// Entries that are no publication and say how others are printed.
    static let settings: Set<String> = ["control", "ieeetranbstctl", "set", "xdata", "achemso-control"]

    /// Entries whose title is a book's, and for which a `booktitle` says the same.
    static let books: Set<String> = [
        "book", "mvbook", "collection", "mvcollection", "proceedings", "mvproceedings", "reference", "mvreference",
        "periodical", "booklet",
    ]

    /// Entries in a journal, whose `number` is the number of an issue.
    static let articles: Set<String> = ["article", "periodical", "suppperiodical", "review"]

    /// Entries whose institution is the place of publication.
    static let reports: Set<String> = [
        "techreport", "report", "phdthesis", "mastersthesis", "thesis", "bachelorsthesis", "manual", "unpublished",
    ]

    private static let paperTypes = [
        "article": "article-journal", "suppperiodical": "article-journal", "book": "book", "mvbook": "book",
        "booklet": "pamphlet", "collection": "book", "mvcollection": "book", "proceedings": "book",
        "mvproceedings": "book", "reference": "book", "mvreference": "book", "inbook": "chapter",
        "incollection": "chapter", "bookinbook": "chapter", "suppbook": "chapter", "suppcollection": "chapter",
        "inproceedings": "paper-conference", "conference": "paper-conference", "inreference": "entry-encyclopedia",
        "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis", "bachelorsthesis": "thesis",
        "techreport": "report", "report": "report", "unpublished": "manuscript", "online": "webpage",
        "electronic": "webpage", "www": "webpage", "webpage": "webpage", "artwork": "graphic", "image": "graphic",
        "audio": "song", "music": "song", "movie": "motion_picture", "video": "motion_picture",
        "letter": "personal_communication", "jurisdiction": "legal_case",
    ]

    private static let entryTypes = [
        "article": "misc", "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
        "book": "book", "pamphlet": "booklet", "chapter": "incollection", "paper-conference": "inproceedings",
        "entry-encyclopedia": "inreference", "thesis": "phdthesis", "report": "techreport", "manuscript": "unpublished",
        "webpage": "online", "post": "online", "post-weblog": "online", "document": "misc", "graphic": "image",
        "song": "audio", "motion_picture": "video", "personal_communication": "letter", "legal_case": "jurisdiction",
    ]
}

/// The names of attributes, and what BibTeX and BibLaTeX call them.
///
/// An attribute that is not here has the same name there.
enum BibTeXAttributes {
    /// The attribute of a field, or the name of the field.
    static func attribute(of field: String) -> String {
        attributes[field] ?? field
    }

    /// The field of an attribute in BibTeX, or in BibLaTeX.
    static func field(of attribute: String, isBibLaTeX: Bool) -> String {
        guard let names = table[attribute] else { return attribute }
        return isBibLaTeX ? names.bibLaTeX : names.bibTeX
    }

    /// Attributes that hold names of people.
    static let people: Set<String> = [
        "editor", "translator", "bookauthor", "editora", "editorb", "editorc", "commentator", "annotator",
        "introduction", "foreword", "afterword", "holder", "director", "shortauthor", "shorteditor",
    ]

    /// Fields that hold addresses and codes, in which dashes and the like are no signs of TeX.
    static func isVerbatim(_ field: String) -> Bool {
        verbatim.contains(field) || field.hasPrefix("bdsk-")
    }

    private static let verbatim: Set<String> = [
        "url", "doi", "eprint", "pmid", "pmcid", "file", "pdf", "urlraw", "adsurl", "biburl", "bibsource", "link", "ee",
        "isbn", "issn", "howpublished-url", "urldate", "date", "eventdate", "origdate", "identifiers", "mrnumber",
        "zblnumber", "timestamp", "date-added", "date-modified", "local-url", "crossref", "xref", "xdata", "ids",
    ]

    private static let table: [String: (bibTeX: String, bibLaTeX: String)] = [
        "place": ("address", "location"), "journal-abbreviation": ("shortjournal", "shortjournal"),
    ]

    private static let attributes = [
        "address": "place", "location": "place", "shortjournal": "journal-abbreviation",
        "abbrev_source_title": "journal-abbreviation",
        "journalabbr": "journal-abbreviation", "journal-iso": "journal-abbreviation",
    ]
}

/// The languages that BibLaTeX and babel have names for.
enum BibTeXLanguages {
    /// The tag of a language by its name or its code of three letters. Any other text stays as it is.
    static func tag(of language: String) -> String {
        tags[language.lowercased()] ?? language
    }

    /// The name of a language by its tag, if babel has one.
    static func name(of tag: String) -> String? {
        names[tag]
    }

    private static let names = [
        "en": "english", "en-US": "american", "en-GB": "british", "en-AU": "australian", "en-CA": "canadian",
        "de": "german", "de-AT": "austrian", "fr": "french", "es": "spanish", "pt": "portuguese", "pt-BR": "brazilian",
        "it": "italian", "nl": "dutch", "ru": "russian", "pl": "polish", "cs": "czech", "sk": "slovak",
        "sl": "slovene", "hr": "croatian", "sr": "serbian", "bg": "bulgarian", "uk": "ukrainian", "ro": "romanian",
        "hu": "hungarian", "fi": "finnish", "sv": "swedish", "da": "danish", "nb": "norsk", "nn": "nynorsk",
        "is": "icelandic", "et": "estonian", "lv": "latvian", "lt": "lithuanian", "el": "greek", "tr": "turkish",
        "ca": "catalan", "eu": "basque", "gl": "galician", "la": "latin", "ar": "arabic", "he": "hebrew",
        "fa": "persian", "hi": "hindi", "ja": "japanese", "ko": "korean", "zh": "chinese", "vi": "vietnamese",
        "th": "thai", "id": "indonesian", "ms": "malay",
    ]

    private static let tags: [String: String] = {
        var tags = [
            "ngerman": "de", "naustrian": "de-AT", "usenglish": "en-US", "ukenglish": "en-GB", "francais": "fr",
            "frenchb": "fr", "acadian": "fr-CA", "canadien": "fr-CA", "portuges": "pt", "brazil": "pt-BR",
            "norwegian": "no", "polutonikogreek": "el", "farsi": "fa", "magyar": "hu", "bahasa": "id",
            "slovenian": "sl",
            "eng": "en", "ger": "de", "deu": "de", "fre": "fr", "fra": "fr", "spa": "es", "por": "pt", "ita": "it",
            "dut": "nl", "nld": "nl", "rus": "ru", "pol": "pl", "cze": "cs", "ces": "cs", "swe": "sv", "dan": "da",
            "nor": "no", "fin": "fi", "hun": "hu", "gre": "el", "ell": "el", "tur": "tr", "jpn": "ja", "kor": "ko",
            "chi": "zh", "zho": "zh", "ara": "ar", "heb": "he", "lat": "la", "ukr": "uk",
        ]
        for (tag, name) in names { tags[name] = tag }
        return tags
    }()
}
