import JSONReading
import Papers

// MARK: - Keys of other sources

extension PaperDraft {
    /// Notes the value of a key that is not Akin's.
    mutating func note(_ value: JSONValue, ofKey key: String, source: RecordSource) {
        if noteObject(value, ofKey: key, source: source) { return }
        let texts = value.texts
        guard !texts.isEmpty else { return }
        switch (key, source) {
        case ("journal-ref", _): if venue == nil { venue = texts[0] } else { add(texts[0], to: key) }
        case ("itemType", _): type = PublicationTypes.name(ofZotero: texts[0])
        case ("archiveID", _): for text in texts where !identify(text) { add(text, to: "archiveid") }
        case ("genre", _), ("thesisType", _), ("reportType", _), ("manuscriptType", _):
            for text in texts { if type == nil { noteType(text) } else { noteKind(text) } }
        case ("comments", .arXiv): for text in texts { add(text, to: "comment") }
        case ("repository", .zotero): if venue == nil { venue = texts[0] } else { add(texts[0], to: key) }
        case ("university", .zotero), ("institution", .zotero):
            venue = venue ?? texts[0]
            for text in texts { add(text, to: key == "university" ? "school" : key) }
        case ("source", .mendeley): venue = venue ?? texts[0]
        case ("citation-key", _): citationKey = texts[0]
        case ("container-title", _): venue = venue ?? texts[0]
        case ("short-container-title", _), ("container-title-short", _):
            for text in texts { add(text, to: "journal-abbreviation") }
        case ("collection-title", _): for text in texts { add(text, to: "series") }
        case ("publisher-place", _): add(texts[0], to: "place")
        case ("subtitle", .crossref): noteSubtitle(texts[0])
        case ("annote", _), ("note", .csl), ("note", .crossref):
            notes += texts.map(plainNote)
            if key == "note" { noteManubotLines(texts[0]) }
        case ("type_crossref", _), ("publicationTypes", _): noteKinds(texts)
        case ("websites", _), ("URL", _): for text in texts { noteLink(text) }
        case ("fieldsOfStudy", _), ("subject", _): unite(\.categories, with: texts)
        case ("ai_keywords", _): unite(\.keywords, with: texts)
        case ("summary", _), ("abstractNote", _), ("paperAbstract", _):
            if abstract.isEmpty { abstract = texts[0] } else { add(texts[0], to: key.lowercased()) }
        case ("number", _), ("source", _), ("comments", _), ("label", _), ("labels", _), ("summary", _), ("groups", _),
            ("category", _), ("files", _), ("file", _), ("published", .zotero), ("version", _):
            for text in texts { add(text, to: key.lowercased()) }
        default:
            guard let field = PaperField(named: key) else {
                for text in texts { add(text, to: key.lowercased()) }
                return
            }
            noteTexts(texts, as: field, named: key)
        }
    }

    private mutating func noteTexts(_ texts: [String], as field: PaperField, named key: String) {
        switch field {
        case .authors where authors.isEmpty && texts.count > 1: authors = texts.map(readingOrder(ofName:))
        case .keywords where texts.count > 1: unite(\.keywords, with: texts)
        case .categories where texts.count > 1: unite(\.categories, with: texts)
        case .tags where texts.count > 1: unite(\.tags, with: texts)
        case .collections where texts.count > 1: unite(\.collections, with: texts)
        case .firstPage, .lastPage:
            let isFirst = field == .firstPage
            let other = attributes.removeValue(forKey: "pages")?.first
            notePages(from: isFirst ? texts[0] : other, to: isFirst ? other : texts[0])
        default: for text in texts { note(text, as: field, named: key) }
        }
    }

    /// Notes what ``CSLJSONExporter`` writes because the Citation Style Language has no name for it.
    private mutating func noteCustom(_ value: JSONValue) {
        for id in value["ids"]?.texts ?? [] where !identify(id) { identify(exactly: id) }
        unite(\.tags, with: value["tags"]?.texts ?? [])
        unite(\.collections, with: value["collections"]?.texts ?? [])
        unite(\.attachments, with: value["attachments"]?.texts ?? [])
        guard case .object(let fields)? = value["attributes"] else { return }
        for (name, values) in fields { for text in values.texts { add(text, to: name) } }
    }

    /// Notes a value that is an object or a list of objects.
    ///
    /// - Returns: Whether the key is one whose objects are known.
    private mutating func noteObject(_ value: JSONValue, ofKey key: String, source: RecordSource) -> Bool {
        guard value.isObject || value.elements.contains(where: \.isObject) || key == "authors_parsed" else {
            return false
        }
        switch key {
        case "author", "creators", "authorships", "contributors", "authors_parsed": notePeople(value, ofKey: key)
        case "editor", "editors", "translator":
            let name = key == "editors" ? "editor" : key
            for person in value.elements.compactMap(\.personName) { add(person, to: name) }
        case "custom": noteCustom(value)
        case "issued": if let date = value.dateText { replaceDate(date) }
        case "published", "published-print", "published-online", "created":
            if year == nil, let date = value.dateText { noteDate(date) }
        case "accessed", "submitted", "original-date":
            if let date = value.dateText { add(date, to: key) }
        case "versions":
            if let first = value.elements.first?.text(of: "created") { replaceDate(first) }
            for version in value.texts { add(version, to: key) }
        case "ids", "externalIds", "external_ids", "identifiers", "identifier": noteIdentifiers(value)
        case "primary_location", "host_venue", "best_oa_location": noteLocation(value)
        case "concepts", "topics", "mesh", "s2FieldsOfStudy":
            let known = value.elements.filter { $0.text(of: "score").flatMap(Double.init) ?? 1 >= Self.leastScore }
            unite(\.categories, with: known.compactMap(\.nameText))
        case "biblio", "journal", "publicationVenue", "container", "source", "event": noteJournal(value, ofKey: key)
        case "openAccessPdf": if let link = value.text(of: "url") { attachments.append(link) }
        case "link":
            unite(\.attachments, with: value.elements.compactMap { $0.text(of: "URL", "url", "href") })
        case "tldr": if let text = value.text(of: "text") { add(text, to: key) }
        case "institution":
            for name in value.elements.compactMap(\.nameText) {
                venue = venue ?? name
                add(name, to: key)
            }
        default: break
        }
        return true
    }

    /// OpenAlex's concepts below this score are guesses.
    private static let leastScore = 0.3

    private mutating func notePeople(_ value: JSONValue, ofKey key: String) {
        var names: [String] = []
        for person in value.elements {
            switch person.text(of: "creatorType") {
            case nil, "author", "presenter", "inventor", "programmer", "director", "artist", "podcaster":
                let name = key == "authors_parsed" ? parsedName(person.elements) : person.personName
                if let name, !name.isEmpty { names.append(name) }
            case let role?:
                if let name = person.personName { add(name, to: role.lowercased()) }
            }
        }
        if !names.isEmpty { authors = names }
    }

    /// The name of arXiv's `["Balázs", "C.", "Jr"]`: family name, given name, suffix. Any of them may be blank.
    private func parsedName(_ parts: [JSONValue]) -> String {
        let words = parts.map { $0.text ?? "" }
        let order = words.dropFirst().prefix(1) + words.prefix(1) + words.dropFirst(2).prefix(1)
        return order.filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// Sets a date that counts more than those before it.
    private mutating func replaceDate(_ text: String) {
        guard let new = PublicationDate(text) else { return add(text, to: "issued") }
        (year, date) = (new.year, new.text)
    }

    private mutating func noteLocation(_ value: JSONValue) {
        let place = value["source"] ?? value
        if let name = place.text(of: "display_name") { venue = venue ?? name }
        for number in place["issn"]?.texts ?? [] { noteSerialNumbers(number, otherwise: "issn") }
        if let publisher = place.text(of: "host_organization_name", "publisher") { add(publisher, to: "publisher") }
        if url == nil, let link = value.text(of: "landing_page_url", "url") { noteLink(link) }
        if let pdf = value.text(of: "pdf_url") { unite(\.attachments, with: [pdf]) }
    }

    private mutating func noteJournal(_ value: JSONValue, ofKey key: String) {
        if key == "event" {
            if let name = value.nameText { add(name, to: key) }
            return
        }
        if let name = value.nameText { venue = venue ?? name }
        for name in ["volume", "issue"] { value.text(of: name).map { add($0, to: name) } }
        notePages(from: value.text(of: "first_page", "pages"), to: value.text(of: "last_page"))
        for number in value["issn"]?.texts ?? [] { noteSerialNumbers(number, otherwise: "issn") }
    }

    private mutating func noteSubtitle(_ subtitle: String) {
        if !title.contains(subtitle) { title = title.isEmpty ? subtitle : "\(title): \(subtitle)" }
    }

    private mutating func noteKinds(_ kinds: [String]) {
        let names = kinds.map { PublicationTypes.name(of: $0) }
        let best = names.first { ["paper-conference", "chapter", "book", "dataset"].contains($0) } ?? names.first
        if let best, type == nil || best != "article-journal" { type = best }
    }

    /// Identifiers that reference managers put in the lines of a note: `PMID: 123`.
    private mutating func noteManubotLines(_ text: String) {
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1).map(\.trimmingSpaces)
            guard parts.count == 2 else { continue }
            switch parts[0].lowercased() {
            case "pmid": identify(parts[1], as: "pmid")
            case "pmcid": notePubMedCentral(parts[1])
            case "arxiv": identify(parts[1].split(separator: " ").first.map(String.init) ?? parts[1], as: "arxiv")
            case "standard_id", "doi": identify(parts[1])
            default: break
            }
        }
    }
}

// MARK: - What a source writes in its own way

extension PaperDraft {
    /// Takes the year out of the number of an arXiv paper, `0704.0001` or `hep-th/9901001`, if there is none.
    mutating func noteYearOfArXivID() {
        guard year == nil, let id = arXivID, let number = id.split(separator: "/").last,
            let digits = Int(number.prefix(2))
        else { return }
        year = digits > 90 ? 1900 + digits : 2000 + digits
    }

    /// Splits categories that stand in one text, and brings types and languages to their common names.
    mutating func tidyForeignLists(_ source: RecordSource) {
        if source == .arXiv, categories.count == 1 {
            categories = categories[0].split(separator: " ").map(String.init)
        }
        if categories.count == 1, categories[0].contains(";") { categories = listedParts(of: categories[0]) }
        if keywords.count == 1 { keywords = listedParts(of: keywords[0]) }
        authors = authors.map(readingOrder(ofName:))
        notes = notes.map(plainNote)
        if let type, source != .csl { self.type = PublicationTypes.name(of: type) }
        if let language { self.language = LanguageTags.tag(of: language) }
        if let url { identify(url) }
        noteVenueOfLastResort()
    }
}
