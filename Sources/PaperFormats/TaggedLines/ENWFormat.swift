/// EndNote's tagged lines, after the older Refer: `%0 Journal Article`, then fields like `%T The title`.
enum ENWFormat: TaggedLineFormat {
    static let name = "enw"
    static let fileExtensions = ["enw", "refer"]

    /// Certain if a `%0` line stands before a title, name or journal, or if nothing but fields stands in the file.
    static func recognition(of lines: [ArraySlice<UInt8>]) -> ImportRecognition {
        let written = lines.filter { !$0.isBlankLine }
        let tags = written.compactMap { field(in: $0)?.tag }
        guard let first = written.first, let (tag, _) = field(in: first) else { return .no }
        let marks = Set(["T", "A", "J", "B", "D"]).intersection(tags)
        if tag == "0", !marks.isEmpty { return .certain }
        return marks.contains("T") && marks.count > 1 && tags.count * 2 > written.count ? .certain : .no
    }

    static func field(in line: ArraySlice<UInt8>) -> (tag: String, start: Int)? {
        let start = line.startIndex
        guard line.byte(start) == UInt8(ascii: "%"), (0x21...0x7E).contains(line.byte(start + 1)) else { return nil }
        guard start + 2 >= line.endIndex || line[start + 2] <= 0x20 else { return nil }
        return (String(decoding: line[(start + 1)..<(start + 2)], as: UTF8.self), start + 2)
    }

    static func begins(_ tag: String, afterBlankLine: Bool, in open: TaggedRecord) -> Bool {
        if tag == "0" { return open.has("0") || open.has("T") }
        return afterBlankLine && !open.has("0") && (open.fields.first?.tag == tag || tag == "T" && open.has("T"))
    }
}

// MARK: - The paper of a record

extension ENWFormat {
    static func draft(of record: TaggedRecord) -> PaperDraft {
        var values = TaggedValues(record)
        var draft = PaperDraft()
        if let kind = values.takeFirst("0") { draft.noteType(kind) }
        draft.title = values.takeFirst("T", "!") ?? ""
        draft.abstract = values.take("X").joined(separator: "\n")
        draft.authors = values.take("A", "Q").flatMap(names)
        for editor in values.take("E").flatMap(names) { draft.add(editor, to: "editor") }
        for name in values.take("?").flatMap(names) { draft.add(name, to: "translator") }
        draft.keywords = distinctTexts(
            values.take("K").flatMap { $0.split(separator: "\n") }.flatMap { listedParts(of: String($0)) })
        draft.notes = values.take("Z").map(plainNote)
        draft.citationKey = values.takeFirst("F")
        for language in values.take("G") { draft.noteLanguage(language) }
        readDates(&values, into: &draft)
        readIdentifiers(&values, into: &draft)
        readVenue(&values, into: &draft)
        let names = [("V", "volume"), ("N", "issue"), ("C", "place"), ("7", "edition"), ("O", "journal-abbreviation")]
        for (tag, name) in names {
            for text in values.take(tag) { draft.add(text, to: name) }
        }
        for text in values.take("9") { draft.noteKind(text) }
        for text in values.take("P") { draft.notePages(from: text) }
        for text in values.take("@") { draft.noteSerialNumbers(text, otherwise: "isbn") }
        for field in values.fields { draft.add(field.text, to: "%\(field.tag.lowercased())") }
        return draft
    }

    private static func names(_ text: String) -> [String] {
        text.split(whereSeparator: { $0 == ";" || $0 == "\n" }).map { name in
            // A comma at the end marks the name of a body.
            name.trimmingSpaces.hasSuffix(",")
                ? String(name.trimmingSpaces.dropLast()) : readingOrder(ofName: String(name))
        }.filter { !$0.isEmpty }
    }

    private static func readDates(_ values: inout TaggedValues, into draft: inout PaperDraft) {
        for text in values.take("D") where !draft.noteDate(text) { draft.add(text, to: "year") }
        for text in values.take("8") {
            let isDate = draft.noteDate(text) || draft.year.map { draft.noteDate("\($0) \(text)") } ?? false
            if !isDate { draft.add(text, to: "month") }
        }
    }

    private static func readIdentifiers(_ values: inout TaggedValues, into draft: inout PaperDraft) {
        for text in values.take("R") { draft.noteDOI(text) }
        for text in values.take("U") { text.split(separator: "\n").forEach { draft.noteLink(String($0)) } }
        for text in values.take("M") {
            let isPubMed = draft.citationKey == nil && (values.first("~") ?? values.first("W") ?? "").contains("PubMed")
            if !WOSFormat.noteAccessionNumber(text, in: &draft), !isPubMed || !draft.identify(text, as: "pmid") {
                if !draft.identify(text) { draft.add(text, to: "accession") }
            }
        }
        for text in values.take(">") {
            draft.identify(text)
            draft.attachments.append(text)
        }
    }

    private static func readVenue(_ values: inout TaggedValues, into draft: inout PaperDraft) {
        let publishers = values.take("I")
        if draft.type == "book" {
            for series in values.take("B", "S") { draft.add(series, to: "series") }
            draft.venue = values.takeFirst("J")
        } else {
            draft.venue = values.takeFirst("J", "B")
        }
        let name: String? = ["thesis": "school", "report": "institution"][draft.type ?? ""]
        for publisher in publishers { draft.add(publisher, to: name ?? "publisher") }
        if name != nil, draft.venue == nil { draft.venue = publishers.first }
        for title in values.take("B") { draft.add(title, to: "booktitle") }
        for series in values.take("S") { draft.add(series, to: "series") }
    }
}
