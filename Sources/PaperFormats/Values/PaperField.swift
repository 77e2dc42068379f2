/// What a column of a table, or a key of a record, says of a paper.
enum PaperField: Hashable, Sendable {
    case title, abstract, authors, year, date, venue, keywords, categories, tags, collections, notes, url
    case attachments, type, language, citationKey, id, doi, arXiv, pubMed, pubMedCentral
    case firstPage, lastPage, pages, serialNumber, editor, translator
    /// Lines of Zotero's field "Extra": `PMID: 123`.
    case extra
    /// An id that only its source knows, under the source's prefix.
    case sourceID(String)
    case attribute(String)

    /// The field that a header or key names, or `nil`. Case, spaces and punctuation of the name do not count.
    init?(named name: String) {
        guard let entry = Self.names[Self.plain(name)] else { return nil }
        self = entry.field
    }

    /// How late a name comes among the names of its field: of a table's `Source title` and `Source`, the first is the
    /// venue.
    static func rank(of name: String) -> Int {
        names[plain(name)]?.rank ?? .max
    }

    /// A name in lower case, letters and digits alone. Empty if it is too long to be the name of a field.
    static func plain(_ name: String) -> String {
        guard name.utf8.count <= longestName else { return "" }
        var bytes: [UInt8] = []
        for byte in name.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): bytes.append(byte | 0x20)
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): bytes.append(byte)
            default: if byte >= 0x80 { return "" }
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let longestName = 60

    /// The names of each field, the surest first, as sources write them in the headers of tables and in JSON.
    private static let fields: [(PaperField, String)] = [
        (
            .title,
            """
            title papertitle articletitle documenttitle titleprimary primarytitle itemtitle worktitle titleofpaper \
            displayname titel titre titulo titolo
            """
        ),
        (
            .abstract,
            "abstract abstractnote abstracttext paperabstract articleabstract abstractprimary abstractsummary summary zusammenfassung"
        ),
        (
            .authors,
            """
            authorfullnames authorfullname fullauthornames authorsprimary authors author authornames authorname \
            authorlist firstauthors creators creator allauthors authorsnames authorshipsauthordisplayname \
            authorshipsrawauthorname autor autoren auteur auteurs autores autore
            """
        ),
        (
            .year,
            """
            publicationyear pubyear year publishedyear yearpublished yearofpublication copyrightyear issuedyear jahr \
            annee
            """
        ),
        (
            .date,
            """
            publicationdate datepublished dateofpublication pubdate publisheddate coverdate publishdate publishedat \
            date issued published
            """
        ),
        (
            .venue,
            """
            publicationtitle journal journaltitle journalname sourcetitle venue periodicalfull containertitle \
            journalfull primarylocationsourcedisplayname hostvenuedisplayname journalbook periodical publication \
            publicationname booktitle proceedingstitle conferencename conference secondarytitle titlesecondary \
            alternatetitle3 sourcename source zeitschrift
            """
        ),
        (
            .keywords,
            """
            authorkeywords keywords keyword automatictags indexkeywords keywordsplus descriptors keyphrases \
            schlagworter schlagworte
            """
        ),
        (
            .categories,
            """
            categories category fieldsofstudy subjects subject subjectareas meshterms mesh topics concepts \
            researchareas wossubjectcategories primarytopicdisplayname topicsdisplayname
            """
        ),
        (.tags, "manualtags tags tag labels"),
        (.collections, "collections collection groups folders"),
        (.notes, "notes note personalnotes annotation annotations comments remarks"),
        (
            .url,
            """
            url link links paperurl articleurl sourceurl sourceurls fulltextlink openurllink externalurl urls permalink \
            primarylocationlandingpageurl landingpageurl linkattachments
            """
        ),
        (
            .attachments,
            """
            fileattachments attachments file files pdf pdfurl pdflink fileattachments1 fileattachments2 \
            openaccesspdf bestoalocationpdfurl primarylocationpdfurl
            """
        ),
        (.type, "itemtype documenttype publicationtype typeofreference referencetype type doctype genre thesistype"),
        (.language, "language languageoforiginaldocument articlelanguage lang languages"),
        (.citationKey, "citationkey citekey bibtexkey bibkey"),
        (.id, "id ids altids alternateids identifier identifiers"),
        (.doi, "doi digitalobjectidentifier doinumber doilink doiurl idsdoi"),
        (.arXiv, "arxivid arxiv arxivnumber eprint arxivurl"),
        (.pubMed, "pmid pubmedid pubmed medlinepmid idspmid"),
        (.pubMedCentral, "pmcid pmc pubmedcentralid idspmcid"),
        (.sourceID("openalex"), "openalexid openalex idsopenalex"),
        (.sourceID("lens"), "lensid"),
        (.sourceID("scopus"), "eid"),
        (.sourceID("wos"), "utuniquewosid uniquewosid wosid"),
        (.sourceID("s2"), "paperid semanticscholarid s2id"),
        (.firstPage, "startpage firstpage pagestart beginpage spage beginningpage"),
        (.lastPage, "endpage lastpage otherpages pageend epage endingpage"),
        (.pages, "pages page pagerange pagenumbers seiten"),
        (.serialNumber, "issn isbn issnisbn issns isbns issnl eissn printissn onlineissn electronicissn"),
        (.editor, "editors editor authorssecondary secondaryauthors bookeditors"),
        (.translator, "translator translators"),
        (.extra, "extra"),
        (.attribute("volume"), "volume vol"),
        (.attribute("issue"), "issue issuenumber number journalissue"),
        (.attribute("publisher"), "publisher publishername bookpublisher verlag"),
        (.attribute("place"), "place placepublished placeofpublication publisherlocation"),
        (.attribute("series"), "series seriestitle"),
        (.attribute("edition"), "edition"),
        (.attribute("institution"), "institution"),
        (.attribute("school"), "school university"),
        (.attribute("month"), "month pubmonth publicationmonth pubmonthday"),
        (
            .attribute("journal-abbreviation"),
            """
            journalabbreviation abbreviatedsourcetitle periodicalabbrev journalabbrev journalabbreviated \
            containertitleshort journaliso
            """
        ),
    ]

    private static let names: [String: (field: PaperField, rank: Int)] = {
        var names: [String: (field: PaperField, rank: Int)] = [:]
        for (field, words) in fields {
            for (rank, word) in words.split(separator: " ").enumerated() { names[String(word)] = (field, rank) }
        }
        return names
    }()
}
