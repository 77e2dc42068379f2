import Papers

extension XMLKind {
    /// Answers of arXiv's programming interface: an Atom feed whose entries are papers.
    static let arXivAtom = XMLKind(
        roots: ["feed", "entry"], marks: ["http://arxiv.org/", "https://arxiv.org/", "http://export.arxiv.org/"],
        records: ["entry"], read: readArXivEntry)
}

/// Reads an entry of arXiv's feed. The entry that tells of an error is no paper.
private func readArXivEntry(_ record: XMLRecord) -> XMLOutcome {
    let entry = record.element
    let id = entry["id"]?.text ?? ""
    if id.contains("/api/errors") {
        return .notAPaper("arXiv answered with an error: \(entry["summary"]?.text ?? "no reason given")")
    }
    var draft = PaperDraft()
    draft.title = entry["title"]?.markup ?? ""
    draft.abstract = entry["summary"]?.markup ?? ""
    draft.authors = entry.children("author").compactMap { $0["name"]?.text }
    for affiliation in entry.children("author").flatMap({ $0.children("affiliation") }) {
        draft.add(affiliation, to: "affiliation")
    }
    draft.identify(id)
    if let version = PaperIdentifier(id)?.version { draft.add("v\(version)", to: "version") }
    if let doi = entry["doi"] { draft.identify(doi.text, as: "doi") }
    draft.take(entry["published"].flatMap { PublicationDate($0.text) })
    draft.add(entry["updated"], to: "updated")
    draft.add(entry["comment"], to: "comment")
    draft.venue = entry["journal_ref"]?.text
    draft.type = "article"
    // The primary category stands among the others as well.
    let categories = ([entry["primary_category"]] + entry.children("category")).compactMap { $0?.attributes["term"] }
    for category in categories where !draft.categories.contains(category) { draft.categories.append(category) }
    for link in entry.children("link") {
        guard let address = link.attributes["href"] else { continue }
        if link.attributes["title"] == "pdf" || link.attributes["type"] == "application/pdf" {
            draft.attachments.append(address)
        } else if link.attributes["rel"] == "alternate" {
            draft.url = address
        } else {
            draft.identify(address)
            draft.add(address, to: "link")
        }
    }
    draft.url = draft.url ?? (id.hasPrefix("http") ? id : nil)
    draft.addRest(
        of: entry,
        except: [
            "id", "title", "summary", "author", "doi", "published", "updated", "comment", "journal_ref",
            "primary_category", "category", "link",
        ])
    return .paper(draft)
}
