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
        return .paper(CrossrefWork(element, around: Array(record.context.values)).draft())
    }
    if let work = element.first(where: { crossrefTypes[$0.name] != nil }) {
        return .paper(CrossrefWork(work, around: [element]).draft())
    }
    if let error = element.first(where: { $0.name == "error" || $0.name == "msg" }) {
        return .notAPaper("Crossref answered with an error: \(error.text)")
    }
    if element.name == "query" { return .paper(crossrefQuery(element)) }
    return .notAPaper("a record of Crossref without a work")
}

/// A work of Crossref, and the elements that say what it appeared in.
private struct CrossrefWork {
    private let kind: String
    /// The element that has the fields of the work: of a chapter its own, of some works that for their metadata.
    private let item: MarkupElement
    /// The metadata of the book around a chapter.
    private let book: MarkupElement?
    private let journal: MarkupElement?
    private let issue: MarkupElement?
    private let proceedings: MarkupElement?
    private let event: MarkupElement?

    init(_ element: MarkupElement, around: [MarkupElement]) {
        func container(_ name: String) -> MarkupElement? {
            around.lazy.compactMap { $0.name == name ? $0 : $0.first { $0.name == name } }.first
        }
        kind = element.name
        let chapter = kind == "book" ? element["content_item"] : nil
        let metadata = element.children.first { $0.name.hasSuffix("_metadata") }
        item = chapter ?? metadata ?? element
        book = chapter == nil ? nil : metadata
        (journal, issue) = (container("journal_metadata"), container("journal_issue"))
        (proceedings, event) = (container("proceedings_metadata"), container("event_metadata"))
    }

    /// The work, and what it appeared in. The first that has a value counts.
    private var containers: [MarkupElement] { [item] + [journal, issue, proceedings, book].compactMap { $0 } }

    func draft() -> PaperDraft {
        var draft = PaperDraft()
        draft.type = item.name == "content_item" ? "chapter" : crossrefTypes[kind]
        let titles = item["titles"]
        draft.title = [titles?["title"], titles?["subtitle"]].compactMap { $0?.markup }.joined(separator: ": ")
        draft.add(titles?["original_language_title"], to: "original-title")
        draft.abstract = item["abstract"]?.markup ?? ""
        takePeople(item["contributors"], &draft)
        takePeople(book?["contributors"], &draft, editorsOnly: true)
        draft.take(containers.lazy.compactMap(earliestDate).first)
        if let doi = item["doi_data", "doi"] { draft.identify(doi.text, as: "doi") }
        draft.url = item["doi_data", "resource"]?.text
        draft.notePages(from: item["pages", "first_page"]?.text, to: item["pages", "last_page"]?.text)
        draft.language = containers.lazy.compactMap { $0.attributes["language"] }.first.map(languageTag)
        readVenue(into: &draft)
        draft.addRest(of: item, except: Self.knownElements)
        return draft
    }

    private func readVenue(into draft: inout PaperDraft) {
        let title = journal?["full_title"] ?? proceedings?["proceedings_title"] ?? book?["titles", "title"]
        draft.venue = title?.text
        draft.add(journal?["abbrev_title"], to: "journal-abbreviation")
        draft.add(event?["conference_name"], to: "event")
        draft.add(event?["conference_location"], to: "event-place")
        for part in containers {
            for issn in part.children("issn") { draft.add(issn, to: "issn") }
            for isbn in part.children("isbn") { draft.add(isbn, to: "isbn") }
            for (path, name) in Self.attributes { draft.add(path.reduce(Optional(part)) { $0?[$1] }, to: name) }
        }
        if draft.venue == nil, draft.type != "book" {
            draft.venue = draft.attributes["institution"]?.first ?? draft.attributes["publisher"]?.first
        }
    }

    /// The elements that are attributes, by their paths.
    private static let attributes = [
        (["journal_volume", "volume"], "volume"), (["volume"], "volume"), (["issue"], "issue"),
        (["edition_number"], "edition"), (["publisher", "publisher_name"], "publisher"),
        (["publisher", "publisher_place"], "place"), (["institution", "institution_name"], "institution"),
        (["series_metadata", "titles", "title"], "series"),
    ]

    private static let knownElements: Set<String> = [
        "titles", "abstract", "contributors", "publication_date", "posted_date", "approval_date", "doi_data", "pages",
        "issn", "isbn", "volume", "journal_volume", "issue", "edition_number", "publisher", "institution",
        "series_metadata", "crossmark", "content_item",
    ]
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
    draft.notePages(from: query["first_page"]?.text, to: query["last_page"]?.text)
    draft.addRest(
        of: query,
        except: [
            "article_title", "volume_title", "doi", "contributors", "author", "year", "journal_title", "first_page",
            "last_page",
        ])
    return draft
}
