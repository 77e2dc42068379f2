/// MEDLINE's format, as PubMed exports it: `PMID- 28754806`, then a field on each line, then a blank line.
///
/// A tag fills four columns before its hyphen, and a text continues on lines that begin with spaces.
enum NBIBFormat: TaggedLineFormat {
    static let name = "nbib"
    static let fileExtensions = ["nbib", "medline"]
    static let hasBlankLines = false

    /// Certain if there is a `PMID-` or `PMC -` line and another tag that fits.
    static func recognition(of lines: [ArraySlice<UInt8>]) -> ImportRecognition {
        var tags: Set<String> = []
        for line in lines {
            if line.starts(with: "```".utf8) || line.starts(with: "~~~".utf8) { return .no }
            if let (tag, _) = field(in: line) { tags.insert(tag) }
        }
        let isFromPubMed = tags.contains("PMID") || tags.contains("PMC") || tags.isSuperset(of: ["OWN", "STAT"])
        let marks: Set = ["TI", "AB", "FAU", "AU", "DP", "TA", "JT", "PT", "OWN", "STAT", "BTI", "CTI"]
        return isFromPubMed && !tags.isDisjoint(with: marks) ? .certain : .no
    }

    static func field(in line: ArraySlice<UInt8>) -> (tag: String, start: Int)? {
        var end = line.startIndex
        while end < line.endIndex, end - line.startIndex < 4, isUpperOrDigit(line[end]) { end += 1 }
        guard end - line.startIndex >= 2, isUpper(line[line.startIndex]) else { return nil }
        var hyphen = end
        while line.byte(hyphen) == UInt8(ascii: " ") { hyphen += 1 }
        guard line.byte(hyphen) == UInt8(ascii: "-"), hyphen - line.startIndex <= 4 else { return nil }
        let isPadded = hyphen - line.startIndex == 4
        guard isPadded || hyphen + 1 >= line.endIndex || line.byte(hyphen + 1) <= 0x20 else { return nil }
        return (String(decoding: line[line.startIndex..<end], as: UTF8.self), hyphen + 1)
    }

    static func begins(_ tag: String, afterBlankLine: Bool, in open: TaggedRecord) -> Bool {
        afterBlankLine || tag == "PMID" && open.has("PMID")
    }
}

// MARK: - The paper of a record

extension NBIBFormat {
    static func draft(of record: TaggedRecord) -> PaperDraft {
        var values = TaggedValues(record)
        var draft = PaperDraft()
        readNames(&values, into: &draft)
        readTitles(&values, into: &draft)
        readIdentifiers(&values, into: &draft)
        readJournal(&values, into: &draft)
        draft.categories = values.take("MH").map { unwrapped($0).replacing("*", with: "") }
        draft.keywords = values.take("OT").map { unwrapped($0).replacing("*", with: "") }
        for language in values.take("LA") where draft.language == nil { draft.noteLanguage(language) }
        for note in values.take("GN") { draft.notes.append(unwrapped(note)) }
        for field in values.fields { draft.add(unwrapped(field.text), to: field.tag.lowercased()) }
        return draft
    }

    /// A text without the line ends of the program that wrapped it.
    private static func unwrapped(_ text: String) -> String {
        text.split(separator: "\n").map(\.trimmingSpaces).joined(separator: " ")
    }

    /// `FAU` is a name in full, and the `AU` behind it the same name with initials.
    private static func readNames(_ values: inout TaggedValues, into draft: inout PaperDraft) {
        var isAfterFullName = false
        for field in values.fields {
            let name = unwrapped(field.text)
            switch field.tag {
            case "FAU": draft.authors.append(readingOrder(ofName: name))
            case "AU" where !isAfterFullName: draft.authors.append(readingOrder(ofFamilyFirst: name))
            case "CN": draft.authors.append(name)
            case "FED": draft.add(readingOrder(ofName: name), to: "editor")
            case "ED" where !isAfterFullName: draft.add(readingOrder(ofFamilyFirst: name), to: "editor")
            default: break
            }
            isAfterFullName = field.tag == "FAU" || field.tag == "FED"
        }
        _ = values.take("FAU", "AU", "CN", "FED", "ED")
    }

    private static func readTitles(_ values: inout TaggedValues, into draft: inout PaperDraft) {
        let titles = values.take("TI").map(unwrapped)
        let bookTitle = values.takeFirst("BTI").map(unwrapped)
        let collection = values.takeFirst("CTI").map(unwrapped)
        draft.title =
            titles.isEmpty
            ? (bookTitle ?? collection ?? values.takeFirst("TT").map(unwrapped) ?? "")
            : titles.joined(separator: " ")
        if draft.title.hasPrefix("["), draft.title.hasSuffix("]."), !draft.title.dropFirst().contains("[") {
            // PubMed writes the translation of a foreign title in brackets.
            draft.title = String(draft.title.dropFirst().dropLast(2))
        }
        draft.dropFullStopOfTitle()
        if !titles.isEmpty, let bookTitle { draft.venue = bookTitle }
        if let collection, collection != draft.title { draft.add(collection, to: "series") }
        draft.abstract = values.take("AB").map(unwrapped).joined(separator: "\n")
        if draft.abstract.isEmpty { draft.abstract = values.takeFirst("OAB").map(unwrapped) ?? "" }
        if draft.abstract.hasSuffix("Abstract available from the publisher.") { draft.abstract = "" }
    }

    private static func readIdentifiers(_ values: inout TaggedValues, into draft: inout PaperDraft) {
        for text in values.take("PMID") where !draft.identify(text, as: "pmid") { draft.add(text, to: "pmid") }
        for text in values.take("PMC") { draft.notePubMedCentral(text) }
        for text in values.take("AID", "LID") {
            let words = text.split(separator: " ")
            let kind = words.last.map(String.init) ?? ""
            let id = kind.hasPrefix("[") ? words.dropLast().joined(separator: " ") : text
            if kind == "[pii]" {
                draft.add(id, to: "pii")
            } else if !draft.identify(id, as: "doi") {
                draft.add(text, to: "aid")
            }
        }
        for text in values.take("IS", "ISBN") { draft.noteSerialNumbers(text, otherwise: "issn") }
    }

    private static func readJournal(_ values: inout TaggedValues, into draft: inout PaperDraft) {
        let abbreviation = values.takeFirst("TA").map(unwrapped)
        let journal = values.takeFirst("JT").map(unwrapped)
        draft.venue = draft.venue ?? journal ?? abbreviation
        if let abbreviation, abbreviation != draft.venue { draft.add(abbreviation, to: "journal-abbreviation") }
        for text in values.take("DP") where !draft.noteDate(text) { draft.add(text, to: "dp") }
        draft.notePages(from: values.takeFirst("PG"))
        let names = [("VI", "volume"), ("IP", "issue"), ("PB", "publisher"), ("PL", "place"), ("EN", "edition")]
        for (tag, name) in names {
            for text in values.take(tag) { draft.add(unwrapped(text), to: name) }
        }
        let kinds = values.fields.filter { $0.tag == "PT" }.map { unwrapped($0.text) }
        let isInJournal = journal ?? abbreviation != nil
        draft.type = PublicationTypes.name(
            ofPubMed: kinds, isInJournal: isInJournal, isInBook: !isInJournal && draft.venue != nil)
    }
}
