#if Store
import Papers

/// An item of Zotero that is a paper, as its database has it.
struct ZoteroItem {
    let id: Int64
    let key: String
    let type: String
    /// The number of the group that the item is in; `nil` in the user's own library.
    var group: String?
    var fields: [(name: String, value: String)] = []
    /// The people, in order, by what they did.
    var creators: [(type: String, name: String)] = []
    var collections: [String] = []
    var tags: [String] = []
    var keywords: [String] = []
    var notes: [String] = []
    var attachments: [String] = []
    /// Where the texts of the attachments are, as far as Zotero has read them.
    var texts: [ZoteroText] = []

    init(id: Int64, key: String, type: String) {
        self.id = id
        self.key = key
        self.type = type
    }

    /// The paper.
    func paper() -> Paper {
        var draft = PaperDraft()
        draft.type = PublicationTypes.name(ofZotero: type)
        draft.collections = collections
        draft.tags = tags
        draft.keywords = keywords
        draft.notes = notes
        draft.attachments = attachments
        addCreators(to: &draft)
        var venues: [String: String] = [:]
        for (name, value) in fields {
            if ZoteroItem.venues.contains(name) { venues[name] = value } else { add(value, of: name, to: &draft) }
        }
        let best = ZoteroItem.venues.first { venues[$0] != nil }
        draft.venue = best.flatMap { venues[$0] }
        for (name, value) in venues where name != best || ZoteroItem.attributesToo.contains(name) {
            draft.add(value, to: ZoteroItem.attributes[name] ?? name.lowercased())
        }
        draft.noteVenueOfLastResort()
        if draft.abstract.isEmpty { draft.abstract = texts.lazy.map(\.abstract).first { !$0.isEmpty } ?? "" }
        if !key.isEmpty { draft.identify(group.map { "\($0)/\(key)" } ?? key, from: "zotero") }
        return draft.paper()
    }

    private func addCreators(to draft: inout PaperDraft) {
        for (type, name) in creators where !name.isEmpty {
            if ZoteroItem.authorTypes.contains(type) {
                draft.authors.append(name)
            } else {
                draft.add(name, to: type.lowercased())
            }
        }
    }

    private func add(_ value: String, of field: String, to draft: inout PaperDraft) {
        switch field {
        case "title", "caseName", "nameOfAct", "subject": draft.title = value
        case "abstractNote": draft.abstract = value
        case "date", "dateDecided", "dateEnacted", "issueDate": addDate(value, to: &draft)
        case "url":
            draft.url = value
            draft.identify(value)
        case "DOI": draft.noteDOI(value)
        case "archiveID": if !draft.identify(value) { draft.add(value, to: "archiveid") }
        case "PMID": draft.identify(value, as: "pmid")
        case "PMCID": draft.notePubMedCentral(value)
        case "thesisType", "reportType", "manuscriptType", "genre", "type": draft.noteKind(value)
        case "ISSN", "ISBN": draft.noteSerialNumbers(value, otherwise: field.lowercased())
        case "language": draft.noteLanguage(value)
        case "citationKey": draft.citationKey = value
        case "extra": addExtra(value, to: &draft)
        case "pages": draft.notePages(from: value)
        default: draft.add(value, to: ZoteroItem.attributes[field] ?? field.lowercased())
        }
    }

    /// A date is kept as ISO 8601, with zeros for what is not known, before what the person wrote:
    /// `2021-05-00 May 2021`.
    private func addDate(_ value: String, to draft: inout PaperDraft) {
        let parts = value.prefix(10).split(separator: "-", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { Int($0) }
        let written = value.dropFirst(10).trimmingSpaces
        let date =
            parts.map(\.utf8.count) == [4, 2, 2] && numbers.count == 3
            ? PublicationDate(year: numbers[0], month: numbers[1], day: numbers[2]) ?? PublicationDate(written)
            : PublicationDate(value)
        guard let date else { return draft.add(written.isEmpty ? value : written, to: "date") }
        draft.year = date.year
        draft.date = date.text
    }

    /// The field for everything else has lines such as `PMID: 123`, and any text.
    private func addExtra(_ value: String, to draft: inout PaperDraft) {
        var rest: [Substring] = []
        for line in value.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            let parts = line.split(separator: ":", maxSplits: 1)
            let content = parts.count == 2 ? parts[1].trimmingSpaces : ""
            guard parts.count == 2, !content.isEmpty,
                add(content, ofExtra: parts[0].trimmingSpaces.lowercased(), to: &draft)
            else {
                rest.append(line)
                continue
            }
        }
        draft.add(rest.joined(separator: "\n").trimmingSpaces, to: "extra")
    }

    private func add(_ value: String, ofExtra key: String, to draft: inout PaperDraft) -> Bool {
        switch key {
        case "citation key", "bibtex": draft.citationKey = value
        case "arxiv", "arxiv id":
            let id = value.split(separator: " ").first.map(String.init) ?? value
            return draft.identify(id, as: "arxiv")
        case "doi": return draft.identify(value, as: "doi")
        case "pmid": return draft.identify(value, as: "pmid")
        case "pmcid": draft.notePubMedCentral(value)
        default: return false
        }
        return true
    }

    // MARK: - Names

    /// The fields that name the place of publication, the best first.
    private static let venues = [
        "publicationTitle", "proceedingsTitle", "bookTitle", "encyclopediaTitle", "dictionaryTitle", "blogTitle",
        "forumTitle", "websiteTitle", "programTitle", "conferenceName", "meetingName", "university", "institution",
        "repository",
    ]

    /// The fields that are attributes even if they name the place of publication.
    private static let attributesToo: Set<String> = ["institution", "university"]

    /// The attributes whose name is not that of the field in lower case.
    private static let attributes = [
        "journalAbbreviation": "journal-abbreviation", "university": "school", "bookTitle": "booktitle",
        "proceedingsTitle": "booktitle", "seriesTitle": "series", "numberOfVolumes": "volumes",
    ]

    /// What authors are called in the different kinds of items.
    private static let authorTypes: Set<String> = [
        "author", "inventor", "programmer", "presenter", "director", "artist", "cartographer", "interviewee",
        "podcaster",
        "performer", "sponsor",
    ]
}
#endif
