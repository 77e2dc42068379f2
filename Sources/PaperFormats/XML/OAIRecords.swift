import Papers

extension XMLKind {
    /// Answers of repositories under the protocol of the Open Archives Initiative, in Dublin Core, in arXiv's two
    /// forms or in JATS. A record may be a document of its own.
    static let oai = XMLKind(
        roots: ["OAI-PMH", "ListRecords", "GetRecord", "record", "records"],
        marks: ["http://www.openarchives.org", "<OAI-PMH", ":OAI-PMH", "<identifier>oai:", "<oai_dc:dc"],
        records: ["record", "error"], dropped: XMLKind.jats.dropped, nests: true, read: readOAIRecord)
}

private func readOAIRecord(_ record: XMLRecord) -> XMLOutcome {
    let element = record.element
    if element.name == "error" {
        return .notAPaper("the repository answered with an error: \(element.text)")
    }
    if element["header"]?.attributes["status"] == "deleted" { return .deleted }
    guard let content = element["metadata"]?.children.first else {
        return .notAPaper("a record without metadata")
    }
    var draft: PaperDraft
    switch content.name {
    case "dc": draft = dublinCore(content)
    case "arXiv": draft = arXivRecord(content)
    case "arXivRaw": draft = arXivRawRecord(content)
    case "article":
        draft = jatsArticle(content)
    default: return .notAPaper("metadata of a kind that is not read ('\(content.name)')")
    }
    if let header = element["header"] {
        if let id = header["identifier"]?.text, !id.isEmpty {
            let local = id.hasPrefix("oai:") ? String(id.dropFirst(4)) : id
            if local.hasPrefix("arXiv.org:") {
                draft.identify(String(local.dropFirst(10)), as: "arxiv")
                draft.type = draft.type ?? "article"
            }
            draft.identify(local, from: "oai")
        }
        draft.add(header["datestamp"], to: "datestamp")
        for set in header.children("setSpec") { draft.add(set, to: "setspec") }
    }
    return .paper(draft)
}

// MARK: - Dublin Core

/// Reads the fifteen elements of Dublin Core, each of which may stand any number of times.
private func dublinCore(_ element: MarkupElement) -> PaperDraft {
    var draft = PaperDraft()
    var dates: [PublicationDate] = []
    var descriptions: [MarkupElement] = []
    for field in element.children {
        let text = field.text
        switch field.name {
        case "title" where draft.title.isEmpty: draft.title = field.markup
        case "title": draft.add(text, to: "alternative-title")
        case "creator": draft.authors.append(readingOrder(ofName: text))
        case "subject": draft.keywords.append(text)
        case "description": descriptions.append(field)
        case "date": dates += PublicationDate(text).map { [$0] } ?? []
        case "type": takeType(text, &draft)
        case "language": draft.language = draft.language ?? languageTag(text)
        case "source" where draft.venue == nil: draft.venue = text
        case "identifier": takeIdentifier(text, &draft)
        case "publisher": draft.add(text, to: "publisher")
        default: draft.add(text, to: field.name.lowercased())
        }
    }
    // The texts that are no abstract are remarks; arXiv begins its own with this word.
    for description in descriptions {
        if description.text.hasPrefix("Comment:") {
            draft.add(description.text.dropFirst("Comment:".count).trimmingSpaces, to: "comment")
        } else if draft.abstract.isEmpty {
            draft.abstract = description.markup
        } else {
            draft.add(description, to: "description")
        }
    }
    // The first of several dates is that of publication; the others are of revisions and of the archive.
    draft.take(dates.min { $0.text < $1.text })
    return draft
}

/// The type of a record: the words of the European repositories have an address before them, and `text` says nothing.
private func takeType(_ text: String, _ draft: inout PaperDraft) {
    let word = text.split { "/:".contains($0) }.last.map { $0.lowercased() } ?? ""
    if let type = PublicationTypes.known(word) {
        draft.type = draft.type ?? type
    } else if word != "text", word != "publishedversion" {
        draft.add(text, to: "type")
    }
}

private func takeIdentifier(_ text: String, _ draft: inout PaperDraft) {
    let isKnown = draft.identify(text)
    if text.hasPrefix("http://") || text.hasPrefix("https://") {
        if draft.url == nil { draft.url = text } else if !isKnown { draft.add(text, to: "identifier") }
    } else if !isKnown {
        draft.add(text, to: "identifier")
    }
}

// MARK: - arXiv

/// Reads arXiv's record with the names of the authors in parts.
private func arXivRecord(_ element: MarkupElement) -> PaperDraft {
    var draft = arXivFields(element)
    draft.take(element["created"].flatMap { PublicationDate($0.text) })
    draft.add(element["updated"], to: "updated")
    for author in element["authors"]?.children("author") ?? [] {
        let name = joinedName(author["forenames"]?.text, author["keyname"]?.text, author["suffix"]?.text)
        draft.authors.append(name)
        for affiliation in author.children("affiliation") { draft.add(affiliation, to: "affiliation") }
    }
    return draft
}

/// Reads arXiv's record with all versions, and with the authors as they were submitted.
private func arXivRawRecord(_ element: MarkupElement) -> PaperDraft {
    var draft = arXivFields(element)
    let versions = element.children("version")
    draft.take(versions.first?["date"].flatMap { PublicationDate($0.text) })
    if let last = versions.last {
        draft.add(last.attributes["version"] ?? "", to: "version")
        if versions.count > 1 { draft.add(last["date"], to: "updated") }
    }
    draft.add(element["submitter"], to: "submitter")
    draft.authors = authorNames(inReadingOrder: element["authors"]?.text ?? "")
    return draft
}

/// The fields that both forms of arXiv's records have.
private func arXivFields(_ element: MarkupElement) -> PaperDraft {
    var draft = PaperDraft()
    draft.title = element["title"]?.markup ?? ""
    draft.abstract = element["abstract"]?.markup ?? ""
    draft.type = "article"
    draft.venue = element["journal-ref"]?.text
    draft.categories = element["categories"]?.text.split(separator: " ").map(String.init) ?? []
    if let id = element["id"]?.text {
        draft.identify(id, as: "arxiv")
        draft.url = "https://arxiv.org/abs/\(id)"
    }
    for doi in element["doi"]?.text.split(separator: " ") ?? [] { draft.identify(String(doi), as: "doi") }
    draft.add(element["comments"], to: "comment")
    draft.addRest(
        of: element,
        except: [
            "title", "abstract", "journal-ref", "categories", "id", "doi", "comments", "created", "updated", "authors",
            "version", "submitter",
        ])
    return draft
}
