import Papers

extension XMLKind {
    /// Answers and deposits of Crossref: `unixref`, `unixsd`, and the short form of a query's result.
    static let crossref = XMLKind(
        roots: ["doi_records", "doi_record", "crossref_result", "crossref", "doi_batch"],
        records: Set(crossrefTypes.keys).union(["doi_record", "query"]),
        context: ["journal_metadata", "journal_issue", "proceedings_metadata", "event_metadata"],
        dropped: ["citation_list"], read: readCrossref)
}

/// The elements that are works, and their types by the Citation Style Language.
private let crossrefTypes = [
    "journal_article": "article-journal", "conference_paper": "paper-conference", "book": "book",
    "dissertation": "thesis", "report-paper": "report", "posted_content": "article", "dataset": "dataset",
    "standard": "standard",
]

private func readCrossref(_ record: XMLRecord) -> XMLOutcome {
    let element = record.element
    if element.attributes["status"] == "unresolved" || element.name == "doi_record" && element.children.isEmpty {
        return .notAPaper("Crossref knows no such work")
    }
    if crossrefTypes[element.name] != nil {
        return .paper(crossrefWork(element, around: Array(record.context.values)))
    }
    if let work = element.first(where: { crossrefTypes[$0.name] != nil }) {
        return .paper(crossrefWork(work, around: [element]))
    }
    if let error = element.first(where: { $0.name == "error" || $0.name == "msg" }) {
        return .notAPaper("Crossref answered with an error: \(error.text)")
    }
    if element.name == "query" { return .paper(crossrefQuery(element)) }
    return .notAPaper("a record of Crossref without a work")
}

/// Reads a work. The elements around it hold what it appeared in.
private func crossrefWork(_ element: MarkupElement, around: [MarkupElement]) -> PaperDraft {
    func container(_ name: String) -> MarkupElement? {
        around.lazy.compactMap { $0.name == name ? $0 : $0.first { $0.name == name } }.first
    }
    var draft = PaperDraft()
    draft.type = crossrefTypes[element.name]
    // A chapter stands inside its book, and some works inside an element for their metadata.
    let chapter = element.name == "book" ? element["content_item"] : nil
    let metadata = element.children.first { $0.name.hasSuffix("_metadata") }
    let item = chapter ?? metadata ?? element
    var appearedIn = [container("journal_metadata"), container("journal_issue"), container("proceedings_metadata")]
    if chapter != nil {
        draft.type = "chapter"
        appearedIn.append(metadata)
    }
    let containers = [item] + appearedIn.compactMap { $0 }

    let titles = item["titles"]
    draft.title = [titles?["title"], titles?["subtitle"]].compactMap { $0?.markup }.joined(separator: ": ")
    draft.add(titles?["original_language_title"], to: "original-title")
    draft.abstract = item["abstract"]?.markup ?? ""
    takePeople(item["contributors"], &draft)
    if chapter != nil { takePeople(metadata?["contributors"], &draft, editorsOnly: true) }
    draft.take(containers.lazy.compactMap(earliestDate).first)
    if let data = item["doi_data"] {
        if let doi = data["doi"] { draft.identify(doi.text, as: "doi") }
        draft.url = data["resource"]?.text
    }
    draft.takePages(first: item["pages", "first_page"]?.text, last: item["pages", "last_page"]?.text)
    draft.language = containers.lazy.compactMap { $0.attributes["language"] }.first.map(languageTag)

    let journal = container("journal_metadata")
    let proceedings = container("proceedings_metadata")
    let host = chapter == nil ? nil : metadata?["titles", "title"]
    draft.venue = (journal?["full_title"] ?? proceedings?["proceedings_title"] ?? host)?.text
    draft.add(journal?["abbrev_title"], to: "journal-abbreviation")
    draft.add(container("event_metadata")?["conference_name"], to: "event")
    draft.add(container("event_metadata")?["conference_location"], to: "event-place")
    for part in containers {
        for issn in part.children("issn") { draft.add(issn, to: "issn") }
        for isbn in part.children("isbn") { draft.add(isbn, to: "isbn") }
        draft.add(part["journal_volume", "volume"] ?? part["volume"], to: "volume")
        draft.add(part["issue"], to: "issue")
        draft.add(part["edition_number"], to: "edition")
        draft.add(part["publisher", "publisher_name"], to: "publisher")
        draft.add(part["publisher", "publisher_place"], to: "place")
        draft.add(part["institution", "institution_name"], to: "institution")
        draft.add(part["series_metadata", "titles", "title"], to: "series")
    }
    if draft.venue == nil, draft.type != "book" {
        draft.venue = draft.attributes["institution"]?.first ?? draft.attributes["publisher"]?.first
    }
    draft.addRest(
        of: item,
        except: [
            "titles", "abstract", "contributors", "publication_date", "posted_date", "approval_date", "doi_data",
            "pages", "issn", "isbn", "volume", "journal_volume", "issue", "edition_number", "publisher",
            "institution", "series_metadata", "crossmark", "content_item",
        ])
    return draft
}

/// The earliest of the dates that an element has: in print, online, posted.
private func earliestDate(_ element: MarkupElement) -> PublicationDate? {
    ["publication_date", "posted_date", "approval_date"].flatMap { element.children($0) }
        .compactMap(publicationDate).min { $0.text < $1.text }
}

private func takePeople(_ list: MarkupElement?, _ draft: inout PaperDraft, editorsOnly: Bool = false) {
    for person in list?.children ?? [] {
        let name =
            person.name == "organization"
            ? person.text
            : joinedName(person["given_name"]?.text, person["surname"]?.text, person["suffix"]?.text)
        let role = person.attributes["contributor_role"] ?? "author"
        if role != "author" {
            draft.add(name, to: role)
        } else if !editorsOnly, !name.isEmpty {
            draft.authors.append(name)
        }
        for affiliation in person.descendants(where: { ["affiliation", "institution_name"].contains($0.name) }) {
            draft.add(affiliation, to: "affiliation")
        }
    }
}

/// Reads the short form of a query's result, which has one author and no abstract.
private func crossrefQuery(_ query: MarkupElement) -> PaperDraft {
    var draft = PaperDraft()
    draft.title = (query["article_title"] ?? query["volume_title"])?.markup ?? ""
    if let doi = query["doi"] {
        draft.identify(doi.text, as: "doi")
        draft.type = doi.attributes["type"].flatMap { crossrefTypes[$0] } ?? doi.attributes["type"]
    }
    for person in query["contributors"]?.children("contributor") ?? [] {
        draft.authors.append(joinedName(person["given_name"]?.text, person["surname"]?.text))
    }
    if draft.authors.isEmpty, let author = query["author"]?.text { draft.authors = [author] }
    draft.take(query["year"].flatMap { PublicationDate($0.text) })
    draft.venue = (query["journal_title"] ?? query["volume_title"])?.text
    draft.takePages(first: query["first_page"]?.text, last: query["last_page"]?.text)
    draft.addRest(
        of: query,
        except: [
            "article_title", "volume_title", "doi", "contributors", "author", "year", "journal_title", "first_page",
            "last_page",
        ])
    return draft
}
