import Papers

extension XMLKind {
    /// Headers in the form of the Text Encoding Initiative, as GROBID reads them from papers.
    static let tei = XMLKind(
        roots: ["TEI", "teiCorpus"], marks: ["grobid", "GROBID", "<biblStruct"], records: ["TEI"],
        dropped: ["text", "facsimile", "encodingDesc"], read: readTEI)
}

private func readTEI(_ record: XMLRecord) -> XMLOutcome {
    guard let header = record.element["teiHeader"] else { return .notAPaper("a document without a header") }
    let file = header["fileDesc"]
    let source = file?["sourceDesc", "biblStruct"]
    let (analytic, host) = (source?["analytic"], source?["monogr"])
    var draft = PaperDraft()
    draft.title = (analytic?["title"] ?? file?["titleStmt", "title"])?.markup ?? ""
    draft.abstract = header["profileDesc", "abstract"]?.markup ?? ""
    for author in analytic?.children("author") ?? host?.children("author") ?? [] {
        let names = author["persName"]?.children ?? []
        let given = names.filter { $0.name == "forename" }.map(\.text)
        let family = names.filter { $0.name == "surname" || $0.name == "genName" }.map(\.text)
        let name = (given + family).joined(separator: " ")
        if !name.isEmpty { draft.authors.append(name) }
        for place in author.children("affiliation") {
            draft.add(place.descendants("orgName").map(\.text).joined(separator: ", "), to: "affiliation")
        }
    }
    for id in source?.descendants("idno") ?? [] {
        let kind = id.attributes["type"]?.lowercased() ?? "idno"
        if !draft.identify(id.text, as: kind) { draft.add(id, to: kind) }
    }
    draft.venue = host?.children("title").first { $0.attributes["type"] != "abbrev" }?.text
    if let imprint = host?["imprint"] {
        let date = imprint["date"] ?? file?["publicationStmt", "date"]
        draft.take((date?.attributes["when"] ?? date?.text).flatMap { PublicationDate($0) })
        draft.add(imprint["publisher"], to: "publisher")
        for scope in imprint.children("biblScope") {
            switch scope.attributes["unit"] {
            case "page" where scope.attributes["from"] != nil:
                draft.notePages(from: scope.attributes["from"], to: scope.attributes["to"])
            case "page": draft.notePages(from: scope.text)
            case let unit?: draft.add(scope.text, to: unit)
            case nil: break
            }
        }
    }
    let level = host?["title"]?.attributes["level"]
    draft.type = level == "j" ? "article-journal" : level == "m" ? "paper-conference" : nil
    draft.language = (header["profileDesc", "langUsage", "language"]?.attributes["ident"] ?? header.attributes["lang"])
        .map(languageTag)
    for list in header["profileDesc", "textClass"]?.children("keywords") ?? [] {
        let terms = list.descendants("term").map(\.text)
        draft.keywords += terms.isEmpty ? [list.text] : terms
    }
    return .paper(draft)
}
