import Papers

extension XMLKind {
    /// Libraries that EndNote and programs like it export.
    static let endNote = XMLKind(
        roots: ["xml", "records", "record"], marks: ["<ref-type", "<source-app", "<rec-number"], records: ["record"],
        read: readEndNoteRecord)
}

private func readEndNoteRecord(_ record: XMLRecord) -> XMLOutcome {
    let element = record.element
    var draft = PaperDraft()
    let kind = element["ref-type"]?.attributes["name"] ?? element["ref-type"]?.text ?? ""
    draft.noteType(kind)
    draft.title = element["titles", "title"]?.markup ?? ""
    draft.abstract = element["abstract"]?.markup ?? ""
    takeTitles(element, &draft)
    takePeople(element["contributors"], &draft)
    takeDate(element["dates"], &draft)
    takeAddresses(element["urls"], &draft)
    takeNumbers(element, &draft)
    for keyword in element["keywords"]?.children("keyword") ?? [] {
        draft.keywords += keyword.rawText.split(whereSeparator: \.isNewline).map(String.init)
    }
    draft.citationKey = element["label"]?.text
    if let language = element["language"] { draft.noteLanguage(language.text) }
    draft.notes = ["notes", "research-notes"].compactMap { element[$0]?.rawText.trimmingSpaces }
    for (name, attribute) in endNoteAttributes { draft.add(element[name], to: attribute) }
    if let pages = element["pages"]?.text { draft.notePages(from: pages) }
    if let kind = element["work-type"]?.text { draft.noteKind(kind) }
    draft.addRest(
        of: element,
        except: Set(endNoteAttributes.map(\.0)).union([
            "work-type", "custom2",
            "ref-type", "titles", "abstract", "periodical", "alt-periodical", "contributors", "dates", "urls",
            "electronic-resource-num",
            "accession-num", "isbn", "keywords", "label", "language", "notes", "research-notes", "pages", "database",
            "source-app", "rec-number", "foreign-keys",
        ]))
    return .paper(draft)
}

/// Fields that have a common name.
private let endNoteAttributes = [
    ("volume", "volume"), ("number", "issue"), ("publisher", "publisher"), ("pub-location", "place"),
    ("edition", "edition"), ("auth-address", "affiliation"),
]

private func takeTitles(_ record: MarkupElement, _ draft: inout PaperDraft) {
    let titles = record["titles"]
    let full = record["periodical", "full-title"]?.text
    let second = titles?["secondary-title"]?.text
    // The periodical is the journal's name in EndNote's list of journals; what the record says is the second title.
    draft.venue = [second, full].compactMap { $0 }.first { !$0.isEmpty }
    if let full, let venue = draft.venue, full != venue { draft.add(full, to: "periodical") }
    for name in ["abbr-1", "abbr-2", "abbr-3"] {
        if let short = record["periodical", name]?.text, short != draft.venue {
            draft.add(short, to: "journal-abbreviation")
        }
    }
    if let other = titles?["alt-title"]?.text, other != draft.venue { draft.add(other, to: "alt-title") }
    if let other = record["alt-periodical", "full-title"]?.text, other != draft.venue {
        draft.add(other, to: "alt-periodical")
    }
    draft.add(titles?["tertiary-title"], to: "series")
    let known = ["title", "secondary-title", "alt-title", "tertiary-title"]
    for title in titles?.children ?? [] where !known.contains(title.name) { draft.add(title, to: title.name) }
    if draft.venue == nil, ["report", "thesis"].contains(draft.type) { draft.venue = record["publisher"]?.text }
}

private func takePeople(_ contributors: MarkupElement?, _ draft: inout PaperDraft) {
    let roles = [
        "secondary-authors": "editor", "subsidiary-authors": "translator", "tertiary-authors": "series-editor",
    ]
    for group in contributors?.children ?? [] {
        for person in group.children {
            // A comma at the end marks the name of a body.
            let text = person.text
            let name = text.hasSuffix(",") ? String(text.dropLast()) : readingOrder(ofName: text)
            if group.name == "authors" {
                draft.authors.append(name)
            } else {
                draft.add(name, to: roles[group.name] ?? group.name)
            }
        }
    }
}

/// The year, and the day and month in words beside it: `Mar 3`.
private func takeDate(_ dates: MarkupElement?, _ draft: inout PaperDraft) {
    guard let dates else { return }
    let year = dates["year"]?.text ?? ""
    let day = dates["pub-dates"]?.text ?? ""
    draft.take(PublicationDate("\(year) \(day)"))
    if !day.isEmpty, PublicationDate("\(year) \(day)")?.text.utf8.count ?? 0 <= 4 { draft.add(day, to: "pub-dates") }
    for date in dates.children where date.name != "year" && date.name != "pub-dates" { draft.add(date, to: date.name) }
}

private func takeAddresses(_ urls: MarkupElement?, _ draft: inout PaperDraft) {
    for group in urls?.children ?? [] {
        for address in group.children.isEmpty ? [group] : group.children {
            let text = address.text
            draft.identify(text)
            switch group.name {
            case "pdf-urls", "text-urls", "image-urls": draft.attachments.append(text)
            case _ where draft.url == nil && text.hasPrefix("http"): draft.url = text
            case _ where text != draft.url: draft.add(text, to: group.name)
            default: break
            }
        }
    }
}

private func takeNumbers(_ record: MarkupElement, _ draft: inout PaperDraft) {
    if let number = record["electronic-resource-num"]?.text, !draft.identify(number, as: "doi") {
        draft.add(number, to: "electronic-resource-num")
    }
    // PMC's number is kept in a custom field.
    if let text = record["custom2"]?.text {
        if text.hasPrefix("PMC") { draft.notePubMedCentral(text) } else { draft.add(text, to: "custom2") }
    }
    for line in record["isbn"]?.rawText.split(whereSeparator: \.isNewline) ?? [] {
        for word in line.split(whereSeparator: { $0 == " " || $0 == "," || $0 == ";" || $0 == "\t" }) {
            let digits = word.filter { $0.isNumber || $0 == "X" || $0 == "x" }
            guard digits.count >= 8, digits.first?.isNumber == true else { continue }
            draft.add(String(word), to: digits.count == 8 ? "issn" : "isbn")
        }
    }
    guard let number = record["accession-num"]?.text, !number.isEmpty else { return }
    let source = (record["remote-database-name"]?.text ?? "") + (record["remote-database-provider"]?.text ?? "")
    let isOfPubMed = ["pubmed", "medline", "nlm"].contains { source.lowercased().contains($0) }
    for prefix in ["WOS:", "ISI:"] where number.hasPrefix(prefix) {
        draft.identify(String(number.dropFirst(prefix.count)), from: "wos")
    }
    if !(isOfPubMed && draft.identify(number, as: "pmid")) { draft.add(number, to: "accession-num") }
}
