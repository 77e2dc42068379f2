import Papers

/// The names of kinds of publications.
enum PublicationTypes {
    /// The name in the Citation Style Language for what a source calls a kind of publication: `Journal Article`,
    /// `proceedings-article`, `JOUR`. A kind without a name there keeps that of the source, in lower case.
    static func name(of word: String) -> String {
        known(word) ?? word.lowercased()
    }

    /// The name in the Citation Style Language, or `nil` for a word that is not known.
    static func known(_ word: String) -> String? {
        names[word.lowercased().filter { $0.isLetter || $0.isNumber }]
    }

    /// The name for one of Zotero's types of items: `journalArticle`.
    static func name(ofZotero type: String) -> String {
        ["letter": "personal_communication", "presentation": "speech"][type] ?? name(of: type)
    }

    /// The name for the kinds that PubMed gives a record. Most of them are kinds of articles of journals.
    ///
    /// - Parameters:
    ///   - kinds: The kinds.
    ///   - isInJournal: Whether the record names a journal.
    ///   - isInBook: Whether the record has the title of a book beside its own.
    /// - Returns: The name; `nil` if nothing tells it.
    static func name(ofPubMed kinds: [String], isInJournal: Bool, isInBook: Bool = false) -> String? {
        let words = Set(kinds.map { $0.lowercased() })
        let special = [
            ("preprint", "article"), ("dataset", "dataset"), ("book chapter", "chapter"),
            ("academic dissertation", "thesis"), ("technical report", "report"),
        ]
        if let (_, name) = special.first(where: { words.contains($0.0) }) { return name }
        if words.contains("book") { return "book" }
        if words.contains("study guide") { return isInBook ? "chapter" : "book" }
        if isInJournal || words.contains("journal article") { return "article-journal" }
        return words.contains("congress") ? "book" : kinds.first.map { name(of: $0) }
    }

    private static let names: [String: String] = {
        let kinds = [
            "article-journal": """
            article journalarticle journal journalpaper jour ejour ejou inpr review reviewarticle letter editorial \
            editorialmaterial articleinpress inpress earlyaccess shortsurvey erratum journalarticles researcharticle \
            articlejournal jfull electronicarticle systematicreview lettersandcomments clinicaltrial datapaper
            """,
            "article": "preprint postedcontent preprints workingpaper",
            "paper-conference": """
            conferencepaper conference proceedingsarticle proceedingspaper inproceedings paperconference conf cpaper \
            conferenceproceedings conferencearticle conferencepapers conferenceabstract meetingabstract \
            conferenceobject
            """,
            "book": "book whole ebook edbook editedbook monograph wholebook referencebook books bookset",
            "chapter": """
            chapter booksection bookchapter bookpart incollection inbook chap echap sect electronicbooksection \
            referenceentry booktrack
            """,
            "thesis": """
            thesis dissertation phdthesis mastersthesis thes doctoralthesis academicdissertation masterthesis \
            bachelorthesis bachelorsthesis
            """,
            "report": "report technicalreport techreport rprt govdoc reportcomponent governmentdocument reportseries",
            "webpage": "webpage elec web website electronicsource",
            "post-weblog": "blog blogpost",
            "dataset": "dataset data aggr aggregateddatabase databases onlinedatabase",
            "software": "software comp computerprogram",
            "patent": "patent pat",
            "manuscript": "manuscript unpb manscpt unpublishedwork unpublished",
            "article-magazine": "magazinearticle mgzn magazine articlemagazine",
            "article-newspaper": "newspaperarticle news newspaper articlenewspaper",
            "entry-encyclopedia": "encyclopediaarticle encyc encyclopedia",
            "entry-dictionary": "dictionaryentry dict dictionary",
            "standard": "standard stand", "legislation": "statute stat legislation",
            "legal_case": "case", "bill": "bill",
            "map": "map", "document": "generic gen document misc", "pamphlet": "pamphlet pamp",
            "motion_picture": "video mpct film videorecording filmorbroadcast",
            "song": "soun audiorecording music podcast", "broadcast": "radiobroadcast tvbroadcast", "post": "forumpost",
            "periodical": "periodical ser serial",
            "graphic": "artwork art figure fig", "speech": "presentation slide",
            "personal_communication": "personalcommunication pcomm icomm email instantmessage",
        ]
        var names: [String: String] = [:]
        for (name, words) in kinds {
            for word in words.split(separator: " ") { names[String(word)] = name }
        }
        return names
    }()
}
