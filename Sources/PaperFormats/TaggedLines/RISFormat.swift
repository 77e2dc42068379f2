import Papers

/// RIS: `TY  - JOUR`, then a field on each line, then `ER  - `.
///
/// Programs differ in nearly everything, so this is tolerant: one space before the hyphen or two, none behind it,
/// records without `TY` or without `ER`, lines before and between the records, texts over several lines.
enum RISFormat: TaggedLineFormat {
    static let name = "ris"
    static let fileExtensions = ["ris"]
    static let lastTags: Set<String> = ["ER"]

    /// Certain if there is a `TY` line and another tag, or, without it, a title, another tag and an `ER`. A fence of
    /// Markdown contradicts.
    static func recognition(of lines: [ArraySlice<UInt8>]) -> ImportRecognition {
        var tags: Set<String> = []
        var firstTag: String?
        for line in lines {
            if line.starts(with: "```".utf8) || line.starts(with: "~~~".utf8) { return .no }
            guard let (tag, _) = field(in: line) else { continue }
            if NBIBFormat.field(in: line)?.tag == "PMID" { return .no }
            firstTag = firstTag ?? tag
            tags.insert(tag)
        }
        if tags.contains("TY") { return tags.count > 1 ? .certain : .no }
        let hasTitle = !tags.isDisjoint(with: ["TI", "T1", "CT"])
        if hasTitle, tags.contains("ER"), tags.isSubset(of: knownTags) { return .certain }
        let isPlain = tags.count > 1 && tags.isSubset(of: knownTags)
        return hasTitle && isPlain && !tags.isDisjoint(with: ["AU", "A1", "AB", "N2", "PY", "Y1", "DO"])
            ? .plausible : .no
    }

    static func field(in line: ArraySlice<UInt8>) -> (tag: String, start: Int)? {
        let space = UInt8(ascii: " ")
        guard let first = line.firstIndex(where: { $0 > space }) else { return nil }
        let letters = (line.byte(first), line.byte(first + 1))
        guard isUpper(letters.0), isUpperOrDigit(letters.1) else { return nil }
        var hyphen = first + 2
        while line.byte(hyphen) == space || line.byte(hyphen) == 0x09 { hyphen += 1 }
        guard line.byte(hyphen) == UInt8(ascii: "-"), hyphen - first <= 6 else { return nil }
        let tag = String(decoding: line[first..<(first + 2)], as: UTF8.self)
        let isOpen = hyphen + 1 >= line.endIndex || line.byte(hyphen + 1) <= space
        if hyphen - first >= 4 {
            guard first == line.startIndex || isOpen else { return nil }
        } else {
            guard first == line.startIndex, knownTags.contains(tag), isOpen || tag == "TY" || tag == "ER" else {
                return nil
            }
        }
        return (tag, hyphen + 1)
    }

    /// A second `TY` begins a record whose predecessor has no `ER`. Without any `TY`, the first tag does so when it
    /// comes again after a blank line.
    static func begins(_ tag: String, afterBlankLine: Bool, in open: TaggedRecord) -> Bool {
        if tag == "TY" { return open.has("TY") || open.has("TI") || open.has("T1") }
        return afterBlankLine && !open.has("TY") && open.fields.first?.tag == tag
    }

    /// Ovid writes fields behind the end of a record. They are no record of their own.
    static func isRemainder(_ record: TaggedRecord) -> Bool {
        !["TY", "TI", "T1", "CT", "BT", "AB", "N2", "AU", "A1"].contains { record.has($0) }
    }

    /// The tags of the specification, and those that databases add.
    private static let knownTags: Set<String> = {
        let tags = """
            TY ID A1 A2 A3 A4 AB AD AI AN AU AV BT C1 C2 C3 C4 C5 C6 C7 C8 CA CC CN CP CT CY DA DB DI DO DP ED EP ER \
            ET FU FX ID IS J1 J2 J9 JA JF JI JO KW L1 L2 L3 L4 LA LB LK LN M1 M2 M3 M4 N1 N2 NL NV OP PA PB PI PP PT \
            PU PY RI RN RP SE SN SP ST SV T1 T2 T3 TA TI TS TT U1 U2 U3 U4 U5 UR VL VO WE WP WT WV Y1 Y2 YR
            """
        return Set(tags.split(separator: " ").map(String.init))
    }()
}

// MARK: - The paper of a record

extension RISFormat {
    static func draft(of record: TaggedRecord) -> PaperDraft {
        var values = TaggedValues(record)
        var draft = PaperDraft()
        if let kind = values.takeFirst("TY") { draft.noteType(kind) }
        readTitles(&values, into: &draft)
        readNames(&values, into: &draft)
        readDates(&values, into: &draft)
        readIdentifiers(&values, into: &draft)
        readVenue(&values, into: &draft)
        readNumbers(&values, into: &draft)
        readOwnFields(&values, into: &draft)
        draft.keywords = keywords(values.take("KW"))
        draft.notes = values.take("N1").map(plainNote)
        for language in values.take("LA") { draft.noteLanguage(language) }
        draft.keep(values)
        return draft
    }

    /// What ``RISExporter`` writes before an id and before a collection in the field `U5`.
    static let idMark = "id: "
    static let collectionMark = "collection: "

    private static func readOwnFields(_ values: inout TaggedValues, into draft: inout PaperDraft) {
        for text in values.take("U5") {
            if text.hasPrefix(idMark) {
                let id = String(text.dropFirst(idMark.count))
                if !draft.identify(id) { draft.identify(exactly: id) }
            } else if text.hasPrefix(collectionMark) {
                draft.collections.append(tidied(String(text.dropFirst(collectionMark.count))))
            } else {
                draft.add(text, to: "u5")
            }
        }
    }

    private static func readTitles(_ values: inout TaggedValues, into draft: inout PaperDraft) {
        let isBook = draft.type == "book"
        draft.title =
            values.takeFirst("TI", "T1", "CT", "BT")
            ?? (isBook ? values.takeFirst("T2", "ST", "TT") : values.takeFirst("ST", "TT")) ?? ""
        let abstracts = values.take("AB")
        draft.abstract = distinctTexts(abstracts).joined(separator: "\n")
        if abstracts.isEmpty { draft.abstract = distinctTexts(values.take("N2")).joined(separator: "\n") }
    }

    private static func readNames(_ values: inout TaggedValues, into draft: inout PaperDraft) {
        draft.authors = names(values.take("AU", "A1"))
        for editor in names(values.take("A2", "ED")) { draft.add(editor, to: "editor") }
        for translator in names(values.take("A4")) { draft.add(translator, to: "translator") }
    }

    /// The names of some fields, each once. A field holds one name; some programs write several, with semicolons.
    private static func names(_ values: [String]) -> [String] {
        distinctTexts(
            values.flatMap { $0.split(whereSeparator: { $0 == ";" || $0 == "\n" }) }
                .map { readingOrder(ofName: String($0)) })
    }

    private static func readDates(_ values: inout TaggedValues, into draft: inout PaperDraft) {
        for text in values.take("PY", "Y1", "YR") where !draft.noteDate(text) { draft.add(text, to: "year") }
        for text in values.take("DA") {
            if draft.noteDate(text) { continue }
            // `SEP 12` belongs to the year in another field. A date of another year is kept beside it.
            let isWhole = PublicationDate(text) != nil
            let isPart =
                isWhole ? false : draft.year.map { draft.noteDate("\($0) \(text)") && draft.date != "\($0)" } ?? false
            if !isPart { draft.add(text, to: "da") }
        }
    }

    private static func readIdentifiers(_ values: inout TaggedValues, into draft: inout PaperDraft) {
        for text in values.take("DO", "DI") { draft.noteDOI(text) }
        for text in values.take("UR", "LK") {
            for link in text.split(separator: "\n") {
                draft.noteLink(String(link.split(separator: " ").first ?? link))
            }
        }
        for text in values.take("L1", "L2", "L4") {
            for link in text.split(separator: "\n").map(\.trimmingSpaces) where !link.isEmpty {
                draft.identify(link)
                draft.attachments.append(link)
            }
        }
        for text in values.take("L3") where !draft.identify(text) { draft.add(text, to: "l3") }
        // The kind of a work; some programs have the DOI there.
        for text in values.take("M3") where !draft.identify(text) { draft.noteKind(text) }
        readAccessionNumbers(&values, into: &draft)
        for text in values.take("ID", "LB") {
            if draft.identify(text) { continue }
            let isKey = text.contains { $0.isLetter } && !text.contains { $0.isWhitespace } && !text.contains(":")
            if isKey, draft.citationKey == nil { draft.citationKey = text } else { draft.add(text, to: "id") }
        }
    }

    private static func readAccessionNumbers(_ values: inout TaggedValues, into draft: inout PaperDraft) {
        guard values.fields.contains(where: { ["AN", "C2", "C3"].contains($0.tag) }) else { return }
        let database = (values.first("DB") ?? values.first("DP") ?? "").lowercased()
        let isMedline = database.contains("pubmed") || database.contains("medline")
        for text in values.take("AN") {
            if !WOSFormat.noteAccessionNumber(text, in: &draft), !isMedline || !draft.identify(text, as: "pmid") {
                draft.add(text, to: "an")
            }
        }
        for tag in ["C2", "C3"] {
            for text in values.take(tag) {
                let words = text.split(separator: " ")
                let isPubMed = words.count == 2 && ["PUBMED", "PMID", "PMID:"].contains(words[0])
                let isOfScopus = tag == "C2" && database == "scopus"
                if isPubMed
                    ? draft.identify(String(words[1]), as: "pmid") : isOfScopus && draft.identify(text, as: "pmid")
                {
                    continue
                }
                draft.add(text, to: tag.lowercased())
            }
        }
    }

    private static func readVenue(_ values: inout TaggedValues, into draft: inout PaperDraft) {
        let publishers = values.take("PB", "PU")
        switch draft.type {
        case "book" where values.first("SP") == nil:
            draft.venue = values.takeFirst("JF", "JO")
            for series in values.take("T2", "T3") { draft.add(series, to: "series") }
        case "chapter", "paper-conference", "book", "entry-encyclopedia", "entry-dictionary":
            draft.venue = values.takeFirst("T2", "BT", "JF", "JO", "JA", "J2", "T3")
        default:
            draft.venue = values.takeFirst("JF", "T2", "JO", "JA", "J2", "J1", "JI", "J9", "BT", "T3")
        }
        let name: String? = ["thesis": "school", "report": "institution"][draft.type ?? ""]
        for publisher in publishers { draft.add(publisher, to: name ?? "publisher") }
        if name != nil, draft.venue == nil { draft.venue = publishers.first }
        for title in values.take("JA", "J2", "J1", "JI", "J9", "JO") { draft.add(title, to: "journal-abbreviation") }
        for series in values.take("T3") { draft.add(series, to: "series") }
        for title in values.take("BT") { draft.add(title, to: "booktitle") }
    }

    private static func readNumbers(_ values: inout TaggedValues, into draft: inout PaperDraft) {
        // Ovid writes "No pagination specified" into the pages.
        if values.first("SP") == "No", values.first("EP") == "Specified" { _ = values.take("SP", "EP") }
        draft.notePages(from: values.takeFirst("SP"), to: values.takeFirst("EP"))
        for text in values.take("SN") { draft.noteSerialNumbers(text, otherwise: "sn") }
        let names = [("VL", "volume"), ("VO", "volume"), ("IS", "issue"), ("ET", "edition"), ("CY", "place")]
        for (tag, name) in names + [("PP", "place"), ("PI", "place")] {
            for text in values.take(tag) { draft.add(text, to: name) }
        }
    }

    /// The keywords of the fields. EndNote writes one on each line of a field; others write a field for each, or all of
    /// them in one line. A star marks the main subjects of a database.
    private static func keywords(_ values: [String]) -> [String] {
        let single = values.count == 1 && !values[0].contains("\n")
        let isList = single && (values[0].contains(";") || values[0].count { $0 == "," } > 1)
        let words =
            isList ? listedParts(of: values[0]) : values.flatMap { $0.split(separator: "\n").map(\.trimmingSpaces) }
        let parts = isList ? words : words.flatMap { $0.contains("; ") ? listedParts(of: $0) : [$0] }
        return distinctTexts(parts.map(withoutStar))
    }
}

/// The texts in their order, each once.
func distinctTexts(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { !$0.isEmpty && seen.insert($0).inserted }
}

extension PaperDraft {
    /// Keeps the values that a format did not take, as attributes under their tags in lower case.
    mutating func keep(_ values: TaggedValues) {
        for field in values.fields where field.text != title && field.text != abstract {
            add(field.text, to: field.tag.lowercased())
        }
    }
}
