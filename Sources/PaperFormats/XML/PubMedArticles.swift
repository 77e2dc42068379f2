import Papers

extension XMLKind {
    /// Articles and books of PubMed.
    static let pubMed = XMLKind(
        roots: [
            "PubmedArticleSet", "PubmedArticle", "PubmedBookArticleSet", "PubmedBookArticle", "MedlineCitationSet",
            "MedlineCitation",
        ],
        records: ["PubmedArticle", "PubmedBookArticle", "MedlineCitation"],
        dropped: ["ReferenceList", "CommentsCorrectionsList", "History"], read: readPubMed)
}

private func readPubMed(_ record: XMLRecord) -> XMLOutcome {
    switch record.element.name {
    case "PubmedBookArticle": .paper(pubMedBook(record.element))
    case "MedlineCitation": .paper(pubMedArticle(record.element, nil))
    default:
        if let citation = record.element["MedlineCitation"] {
            .paper(pubMedArticle(citation, record.element["PubmedData"]))
        } else {
            .notAPaper("an article without a citation")
        }
    }
}

// MARK: - Articles

private func pubMedArticle(_ citation: MarkupElement, _ data: MarkupElement?) -> PaperDraft {
    var draft = PaperDraft()
    let article = citation["Article"]
    draft.title = article?["ArticleTitle"]?.markup ?? ""
    if draft.title.isEmpty { draft.title = article?["VernacularTitle"]?.markup ?? "" }
    draft.dropFullStopOfTitle()
    draft.abstract = abstract(in: article?["Abstract"])
    for other in citation.children("OtherAbstract") {
        let text = abstract(in: other)
        if draft.abstract.isEmpty { draft.abstract = text } else { draft.add(other, to: "otherabstract") }
    }
    takePMID(citation["PMID"], &draft)
    for list in article?.children("AuthorList") ?? [] { takePeople(list, &draft) }
    if let journal = article?["Journal"] { takeJournal(journal, &draft) }
    if draft.venue == nil { draft.venue = citation["MedlineJournalInfo", "MedlineTA"]?.text }
    if draft.year == nil, let date = article?["ArticleDate"] { draft.take(publicationDate(in: date)) }
    for id in article?.children("ELocationID") ?? [] { takeID(id.text, kind: id.attributes["EIdType"], &draft) }
    for id in data?["ArticleIdList"]?.children("ArticleId") ?? [] {
        takeID(id.text, kind: id.attributes["IdType"], &draft)
    }
    takePagination(article?["Pagination"], &draft)
    let types = article?["PublicationTypeList"]?.children("PublicationType").map(\.text) ?? []
    draft.type = PublicationTypes.name(ofPubMed: types, isInJournal: draft.venue != nil) ?? "article-journal"
    for type in types { draft.add(type, to: "publicationtype") }
    draft.language = article?["Language"].map { languageTag($0.text) }
    takeSubjects(citation, &draft)
    for note in citation.children("GeneralNote") { draft.notes.append(note.text) }
    let known: Set = [
        "ArticleTitle", "Abstract", "OtherAbstract", "PMID", "AuthorList", "Journal", "ELocationID", "Pagination",
        "PublicationTypeList", "Language", "KeywordList", "MeshHeadingList", "GeneralNote", "DateCompleted",
        "DateRevised", "DateCreated", "ArticleDate", "MedlineTA", "ArticleIdList",
    ]
    draft.addRest(
        of: citation, except: known, joining: ["Grant", "Chemical", "Investigator", "PersonalNameSubject", "Accession"])
    if let data { draft.addRest(of: data, except: known) }
    return draft
}

private func takeJournal(_ journal: MarkupElement, _ draft: inout PaperDraft) {
    draft.venue = journal["Title"]?.text ?? journal["ISOAbbreviation"]?.text
    if journal["Title"] != nil { draft.add(journal["ISOAbbreviation"], to: "journal-abbreviation") }
    draft.add(journal["ISSN"], to: "issn")
    guard let issue = journal["JournalIssue"] else { return }
    draft.add(issue["Volume"], to: "volume")
    draft.add(issue["Issue"], to: "issue")
    if let date = issue["PubDate"] { takePubMedDate(date, &draft) }
}

/// A date in parts, or in the words of the journal: `1998 Dec-1999 Jan`.
private func takePubMedDate(_ date: MarkupElement, _ draft: inout PaperDraft) {
    draft.take(publicationDate(in: date) ?? date["MedlineDate"].flatMap { PublicationDate($0.text) })
    draft.add(date["Season"], to: "season")
}

/// The mesh headings are the subjects of the library of medicine, and the keywords are those of the authors.
private func takeSubjects(_ citation: MarkupElement, _ draft: inout PaperDraft) {
    draft.keywords = citation.children("KeywordList").flatMap { $0.children("Keyword").map(\.text) }
    for heading in citation["MeshHeadingList"]?.children("MeshHeading") ?? [] {
        guard let descriptor = heading["DescriptorName"]?.text, !descriptor.isEmpty else { continue }
        draft.categories.append(descriptor)
        for qualifier in heading.children("QualifierName") { draft.add("\(descriptor)/\(qualifier.text)", to: "mesh") }
    }
}

// MARK: - Books

private func pubMedBook(_ record: MarkupElement) -> PaperDraft {
    var draft = PaperDraft()
    guard let document = record["BookDocument"] else { return draft }
    let book = document["Book"]
    let bookTitle = book?["BookTitle"]
    if let title = document["ArticleTitle"], !title.text.isEmpty {
        draft.title = title.markup
        draft.type = "chapter"
        draft.venue = bookTitle?.markup
    } else {
        draft.title = bookTitle?.markup ?? ""
        draft.type = "book"
    }
    draft.abstract = abstract(in: document["Abstract"])
    takePMID(document["PMID"], &draft)
    let lists = [document["ArticleIdList"], record["PubmedBookData", "ArticleIdList"]].compactMap { $0 }
    for id in lists.flatMap(\.children) { takeID(id.text, kind: id.attributes["IdType"], &draft) }
    for id in [document, book].compactMap({ $0 }).flatMap({ $0.children("ELocationID") }) {
        takeID(id.text, kind: id.attributes["EIdType"], &draft)
    }
    for list in document.children("AuthorList") + (book?.children("AuthorList") ?? []) { takePeople(list, &draft) }
    if let date = book?["PubDate"] ?? document["ContributionDate"] { takePubMedDate(date, &draft) }
    draft.add(book?["Publisher", "PublisherName"], to: "publisher")
    draft.add(book?["Publisher", "PublisherLocation"], to: "place")
    if draft.type == "book" { draft.venue = book?["Publisher", "PublisherName"]?.text }
    draft.add(book?["CollectionTitle"], to: "series")
    draft.add(book?["Isbn"], to: "isbn")
    draft.add(book?["Volume"], to: "volume")
    draft.add(book?["Edition"], to: "edition")
    takePagination(document["Pagination"], &draft)
    draft.language = document["Language"].map { languageTag($0.text) }
    draft.keywords = document.children("KeywordList").flatMap { $0.children("Keyword").map(\.text) }
    for section in document["Sections"]?.descendants("SectionTitle") ?? [] { draft.add(section, to: "section") }
    draft.addRest(
        of: record,
        except: [
            "ArticleTitle", "BookTitle", "Abstract", "PMID", "ArticleIdList", "AuthorList", "PubDate", "Publisher",
            "CollectionTitle", "Isbn", "Volume", "Edition", "Pagination", "Language", "KeywordList", "Sections",
            "ContributionDate", "DateRevised", "BeginningDate", "EndingDate", "ELocationID",
        ])
    return draft
}

// MARK: - Parts

/// The parts of an abstract, each after its label.
private func abstract(in element: MarkupElement?) -> String {
    let parts = element?.children("AbstractText") ?? []
    return parts.map { part in
        let label = part.attributes["Label"] ?? ""
        return label.isEmpty || label == "UNLABELLED" ? part.markup : "\(label): \(part.markup)"
    }.joined(separator: " ")
}

private func takePMID(_ element: MarkupElement?, _ draft: inout PaperDraft) {
    guard let id = element?.text, draft.identify(id, as: "pmid") else { return }
    draft.url = "https://pubmed.ncbi.nlm.nih.gov/\(id)/"
}

private func takeID(_ id: String, kind: String?, _ draft: inout PaperDraft) {
    switch kind {
    case "doi": draft.identify(id, as: "doi")
    case "pubmed": draft.identify(id, as: "pmid")
    case "pmc", "pmcid":
        let number = id.drop { !$0.isNumber }.prefix(while: \.isNumber)
        if !number.isEmpty { draft.notePubMedCentral(String(number)) }
    case "url": if !draft.identify(id) { draft.add(id, to: "link") }
    case let kind?: draft.add(id, to: kind.lowercased())
    case nil: draft.add(id, to: "articleid")
    }
}

private func takePagination(_ element: MarkupElement?, _ draft: inout PaperDraft) {
    guard let element else { return }
    if let pages = element["MedlinePgn"]?.text {
        draft.notePages(from: pages)
    } else {
        draft.notePages(from: element["StartPage"]?.text, to: element["EndPage"]?.text)
    }
}

private func takePeople(_ list: MarkupElement, _ draft: inout PaperDraft) {
    for author in list.children("Author") {
        let given = author["ForeName"]?.text ?? author["FirstName"]?.text ?? author["Initials"]?.text
        let name =
            author["CollectiveName"]?.text
            ?? joinedName(given, author["LastName"]?.text, author["Suffix"]?.text)
        guard !name.isEmpty else { continue }
        if list.attributes["Type"] == "editors" {
            draft.add(name, to: "editor")
        } else {
            draft.authors.append(name)
        }
        for affiliation in author.descendants("Affiliation") { draft.add(affiliation, to: "affiliation") }
        for id in author.children("Identifier") where id.attributes["Source"] == "ORCID" {
            draft.add("\(name): \(id.text)", to: "orcid")
        }
    }
}
