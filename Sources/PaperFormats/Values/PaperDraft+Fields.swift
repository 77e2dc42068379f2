import Papers

// MARK: - Filling a draft

extension PaperDraft {
    /// Notes what a source calls `name`. A value for which the draft has no room any more becomes an attribute under
    /// that name in lower case.
    mutating func note(_ text: String, as field: PaperField, named name: String) {
        switch field {
        case .title where title.isEmpty: title = text
        case .abstract where abstract.isEmpty: abstract = text
        case .authors where authors.isEmpty: authors = authorNames(in: text)
        case .venue where venue == nil: venue = text
        case .type where type == nil: noteType(text)
        case .language where language == nil: noteLanguage(text)
        case .citationKey where citationKey == nil: citationKey = text
        case .year, .date: if !noteDate(text) { add(text, to: name.lowercased()) }
        case .keywords: unite(\.keywords, with: listedParts(of: text).map(withoutStar))
        case .categories: unite(\.categories, with: listedParts(of: text))
        case .tags: unite(\.tags, with: listedParts(of: text))
        case .collections: unite(\.collections, with: listedParts(of: text))
        case .attachments: attachments += listedPaths(text)
        case .notes: notes += singleOrListed(text).map(plainNote)
        case .url:
            for link in text.split(whereSeparator: { $0.isWhitespace }) where link.contains(":") || link.contains(".") {
                noteLink(link.last == ";" ? String(link.dropLast()) : String(link))
            }
        case .id, .sourceID, .doi, .arXiv, .pubMed, .pubMedCentral: noteID(text, as: field, named: name)
        case .pages: notePages(from: text)
        case .editor: for editor in authorNames(in: text) { add(editor, to: "editor") }
        case .translator: for translator in authorNames(in: text) { add(translator, to: "translator") }
        case .serialNumber: noteSerialNumbers(text, otherwise: name.lowercased())
        case .extra: noteExtra(text)
        case .attribute(let attribute): for value in singleOrListed(text) { add(value, to: attribute) }
        case .title, .abstract, .authors, .venue, .type, .language, .citationKey, .firstPage, .lastPage:
            let kinds: Set = ["genre", "thesistype", "reporttype", "manuscripttype"]
            if field == .type, kinds.contains(name.lowercased()) { return noteKind(text) }
            if ![title, abstract, venue].contains(text) { add(text, to: name.lowercased()) }
        }
    }

    private mutating func noteID(_ text: String, as field: PaperField, named name: String) {
        let text = tidied(text)
        switch field {
        case .doi: noteDOI(text)
        case .arXiv: if !identify(text, as: "arxiv") { add(text, to: name.lowercased()) }
        case .pubMed: if !notePubMed(text) { add(text, to: name.lowercased()) }
        case .pubMedCentral: notePubMedCentral(text)
        case .sourceID("openalex"): if !noteOpenAlex(text) { add(text, to: name.lowercased()) }
        case .sourceID("s2"): if !identify(text, as: "s2") { add(text, to: name.lowercased()) }
        case .sourceID("wos"): if !WOSFormat.noteAccessionNumber(text, in: &self) { identify(text, from: "wos") }
        case .sourceID(let source): identify(text, from: source)
        default: noteIDs(text, named: name)
        }
    }

    /// Notes the number of PubMed in a text: `123`, `PMID: 123`, `PUBMED 123`.
    ///
    /// - Returns: Whether there is one.
    mutating func notePubMed(_ text: String) -> Bool {
        let words = text.split { $0.isWhitespace || ",;:/".contains($0) }
        guard let number = words.first(where: { $0.allSatisfy { $0.isASCII && $0.isNumber } }) else { return false }
        return identify(String(number), as: "pmid")
    }

    /// Notes an id of OpenAlex: `W2741809807`, with its address or without.
    ///
    /// - Returns: Whether the text is one.
    mutating func noteOpenAlex(_ text: String) -> Bool {
        let id = text.split(separator: "/").last.map(String.init) ?? ""
        guard text.count == id.count || text.contains("openalex.org/"), id.first == "W" || id.first == "w",
            id.count > 4, id.dropFirst().allSatisfy({ $0.isASCII && $0.isNumber })
        else { return false }
        identify(id.uppercased(), from: "openalex")
        return true
    }

    /// Reads the lines of Zotero's field "Extra". All of it stays an attribute, too.
    mutating func noteExtra(_ text: String) {
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1).map(\.trimmingSpaces)
            guard parts.count == 2, !parts[1].isEmpty else { continue }
            switch parts[0].lowercased() {
            case "doi": noteDOI(parts[1])
            case "pmid": identify(parts[1], as: "pmid")
            case "pmcid": notePubMedCentral(parts[1])
            case "arxiv": identify(parts[1].split(separator: " ").first.map(String.init) ?? parts[1], as: "arxiv")
            case "citation key": citationKey = citationKey ?? parts[1]
            default: break
            }
        }
        add(text, to: "extra")
    }
}
