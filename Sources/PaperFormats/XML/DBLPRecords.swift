import Papers

extension XMLKind {
    /// Records of DBLP: its whole data, a page of a person, where each stands in an `r`, or one record.
    static let dblp = XMLKind(
        roots: ["dblp", "dblpperson", "bht"], records: Set(dblpTypes.keys).union(["www", "person"]),
        dropped: ["cite"], read: readDBLP)
}

/// The elements that are works, and their types by the Citation Style Language.
private let dblpTypes = [
    "article": "article-journal", "inproceedings": "paper-conference", "proceedings": "book", "book": "book",
    "incollection": "chapter", "phdthesis": "thesis", "mastersthesis": "thesis", "data": "dataset",
]

private func readDBLP(_ record: XMLRecord) -> XMLOutcome {
    let element = record.element
    // Pages of people, also under a name that a person had before.
    guard let type = dblpTypes[element.name] else { return .nothing }
    var draft = PaperDraft()
    draft.type = type
    draft.title = element["title"]?.markup ?? ""
    draft.dropFullStopOfTitle()
    draft.authors = element.children("author").map { dblpName($0.text) }
    for editor in element.children("editor") { draft.add(dblpName(editor.text), to: "editor") }
    for link in element.children("ee") { draft.noteLink(link.text) }
    if let key = element.attributes["key"] { draft.identify(key, from: "dblp") }
    draft.venue = (element["journal"] ?? element["booktitle"])?.text
    if type == "book" { (draft.venue, draft.attributes["booktitle"]) = (nil, element["booktitle"].map { [$0.text] }) }
    noteArXiv(element, in: &draft)
    if element.name == "mastersthesis" { draft.add(element.name, to: "type") }
    draft.take(
        element["year"].flatMap { year in PublicationDate("\(year.text) \(element["month"]?.text ?? "")") })
    draft.notePages(from: element["pages"]?.text)
    draft.add(element["number"], to: type == "article-journal" ? "issue" : "number")
    for number in element.children("isbn") { draft.add(number, to: "isbn") }
    draft.addRest(
        of: element,
        except: [
            "title", "author", "editor", "ee", "journal", "booktitle", "year", "month", "pages", "number", "isbn",
            "url", "crossref",
        ])
    draft.noteVenueOfLastResort()
    return .paper(draft)
}

/// DBLP files preprints of arXiv under the journal `CoRR`, with the id in the volume: `abs/1706.03762`.
private func noteArXiv(_ element: MarkupElement, in draft: inout PaperDraft) {
    guard element["journal"]?.text == "CoRR" || element.attributes["publtype"] == "informal" else { return }
    if let volume = element["volume"]?.text, volume.hasPrefix("abs/") {
        draft.identify(String(volume.dropFirst(4)), as: "arxiv")
    }
    draft.type = "article"
}

/// A name without the number that tells people of one name apart: `Wei Wang 0001`.
private func dblpName(_ name: String) -> String {
    let words = name.split(separator: " ")
    guard words.count > 1, let last = words.last, last.count == 4, last.allSatisfy({ $0.isASCII && $0.isNumber }) else {
        return name
    }
    return words.dropLast().joined(separator: " ")
}
