import Papers

/// What a page says of itself to programs: the `<meta>` elements and the data in scripts.
struct PageMetadata {
    /// The values of the `<meta>` elements by their names in lower case, in the order of the page.
    private var values: [String: [String]] = [:]
    private let document: HTMLDocument

    init(_ document: HTMLDocument) {
        self.document = document
        for meta in document.root.descendants("meta") {
            let name = meta.attributes["name"] ?? meta.attributes["property"] ?? meta.attributes["itemprop"]
            guard var name = name?.lowercased(), let value = meta.attributes["content"], !tidied(value).isEmpty else {
                continue
            }
            if name.hasPrefix("bepress_") { name.removeFirst("bepress_".count) }
            name = name.replacing("dcterms.", with: "dc.").replacing("dc:", with: "dc.")
            values[name, default: []].append(value)
        }
    }

    /// The first value of the first name that has one.
    private func first(_ names: String...) -> String? {
        names.lazy.compactMap { values[$0]?.first }.first
    }

    private func all(_ names: String...) -> [String] {
        names.lazy.compactMap { values[$0] }.first ?? []
    }

    /// The paper that the page is about: by its citation tags, by Dublin Core, by the data of a scholarly article, or,
    /// if the page has the address of a paper, by what it shows to social networks. `nil` if nothing says so.
    func paper() -> PaperDraft? {
        if first("citation_title") != nil { return citation() }
        if let paper = dublinCore() { return paper }
        if let paper = LinkedData.article(in: document) { return paper }
        return preview()
    }

    // MARK: - Citation tags

    /// Reads the tags that Google Scholar asks publishers for.
    private func citation() -> PaperDraft {
        var draft = PaperDraft()
        draft.title = first("citation_title") ?? ""
        draft.abstract = first("citation_abstract") ?? ""
        let lists = all("citation_authors").flatMap { $0.split(separator: ";").map(String.init) }
        draft.authors = (all("citation_author") + lists).map(readingOrder(ofName:))
        for doi in all("citation_doi") { draft.identify(doi, as: "doi") }
        for id in all("citation_arxiv_id") { draft.identify(id, as: "arxiv") }
        for id in all("citation_pmid") { draft.identify(id, as: "pmid") }
        if let date = first("citation_publication_date", "citation_date", "citation_online_date", "citation_year") {
            draft.take(PublicationDate(date))
        }
        draft.notePages(from: first("citation_firstpage"), to: first("citation_lastpage"))
        draft.keywords = all("citation_keywords", "citation_keyword").flatMap(keywords)
        draft.language = first("citation_language").map(languageTag)
        draft.attachments = all("citation_pdf_url")
        draft.url = first("citation_abstract_html_url", "citation_public_url", "citation_fulltext_html_url")
        takeKind(&draft)
        for (name, attribute) in [
            ("citation_volume", "volume"), ("citation_issue", "issue"), ("citation_issn", "issn"),
            ("citation_isbn", "isbn"), ("citation_publisher", "publisher"), ("citation_editor", "editor"),
            ("citation_pmcid", "pmcid"), ("citation_journal_abbrev", "journal-abbreviation"),
            ("citation_author_institution", "affiliation"), ("citation_technical_report_number", "number"),
            ("citation_series_title", "series"), ("citation_conference", "event"),
        ] {
            for value in all(name) { draft.add(tidied(value), to: attribute) }
        }
        complete(&draft)
        return draft
    }

    /// The venue and the type, which the name of the venue's tag says.
    private func takeKind(_ draft: inout PaperDraft) {
        let kinds = [
            ("citation_journal_title", "article-journal"), ("citation_conference_title", "paper-conference"),
            ("citation_inbook_title", "chapter"), ("citation_book_title", "chapter"),
            ("citation_dissertation_institution", "thesis"), ("citation_technical_report_institution", "report"),
        ]
        for (name, type) in kinds where draft.venue == nil {
            guard let venue = first(name) else { continue }
            (draft.venue, draft.type) = (venue, type)
        }
        if draft.type == nil, first("citation_arxiv_id") != nil { draft.type = "article" }
    }

    // MARK: - Dublin Core

    /// Reads Dublin Core, if it names authors and says that the page is about a publication.
    private func dublinCore() -> PaperDraft? {
        guard let title = first("dc.title"), values["dc.creator"] != nil else { return nil }
        var draft = PaperDraft()
        draft.title = title
        draft.authors = all("dc.creator", "dc.creator.personalname").map(readingOrder(ofName:))
        var isIdentified = false
        for id in all("dc.identifier", "dc.identifier.doi") + all("dc.identifier.uri") {
            if draft.identify(id) {
                isIdentified = true
            } else if draft.url == nil, id.hasPrefix("http") {
                draft.url = id
            }
        }
        let isPublication = ["dc.source", "dc.type", "dc.bibliographiccitation", "dc.relation.ispartof"].contains {
            values[$0] != nil
        }
        guard isIdentified || isPublication else { return nil }
        draft.abstract = first("dc.abstract", "dc.description.abstract", "dc.description") ?? ""
        draft.take(first("dc.issued", "dc.date.issued", "dc.date").flatMap { PublicationDate($0) })
        draft.venue = first("dc.source", "dc.relation.ispartof", "dc.publisher")
        draft.language = first("dc.language").map(languageTag)
        draft.keywords = (all("dc.subject") + all("dc.subject.keyword")).flatMap(keywords)
        for (name, attribute) in [
            ("dc.publisher", "publisher"), ("dc.type", "type"), ("dc.rights", "rights"),
            ("dc.contributor", "contributor"), ("dc.bibliographiccitation", "bibliographiccitation"),
        ] {
            for value in all(name) { draft.add(tidied(value), to: attribute) }
        }
        complete(&draft)
        return draft
    }

    // MARK: - Social networks

    /// Reads the preview for social networks. Any page has one, so the page's address must be that of a paper.
    private func preview() -> PaperDraft? {
        guard let title = first("og:title", "twitter:title"), let address, let link = PaperLink(address) else {
            return nil
        }
        var draft = PaperDraft()
        draft.title = title.hasPrefix("Paper page - ") ? String(title.dropFirst("Paper page - ".count)) : title
        draft.identify(link)
        draft.url = address
        complete(&draft)
        return draft
    }

    /// The address that the page gives itself.
    private var address: String? {
        let canonical = document.root.first { $0.name == "link" && $0.attributes["rel"] == "canonical" }
        return canonical?.attributes["href"] ?? first("og:url")
    }

    // MARK: - From the page itself

    /// Adds what stands on the page and not in its metadata: the abstract, and arXiv's table of facts.
    private func complete(_ draft: inout PaperDraft) {
        let written = PageText.abstract(in: document)
        if written.utf8.count > draft.abstract.utf8.count || isCut(draft.abstract) {
            if !written.isEmpty { draft.abstract = written }
        }
        if draft.url == nil { draft.url = address }
        if draft.abstract.isEmpty {
            // The description may be an invitation; an abstract is longer.
            let description = first("dc.description", "og:description", "description") ?? ""
            if description.utf8.count >= PageText.shortestAbstract { draft.abstract = description }
        }
        if draft.keywords.isEmpty, let list = first("keywords") { draft.keywords = keywords(list) }
        if let address, let link = PaperLink(address) { draft.identify(link) }
        PageText.takeArXivFacts(document, &draft)
    }

    /// Whether an abstract ends with an ellipsis.
    private func isCut(_ text: String) -> Bool {
        text.hasSuffix("…") || text.hasSuffix("...")
    }

    /// The keywords in a list with semicolons or commas.
    private func keywords(_ list: String) -> [String] {
        list.split(separator: list.contains(";") ? ";" : ",").map { tidied(String($0)) }
    }
}
