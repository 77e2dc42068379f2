import JSONReading
import Papers

// What the records of other sources say.

extension PaperRecord {
    /// The paper of a record that has more than Akin's first keys, whoever wrote it.
    func richOutcome(keepsEmpty: Bool, isWrapped: Bool = false) -> RecordOutcome {
        if !isWrapped, let record = wrapped { return record.richOutcome(keepsEmpty: keepsEmpty, isWrapped: true) }
        let source = source
        if source == .zotero, let kind = others.first(where: { $0.key == "itemType" })?.value.text,
            ["attachment", "note", "annotation"].contains(kind)
        {
            return .skipped(.notAPaper, reason: "an item of the type '\(kind)', no paper")
        }
        var draft = ownDraft
        let ownID = noteID(in: &draft, source: source)
        for (key, value) in others { draft.note(value, ofKey: key, source: source) }
        if source == .arXiv { draft.noteYearOfArXivID() }
        if source != .own { draft.tidyForeignLists(source) }
        let own = alternateIDs ?? formerAlternateIDs ?? []
        let paper = draft.paper(id: ownID, alternateIDs: own)
        if paper.isEmpty, !paper.isReference, !keepsEmpty || paper.hasDerivedID {
            return .skipped(.noTitleAndNoAbstract, reason: "neither a title nor an abstract")
        }
        return .paper(paper, note: yearNote)
    }

    /// The record inside this one, where a source wraps it. The keys around it complete it.
    private var wrapped: PaperRecord? {
        for key in RecordSource.wrapperKeys {
            guard let inner = others.first(where: { $0.key == key })?.value, inner.isObject,
                ["title", "abstract", "itemType"].contains(where: { inner[$0] != nil })
            else { continue }
            var record = PaperRecord(inner)
            guard key == "paper" else { return record }
            record.title = record.title ?? title
            record.abstract = record.abstract ?? abstract
            let known = Set(record.others.map(\.key) + RecordSource.wrapperKeys + ["summary"])
            record.others += others.filter { !known.contains($0.key) }
            return record
        }
        return nil
    }

    /// Reads a record from a value that has been read already.
    private init(_ value: JSONValue) {
        let bytes = Array(value.json.utf8)
        var reader = JSONReader(bytes, in: bytes.indices)
        var record = PaperRecord()
        try? reader.object { (reader, key) throws(JSONError) in
            var attempt = reader
            do throws(JSONError) {
                try record.read(key, &attempt)
                reader = attempt
            } catch {
                try reader.skipValue()
            }
        }
        self = record
    }

    /// What Akin's and BEIR's keys say.
    private var ownDraft: PaperDraft {
        var draft = PaperDraft()
        draft.title = title ?? ""
        draft.abstract = abstract ?? beirText ?? ""
        draft.authors = details.authors ?? metadata.authors ?? []
        draft.year = details.year?.number ?? metadata.year?.number
        draft.date = details.year?.date
        draft.venue = details.venue ?? metadata.venue
        if draft.venue.map({ tidied($0).isEmpty }) == true { draft.venue = nil }
        draft.categories = details.categories ?? metadata.categories ?? []
        draft.keywords = details.keywords ?? metadata.keywords ?? []
        draft.url = details.url ?? metadata.url
        guard let rich = details.rich else { return draft }
        if let date = rich.date {
            if let read = PublicationDate(date) {
                draft.date = read.text
                draft.year = draft.year ?? read.year
            } else {
                draft.add(date, to: "date")
            }
        }
        draft.type = rich.type
        draft.language = rich.language
        draft.citationKey = rich.citationKey
        draft.collections = rich.collections
        draft.tags = rich.tags
        draft.keywords += rich.automaticTags
        draft.fields = rich.fields
        draft.notes = rich.notes
        draft.attachments = rich.attachments
        for (name, values) in rich.attributes { draft.attributes[name, default: []] += values }
        return draft
    }

    /// Notes what the record's id means. Returns the id that the paper keeps as it is, if there is one.
    private func noteID(in draft: inout PaperDraft, source: RecordSource) -> String? {
        let given = id?.isEmpty == false ? id : beirID
        guard let id = given, !id.isEmpty else { return nil }
        switch source {
        case .own: return id
        case .arXiv, .huggingFace: if draft.identify(id, as: "arxiv") { return nil }
        case .openAlex: if draft.noteOpenAlex(id) { return nil }
        case .mendeley: draft.identify(id, from: "mendeley")
        case .semanticScholar: if draft.identify(id, as: "s2") { return nil }
        case .csl, .zotero, .crossref:
            if id.contains(":") || id.contains("/"), draft.identify(id) { return nil }
            if draft.citationKey == nil, !id.contains("/") { draft.citationKey = id } else { draft.add(id, to: "id") }
            return nil
        }
        if source != .mendeley { draft.add(id, to: "id") }
        return nil
    }
}

extension JSONValue {
    /// The value as JSON text.
    fileprivate var json: String {
        var text = ""
        append(to: &text)
        return text
    }

    private func append(to text: inout String) {
        switch self {
        case .null: text += "null"
        case .boolean(let value): text += value ? "true" : "false"
        case .number(let digits): text += digits
        case .string(let string): appendJSON(string, to: &text)
        case .array(let elements):
            text += "["
            for (index, element) in elements.enumerated() {
                if index > 0 { text += "," }
                element.append(to: &text)
            }
            text += "]"
        case .object(let fields):
            text += "{"
            for (index, field) in fields.enumerated() {
                if index > 0 { text += "," }
                appendJSON(field.key, to: &text)
                text += ":"
                field.value.append(to: &text)
            }
            text += "}"
        }
    }
}
