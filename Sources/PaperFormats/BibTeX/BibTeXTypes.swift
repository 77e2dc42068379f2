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
