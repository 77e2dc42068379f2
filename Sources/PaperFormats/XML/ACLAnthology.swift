import Papers

extension XMLKind {
    /// Files of the ACL Anthology: a collection of volumes of papers.
    static let acl = XMLKind(
        roots: ["collection", "volume"], marks: ["<paper", "<frontmatter", "<volume"], records: ["paper"],
        context: ["meta"], read: readACLPaper)
}

private func readACLPaper(_ record: XMLRecord) -> XMLOutcome {
    let (paper, volume, meta) = (record.element, record.ancestor("volume"), record.context["meta"])
    var draft = PaperDraft()
    draft.title = paper["title"]?.markup ?? ""
    draft.abstract = paper["abstract"]?.markup ?? ""
    for author in paper.children("author") {
        draft.authors.append(aclName(author))
        for affiliation in author.children("affiliation") { draft.add(affiliation, to: "affiliation") }
    }
    let editors = paper.children("editor").isEmpty ? meta?.children("editor") ?? [] : paper.children("editor")
    for editor in editors { draft.add(aclName(editor), to: "editor") }

    let id = anthologyID(record)
    if let doi = paper["doi"] { draft.identify(doi.text, as: "doi") }
    if let id {
        draft.identify(id, as: "acl")
        draft.url = "https://aclanthology.org/\(id)"
    }
    if let file = paper["url"]?.text {
        draft.attachments.append(file.contains("://") ? file : "https://aclanthology.org/\(file).pdf")
    }
    for attachment in paper.children("attachment") {
        let name = attachment.text
        draft.attachments.append(name.contains("://") ? name : "https://aclanthology.org/attachments/\(name)")
    }
    for video in paper.children("video") { draft.add(video.attributes["href"] ?? "", to: "video") }
    draft.citationKey = paper["bibkey"]?.text
    draft.language = paper["language"].map { languageTag($0.text) }
    if let pages = paper["pages"]?.text { draft.notePages(from: pages) }

    draft.type = volume?.attributes["type"] == "journal" ? "article-journal" : "paper-conference"
    draft.venue = (meta?["journal-title"] ?? paper["booktitle"] ?? meta?["booktitle"])?.markup
    if draft.type == "article-journal" { draft.add(meta?["booktitle"], to: "booktitle") }
    let date = [paper, meta].compactMap { $0 }.lazy.compactMap(aclDate).first
    draft.take(date)
    draft.add(paper["month"] ?? meta?["month"], to: "month")
    draft.add(meta?["publisher"], to: "publisher")
    draft.add(meta?["address"], to: "place")
    draft.add(paper["journal-volume"] ?? meta?["journal-volume"], to: "volume")
    draft.add(paper["issue"] ?? meta?["journal-issue"], to: "issue")
    draft.add(meta?["isbn"], to: "isbn")
    for venue in meta?.children("venue") ?? [] { draft.add(venue, to: "venue") }
    draft.addRest(
        of: paper,
        except: [
            "title", "abstract", "author", "editor", "doi", "url", "attachment", "video", "bibkey", "language",
            "pages", "booktitle", "year", "month", "journal-volume", "issue",
        ])
    return .paper(draft)
}

private func aclName(_ person: MarkupElement) -> String {
    joinedName(person["first"]?.text, person["last"]?.text, person["suffix"]?.text)
}

/// The date of a paper or a volume. A month may be a range, `July–August`, or have a day: `July 5`.
private func aclDate(_ element: MarkupElement) -> PublicationDate? {
    element["year"].flatMap { year in PublicationDate("\(year.text) \(element["month"]?.text ?? "")") }
}

/// The id of a paper in the anthology: `2022.acl-long.1`, or `L06-1001` in the form of the years before 2020.
///
/// In the old form, the number has four digits for volume and paper together. Workshops have many volumes of few
/// papers, so two of these digits are the volume's there.
private func anthologyID(_ record: XMLRecord) -> String? {
    if let id = record.element["url"]?.text, PaperIdentifier(id)?.scheme == .acl { return id }
    guard let collection = record.ancestor("collection")?.attributes["id"],
        let volume = record.ancestor("volume")?.attributes["id"], let paper = record.element.attributes["id"]
    else { return nil }
    if collection.contains(".") { return "\(collection)-\(volume).\(paper)" }
    guard let volumeNumber = Int(volume), let number = Int(paper), (0...9999).contains(volumeNumber),
        (0...9999).contains(number)
    else { return nil }
    let isWorkshop =
        collection.hasPrefix("W") || collection == "C69" || collection == "D19" && volumeNumber >= 5
    let digits = String((isWorkshop ? volumeNumber * 100 : volumeNumber * 1000) + number)
    return collection + "-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
}
