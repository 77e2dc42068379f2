import Papers

extension XMLKind {
    /// Articles in the tag suite of journals (JATS): what stands before their text.
    static let jats = XMLKind(
        roots: ["article", "pmc-articleset", "articles"], marks: ["<front", "<article-meta"], records: ["article"],
        dropped: ["body", "back", "sub-article", "response", "floats-group"],
        read: { .paper(jatsArticle($0.element)) })
}

/// Reads the front matter of an article in JATS.
func jatsArticle(_ article: MarkupElement) -> PaperDraft {
    var draft = PaperDraft()
    draft.language = article.attributes["lang"].map(languageTag)
    draft.type = jatsTypes[article.attributes["article-type"] ?? ""] ?? "article-journal"
    draft.add(article.attributes["article-type"] ?? "", to: "article-type")
    guard let meta = article["front", "article-meta"] else { return draft }
    let titles = meta["title-group"]
    draft.title = [titles?["article-title"], titles?["subtitle"]].compactMap { $0?.markup }.joined(separator: ": ")
    for title in titles?.children("trans-title-group") ?? [] { draft.add(title["trans-title"], to: "translated-title") }
    // An abstract of another type is a summary for others: of figures, for lay readers, a teaser.
    let abstracts = meta.children("abstract")
    draft.abstract = (abstracts.first { $0.attributes["abstract-type"] == nil } ?? abstracts.first)?.markup ?? ""
    if draft.abstract.isEmpty { draft.abstract = meta["trans-abstract"]?.markup ?? "" }
    for id in meta.children("article-id") { takeID(id, &draft) }
    takePeople(meta, &draft)
    takeJournal(article["front", "journal-meta"], &draft)
    draft.take(
        meta.children("pub-date").compactMap(publicationDate).min { $0.text < $1.text }
            ?? meta["pub-date"].flatMap { $0.attributes["iso-8601-date"] }.flatMap { PublicationDate($0) })
    draft.add(meta["volume"], to: "volume")
    draft.add(meta["issue"], to: "issue")
    draft.notePages(from: (meta["fpage"] ?? meta["elocation-id"])?.text, to: meta["lpage"]?.text)
    draft.keywords = meta.children("kwd-group").flatMap { $0.descendants("kwd").map(\.text) }
    draft.categories = meta["article-categories"]?.descendants("subject").map(\.text) ?? []
    draft.addRest(
        of: meta,
        except: [
            "title-group", "abstract", "trans-abstract", "article-id", "contrib-group", "aff", "pub-date", "volume",
            "issue", "fpage", "lpage", "elocation-id", "kwd-group", "article-categories", "history", "counts",
            "permissions", "self-uri", "related-article",
        ])
    draft.add(meta["permissions", "license"]?.attributes["href"] ?? "", to: "license")
    return draft
}

private let jatsTypes = [
    "preprint": "article", "book-review": "review-book", "dissertation": "thesis", "data-paper": "article-journal",
]

private func takeID(_ id: MarkupElement, _ draft: inout PaperDraft) {
    switch id.attributes["pub-id-type"] {
    case "doi": draft.identify(id.text, as: "doi")
    case "pmid": draft.identify(id.text, as: "pmid")
    case "arxiv": draft.identify(id.text, as: "arxiv")
    case "pmc", "pmcid":
        let number = id.text.drop { !$0.isNumber }
        if !number.isEmpty { draft.notePubMedCentral(String(number)) }
    case let kind: draft.add(id.text, to: kind ?? "article-id")
    }
}

private func takeJournal(_ journal: MarkupElement?, _ draft: inout PaperDraft) {
    guard let journal else { return }
    let title = journal["journal-title-group", "journal-title"] ?? journal["journal-title"]
    draft.venue = title?.text
    draft.add(journal["journal-title-group", "abbrev-journal-title"], to: "journal-abbreviation")
    for issn in journal.children("issn") { draft.add(issn, to: "issn") }
    draft.add(journal["publisher", "publisher-name"], to: "publisher")
    draft.add(journal["publisher", "publisher-loc"], to: "place")
}

private func takePeople(_ meta: MarkupElement, _ draft: inout PaperDraft) {
    for person in meta.children("contrib-group").flatMap({ $0.children("contrib") }) {
        let parts = person["name"] ?? person["name-alternatives", "name"] ?? person["string-name"]
        var name = joinedName(parts?["given-names"]?.text, parts?["surname"]?.text, parts?["suffix"]?.text)
        if name.isEmpty { name = (person["collab"] ?? person["string-name"])?.text ?? "" }
        guard !name.isEmpty else { continue }
        let role = person.attributes["contrib-type"] ?? "author"
        if role == "author" { draft.authors.append(name) } else { draft.add(name, to: role) }
        for id in person.children("contrib-id") where id.attributes["contrib-id-type"] == "orcid" {
            draft.add("\(name): \(id.text)", to: "orcid")
        }
        for affiliation in person.children("aff") { draft.add(affiliation, to: "affiliation") }
    }
    for affiliation in meta.children("aff") + meta.children("contrib-group").flatMap({ $0.children("aff") }) {
        draft.add(affiliation, to: "affiliation")
    }
}
