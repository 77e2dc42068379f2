import Papers

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
    private static func plain(_ name: String) -> String {
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
            displayname
            """
        ),
        (
            .abstract,
            "abstract abstractnote abstracttext paperabstract articleabstract abstractprimary abstractsummary summary"
        ),
        (
            .authors,
            """
            authorfullnames authorfullname fullauthornames authorsprimary authors author authornames authorname \
            authorlist firstauthors creators creator allauthors authorsnames authorshipsauthordisplayname \
            authorshipsrawauthorname
            """
        ),
        (.year, "publicationyear pubyear year publishedyear yearpublished yearofpublication copyrightyear issuedyear"),
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
            alternatetitle3 sourcename source
            """
        ),
        (.keywords, "authorkeywords keywords keyword automatictags indexkeywords keywordsplus descriptors keyphrases"),
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
        (.type, "itemtype documenttype publicationtype typeofreference referencetype type doctype genre"),
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
        (.pages, "pages page pagerange pagenumbers"),
        (.serialNumber, "issn isbn issnisbn issns isbns issnl eissn printissn onlineissn electronicissn"),
        (.editor, "editors editor authorssecondary secondaryauthors bookeditors"),
        (.translator, "translator translators"),
        (.extra, "extra"),
        (.attribute("volume"), "volume vol"),
        (.attribute("issue"), "issue issuenumber number journalissue"),
        (.attribute("publisher"), "publisher publishername bookpublisher"),
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

// MARK: - Filling a draft

extension PaperDraft {
    /// Notes what a source calls `name`. A value for which the draft has no room any more becomes an attribute under
    /// that name in lower case.
    mutating func note(_ text: String, as field: PaperField, named name: String) {
        switch field {
        case .title where title.isEmpty: title = text
        case .abstract where abstract.isEmpty: abstract = text
        case .authors where authors.isEmpty: authors = authorNames(in: text)
        case .venue where venue == nil: venue = text
        case .type where type == nil: noteType(text)
        case .language where language == nil: noteLanguage(text)
        case .citationKey where citationKey == nil: citationKey = text
        case .year, .date: if !noteDate(text) { add(text, to: name.lowercased()) }
        case .keywords: keywords = distinctTexts(keywords + listedParts(of: text).map(withoutStar))
        case .categories: categories = distinctTexts(categories + listedParts(of: text))
        case .tags: tags = distinctTexts(tags + listedParts(of: text))
        case .collections: collections = distinctTexts(collections + listedParts(of: text))
        case .attachments: attachments += text.split(whereSeparator: { ";\n".contains($0) }).map(\.trimmingSpaces)
        case .notes: notes.append(text)
        case .url:
            for link in text.split(whereSeparator: { $0.isWhitespace }) where link.contains(":") || link.contains(".") {
                noteLink(link.last == ";" ? String(link.dropLast()) : String(link))
            }
        case .id, .sourceID, .doi, .arXiv, .pubMed, .pubMedCentral: noteID(text, as: field, named: name)
        case .pages: notePages(from: text)
        case .editor: for editor in authorNames(in: text) { add(editor, to: "editor") }
        case .translator: for translator in authorNames(in: text) { add(translator, to: "translator") }
        case .serialNumber: noteSerialNumbers(text, otherwise: name.lowercased())
        case .extra: noteExtra(text)
        case .attribute(let attribute): add(text, to: attribute)
        case .title, .abstract, .authors, .venue, .type, .language, .citationKey, .firstPage, .lastPage:
            add(text, to: name.lowercased())
        }
    }

    private mutating func noteID(_ text: String, as field: PaperField, named name: String) {
        let text = tidied(text)
        switch field {
        case .doi: noteDOI(text)
        case .arXiv: if !identify(text, as: "arxiv") { add(text, to: name.lowercased()) }
        case .pubMed: if !notePubMed(text) { add(text, to: name.lowercased()) }
        case .pubMedCentral: notePubMedCentral(text)
        case .sourceID("openalex"): if !noteOpenAlex(text) { add(text, to: name.lowercased()) }
        case .sourceID("s2"): if !identify(text, as: "s2") { add(text, to: name.lowercased()) }
        case .sourceID("wos"): if !WOSFormat.noteAccessionNumber(text, in: &self) { identify(text, from: "wos") }
        case .sourceID(let source): identify(text, from: source)
        default:
            for id in text.split(whereSeparator: { $0 == ";" || $0.isWhitespace }).map(String.init) {
                if identify(id) || noteOpenAlex(id) { continue }
                guard Self.isPrefixedID(id) else {
                    add(id, to: name.lowercased())
                    continue
                }
                let isDerived = id.hasPrefix("title:") || id.hasPrefix("abstract:")
                if !isDerived, let colon = id.firstIndex(of: ":") {
                    identify(String(id[id.index(after: colon)...]), from: String(id[..<colon]))
                }
            }
        }
    }

    /// Notes the number of PubMed in a text: `123`, `PMID: 123`, `PUBMED 123`.
    ///
    /// - Returns: Whether there is one.
    mutating func notePubMed(_ text: String) -> Bool {
        let words = text.split { $0.isWhitespace || ",;:/".contains($0) }
        guard let number = words.first(where: { $0.allSatisfy { $0.isASCII && $0.isNumber } }) else { return false }
        return identify(String(number), as: "pmid")
    }

    /// Notes an id of OpenAlex: `W2741809807`, with its address or without.
    ///
    /// - Returns: Whether the text is one.
    mutating func noteOpenAlex(_ text: String) -> Bool {
        let id = text.split(separator: "/").last.map(String.init) ?? ""
        guard text.count == id.count || text.contains("openalex.org/"), id.first == "W" || id.first == "w",
            id.count > 4, id.dropFirst().allSatisfy({ $0.isASCII && $0.isNumber })
        else { return false }
        identify(id.uppercased(), from: "openalex")
        return true
    }

    /// Reads the lines of Zotero's field "Extra". All of it stays an attribute, too.
    mutating func noteExtra(_ text: String) {
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1).map(\.trimmingSpaces)
            guard parts.count == 2, !parts[1].isEmpty else { continue }
            switch parts[0].lowercased() {
            case "doi": noteDOI(parts[1])
            case "pmid": identify(parts[1], as: "pmid")
            case "pmcid": notePubMedCentral(parts[1])
            case "arxiv": identify(parts[1].split(separator: " ").first.map(String.init) ?? parts[1], as: "arxiv")
            case "citation key": citationKey = citationKey ?? parts[1]
            default: break
            }
        }
        add(text, to: "extra")
    }
}

extension PaperField {
    /// Whether a key of JSON names a title or an abstract.
    static func isTitleOrAbstract(_ key: String) -> Bool {
        switch PaperField(named: key) {
        case .title: true
        case .abstract: key.lowercased() != "summary"
        default: key == "abstract_inverted_index"
        }
    }
}
