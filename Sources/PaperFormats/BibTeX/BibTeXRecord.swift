import Papers

/// Turns the fields of an entry into a paper.
struct BibTeXRecord {
    private let type: String
    private let key: String
    private let groups: BibTeXGroups
    private var values: [BibTeXValue]
    private var draft = PaperDraft()

    /// The paper of an entry, possibly one without a title and an abstract.
    ///
    /// - Parameters:
    ///   - type: The type of the entry, in lower case.
    ///   - key: The key, possibly empty.
    ///   - values: The fields, its own first.
    ///   - groups: The groups of the file.
    /// - Returns: The paper.
    static func paper(type: String, key: String, values: [BibTeXValue], groups: BibTeXGroups) -> Paper {
        var record = BibTeXRecord(type: type, key: key, values: values, groups: groups)
        record.read()
        return record.draft.paper()
    }

    private init(type: String, key: String, values: [BibTeXValue], groups: BibTeXGroups) {
        self.type = type
        self.key = key
        self.groups = groups
        self.values = values.filter { !$0.text.isEmpty }
    }

    private mutating func read() {
        draft.citationKey = key.isEmpty ? nil : key
        draft.type = BibTeXTypes.paperType(of: type)
        if type == "article", let kind = text("entrysubtype")?.lowercased(), ["magazine", "newspaper"].contains(kind) {
            draft.type = "article-\(kind)"
            _ = take("entrysubtype")
        }
        readIdentifiers()
        readTitle()
        draft.abstract = takeText("abstract") ?? ""
        readPeople()
        readVenue()
        readDate()
        readLists()
        readLanguage()
        for value in values { addAttribute(value) }
    }

    // MARK: - Fields

    /// Takes a field away and returns its source. Others of the same name stay, and become attributes.
    private mutating func take(_ name: String) -> ArraySlice<UInt8>? {
        guard let index = values.firstIndex(where: { $0.name == name }) else { return nil }
        return values.remove(at: index).text
    }

    private mutating func takeText(_ name: String) -> String? {
        take(name).map { plainText(ofTeX: $0) }
    }

    private mutating func takeItems(_ name: String) -> [String] {
        guard let text = take(name) else { return [] }
        return (BibTeXSyntax.bracedItems(text) ?? [text]).map { plainText(ofTeX: $0) }
    }

    private mutating func takeAddress(_ name: String) -> String? {
        take(name).map { tidied(plainAddress(ofTeX: $0)) }
    }

    private mutating func takeAll(_ names: Set<String>) -> [ArraySlice<UInt8>] {
        let taken = values.filter { names.contains($0.name) }.map(\.text)
        if !taken.isEmpty { values.removeAll { names.contains($0.name) } }
        return taken
    }

    private func text(_ name: String) -> String? {
        values.first { $0.name == name }.map { plainText(ofTeX: $0.text) }
    }

    /// Keeps a field as it is under the name of its attribute.
    private mutating func addAttribute(_ value: BibTeXValue) {
        if BibTeXAttributes.people.contains(value.name) {
            let list = BibTeXNames.names(in: value.text)
            for name in list.names { draft.add(name, to: value.name) }
            if list.hasOthers { draft.add(value.name, to: "others") }
            return
        }
        let isVerbatim = BibTeXAttributes.isVerbatim(value.name)
        for item in BibTeXSyntax.bracedItems(value.text) ?? [value.text] {
            let text = isVerbatim ? plainAddress(ofTeX: item) : plainText(ofTeX: item)
            draft.add(text, to: BibTeXAttributes.attribute(of: value.name))
        }
    }

    // MARK: - Identifiers

    private mutating func readIdentifiers() {
        if let doi = takeAddress("doi"), !identifyDOI(doi) { draft.add(doi, to: "doi") }
        for name in ["pmid", "pubmedid", "pubmed_id"] {
            if let number = takeAddress(name), !draft.identify(number, as: "pmid") { draft.add(number, to: name) }
        }
        if let number = takeAddress("unique-id"), !WOSFormat.noteAccessionNumber(number, in: &draft) {
            draft.add(number, to: "unique-id")
        }
        readEprint()
        if let url = takeAddress("url") {
            draft.url = url
            draft.identify(url)
        }
        for name in ["link", "ee"] where draft.url == nil { draft.url = takeAddress(name) }
        if draft.url == nil, let published = values.first(where: { $0.name == "howpublished" })?.text,
            published.starts(with: Array("\\url{".utf8))
        {
            draft.url = plainAddress(ofTeX: published)
            if published.last == UInt8(ascii: "}") { _ = take("howpublished") }
        }
        for list in takeAll(["identifiers"]) {
            for item in BibTeXSyntax.parts(list, separator: UInt8(ascii: ",")) {
                let text = plainAddress(ofTeX: item)
                if text.lowercased().hasPrefix("isbn:") {
                    draft.add(String(text.dropFirst(5)), to: "isbn")
                } else if !draft.identify(text) {
                    draft.identify(exactly: text)
                }
            }
        }
    }

    /// Notes a DOI, also one behind the address of a resolver that nobody knows.
    private mutating func identifyDOI(_ text: String) -> Bool {
        if draft.identify(text, as: "doi") { return true }
        guard text.contains("://"), let start = text.firstRange(of: "/10.") else { return false }
        return draft.identify(String(text[start.lowerBound...].dropFirst()), as: "doi")
    }

    private mutating func readEprint() {
        let prefix = (text("eprinttype") ?? text("archiveprefix"))?.lowercased() ?? ""
        if let eprint = values.first(where: { $0.name == "eprint" }).map({ plainAddress(ofTeX: $0.text) }) {
            let schemes = ["arxiv": "arxiv", "pubmed": "pmid", "pmid": "pmid", "": "arxiv"]
            if let scheme = schemes[prefix], draft.identify(eprint, as: scheme) {
                _ = take("eprint")
                if !prefix.isEmpty { _ = take("eprinttype") ?? take("archiveprefix") }
                if scheme == "arxiv", type == "misc" || type == "online" || type == "unpublished" {
                    draft.type = "article"
                }
            }
        }
        if let state = text("pubstate")?.lowercased(), state == "prepublished" || state == "preprint",
            type == "misc" || type == "online" || type == "unpublished"
        {
            draft.type = "article"
            _ = take("pubstate")
        }
        let categories = takeAll(["categories"]).flatMap { BibTeXSyntax.parts($0, separator: UInt8(ascii: ",")) }
        draft.categories = categories.map { plainText(ofTeX: $0) }
        for name in ["primaryclass", "eprintclass"] {
            if let subject = takeText(name), !draft.categories.contains(subject) { draft.categories.append(subject) }
        }
    }

    // MARK: - Titles

    private mutating func readTitle() {
        if let title = takeText("title") {
            draft.title = joined(title, takeText("subtitle"))
            if BibTeXTypes.books.contains(type), let same = text("booktitle"), tidied(same) == tidied(draft.title) {
                _ = take("booktitle")
            }
            return
        }
        // Some collections, volumes and issues have another title only.
        for (name, addition) in [
            ("booktitle", "booksubtitle"), ("maintitle", "mainsubtitle"), ("issuetitle", "issuesubtitle"),
            ("eventtitle", ""), ("shorttitle", ""),
        ] {
            if let title = takeText(name) {
                draft.title = joined(title, takeText(addition))
                return
            }
        }
    }

    private func joined(_ title: String, _ addition: String?) -> String {
        guard let addition = addition.map(tidied), !addition.isEmpty else { return title }
        let title = tidied(title)
        if title.hasSuffix(addition) { return title }
        return title.last.map { ":?!.".contains($0) } == true ? "\(title) \(addition)" : "\(title): \(addition)"
    }

    private mutating func readVenue() {
        let isOwn = values.first { ["journaltitle", "journal", "booktitle"].contains($0.name) }?.isOwn ?? true
        for (name, addition) in [("journaltitle", "journalsubtitle"), ("journal", "")] where draft.venue == nil {
            if let journal = takeText(name) { draft.venue = joined(journal, takeText(addition)) }
        }
        if draft.venue == nil, !BibTeXTypes.books.contains(type), let book = takeText("booktitle") {
            draft.venue = joined(book, takeText("booksubtitle"))
        }
        if draft.venue == nil, BibTeXTypes.reports.contains(type) {
            draft.venue = text("institution") ?? text("school") ?? text("publisher") ?? text("organization")
        }
        if let same = text("booktitle"), tidied(same) == draft.venue.map(tidied) { _ = take("booktitle") }
        readArXivVenue(isOwn: isOwn)
        if BibTeXTypes.articles.contains(type) { for number in takeItems("number") { draft.add(number, to: "issue") } }
        for pages in takeItems("pages") { draft.notePages(from: pages) }
        if values.contains(where: { $0.name == "address" }), let place = takeText("location") {
            // The publisher has the address; the location is another place, such as that of a conference.
            draft.add(place, to: "location")
        }
        if type == "mastersthesis" || type == "bachelorsthesis", !values.contains(where: { $0.name == "type" }) {
            draft.add(type, to: "type")
        }
    }

    /// Reads the arXiv id that some sources put into the journal: `arXiv preprint arXiv:1706.03762`, or `CoRR` with the
    /// volume `abs/1706.03762`.
    private mutating func readArXivVenue(isOwn: Bool) {
        guard isOwn, let venue = draft.venue?.lowercased() else { return }
        let isFound =
            if venue.hasPrefix("arxiv"),
                let id = venue.split(separator: " ").last(where: { $0.contains(where: \.isNumber) })
            {
                draft.identify(String(id), as: "arxiv")
            } else if venue == "corr", let volume = text("volume"), volume.hasPrefix("abs/") {
                draft.identify(String(volume.dropFirst(4)), as: "arxiv")
            } else {
                false
            }
        if isFound, type == "article" { draft.type = "article" }
    }

    // MARK: - People and dates

    private mutating func readPeople() {
        guard let list = take("author") else { return }
        let authors = BibTeXNames.names(in: list)
        draft.authors = authors.names
        if authors.hasOthers { draft.add("author", to: "others") }
    }

    private mutating func readDate() {
        var dates: [BibTeXDate] = []
        if let date = takeAddress("date") { dates.append(BibTeXDate(date: date)) }
        let (year, month, day) = (takeText("year"), takeText("month"), takeText("day"))
        if year != nil || month != nil || day != nil {
            dates.append(BibTeXDate(year: year.map(tidied), month: month.map(tidied), day: day.map(tidied)))
        }
        guard let first = dates.first(where: { $0.year != nil }) else {
            for date in dates { for (name, text) in date.unread { draft.add(text, to: name) } }
            return
        }
        (draft.year, draft.date) = (first.year, first.text)
        for date in dates { for (name, text) in date.unread { draft.add(text, to: name) } }
        // Two dates that differ are both kept.
        if dates.count > 1, let other = dates.last, other.year != first.year, let year = other.year {
            draft.add(String(year), to: "year")
        }
    }

    // MARK: - Lists

    private mutating func readLists() {
        for list in takeAll(["keywords", "keyword", "author_keywords", "keywords-plus"]) {
            draft.keywords += words(of: list)
        }
        for list in takeAll(["tags", "mendeley-tags"]) { draft.tags += words(of: list) }
        let named = takeAll(["groups"]).flatMap { BibTeXSyntax.parts($0, separator: UInt8(ascii: ",")) }
        draft.collections = groups.collections(named: named.map { plainText(ofTeX: $0) }, key: key)
        for file in takeAll(["file"]) { draft.attachments += BibTeXAttachments.paths(in: file) }
        for address in takeAll(["pdf"]) { draft.attachments.append(plainAddress(ofTeX: address)) }
        // The source's own remark, which stays an attribute, may name the paper.
        for field in values where field.name == "note" && field.isOwn {
            let note = plainText(ofTeX: field.text)
            if note.utf8.count < 40 { draft.identify(note) }
        }
        for list in takeAll(BibTeXRecord.noteFields) { draft.notes += BibTeXRecord.notes(in: list) }
    }

    /// Fields of what a person writes about a paper. `note` is a field of the source: `in press`, `to appear`.
    private static let noteFields: Set<String> = [
        "annote", "annotation", "annotations", "review", "comment", "notes",
    ]

    /// The words of a list. Commas part them, unless there are semicolons.
    private func words(of list: ArraySlice<UInt8>) -> [String] {
        let parts = BibTeXSyntax.parts(list, separator: UInt8(ascii: ";"))
        let hasSemicolons = parts.count > 1 || list.last == UInt8(ascii: ";")
        let cut = hasSemicolons ? parts : BibTeXSyntax.parts(list, separator: UInt8(ascii: ","))
        return cut.map { plainText(ofTeX: $0) }
    }

    /// The notes of a field. `\par` parts them.
    private static func notes(in source: ArraySlice<UInt8>) -> [String] {
        let mark = Array("\\par".utf8)
        var notes: [String] = []
        var (start, index) = (source.startIndex, source.startIndex)
        while index < source.endIndex {
            let after = index + mark.count
            if source[index] == mark[0], source[index...].starts(with: mark),
                after >= source.endIndex || !isASCIILetter(source[after])
            {
                notes.append(plainText(ofTeX: BibTeXSyntax.trimmed(source[start..<index])))
                start = min(after, source.endIndex)
                index = start
            } else {
                // What a backslash escapes begins no command.
                index += source[index] == UInt8(ascii: "\\") ? 2 : 1
            }
        }
        notes.append(plainText(ofTeX: BibTeXSyntax.trimmed(source[start...])))
        return notes.filter { !$0.isEmpty }
    }

    private mutating func readLanguage() {
        var languages: [String] = []
        for name in ["language", "langid", "languages"] {
            if let language = takeText(name).map(tidied), !language.isEmpty { languages.append(language) }
        }
        draft.language = languages.first.map { LanguageTags.tag(of: $0) }
        for language in languages.dropFirst() where LanguageTags.tag(of: language) != draft.language {
            draft.add(language, to: "langid")
        }
    }
}
