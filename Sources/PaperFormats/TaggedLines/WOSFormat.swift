import Papers

/// The tagged lines of the Web of Science and its relatives: `PT J`, then fields like `AU Kuhn, TS`, then `ER`.
///
/// A text continues on lines that begin with three spaces. Of names and references, each line is one.
enum WOSFormat: TaggedLineFormat {
    static let name = "wos"
    static let fileExtensions = ["wos", "ciw", "isi"]
    static let lastTags: Set<String> = ["ER", "EF"]
    static let frameTags: Set<String> = ["FN", "VR"]
    static let hasBlankLines = false

    /// Certain if the file begins with `FN` and `VR` or with `PT`, and a title follows.
    static func recognition(of lines: [ArraySlice<UInt8>]) -> ImportRecognition {
        let tags = lines.prefix(400).compactMap { field(in: $0)?.tag }
        let start = tags.prefix(3)
        guard start.first == "PT" || start.starts(with: ["FN", "VR"]), tags.contains("PT") else { return .no }
        let first = lines.first { !$0.isBlankLine } ?? []
        guard let (tag, _) = field(in: first), tag == "FN" || tag == "PT" else { return .no }
        let marks: Set = ["TI", "AU", "SO", "AB", "UT"]
        return tags.count > 3 && marks.intersection(tags).count > 1 ? .certain : .no
    }

    static func field(in line: ArraySlice<UInt8>) -> (tag: String, start: Int)? {
        let start = line.startIndex
        guard isUpper(line.byte(start)), isUpperOrDigit(line.byte(start + 1)) else { return nil }
        guard start + 2 >= line.endIndex || line[start + 2] == UInt8(ascii: " ") else { return nil }
        return (String(decoding: line[start..<(start + 2)], as: UTF8.self), start + 2)
    }

    static func begins(_ tag: String, afterBlankLine: Bool, in open: TaggedRecord) -> Bool {
        tag == "PT" && open.has("PT")
    }
}

// MARK: - The paper of a record

extension WOSFormat {
    static func draft(of record: TaggedRecord) -> PaperDraft {
        var values = TaggedValues(record)
        var draft = PaperDraft()
        draft.title = values.takeFirst("TI").map(unwrapped) ?? ""
        draft.abstract = values.takeFirst("AB").map(unwrapped) ?? ""
        readType(&values, into: &draft)
        readNames(&values, into: &draft)
        readIdentifiers(&values, into: &draft)
        readJournal(&values, into: &draft)
        for language in values.take("LA") { draft.noteLanguage(language) }
        for field in values.fields {
            // References, addresses and the like stand one on a line.
            let isList = ["CR", "C1", "C3", "OI", "RI", "FU"].contains(field.tag)
            let texts = isList ? field.text.split(separator: "\n").map(\.trimmingSpaces) : [unwrapped(field.text)]
            for text in texts { draft.add(text, to: field.tag.lowercased()) }
        }
        return draft
    }

    /// Notes the accession number of the Web of Science, of Inspec or of MEDLINE.
    ///
    /// - Returns: Whether the text is one.
    static func noteAccessionNumber(_ text: String, in draft: inout PaperDraft) -> Bool {
        let text = tidied(text)
        guard let colon = text.firstIndex(of: ":") else { return false }
        let number = text[text.index(after: colon)...]
        let prefix = text[..<colon].uppercased()
        if prefix == "MEDLINE" { return draft.identify(String(number), as: "pmid") }
        guard ["WOS", "ISI", "INSPEC", "BIOSIS"].contains(prefix), !number.isEmpty, !number.contains(" ") else {
            return false
        }
        draft.identify(number.uppercased(), from: prefix == "ISI" ? "wos" : prefix.lowercased())
        return true
    }

    private static func unwrapped(_ text: String) -> String {
        text.split(separator: "\n").map(\.trimmingSpaces).joined(separator: " ")
    }

    private static func readType(_ values: inout TaggedValues, into draft: inout PaperDraft) {
        let place = values.takeFirst("PT") ?? ""
        let kinds = values.take("DT").flatMap { unwrapped($0).split(separator: ";").map(\.trimmingSpaces) }
        let names = kinds.map { PublicationTypes.name(of: $0) }
        let best = names.first { ["paper-conference", "chapter", "dataset"].contains($0) } ?? names.first
        let places = [
            "J": "article-journal", "B": "book", "S": "article-journal", "C": "paper-conference", "P": "patent",
        ]
        draft.type = best ?? places[place] ?? (place.isEmpty ? nil : place.lowercased())
        for kind in kinds where kind.lowercased() != draft.type { draft.add(kind, to: "dt") }
    }

    /// `AF` has the names in full, `AU` with initials.
    private static func readNames(_ values: inout TaggedValues, into draft: inout PaperDraft) {
        let full = names(values.take("AF", "BF"))
        let short = names(values.take("AU", "BA"))
        draft.authors = full.count >= short.count ? full : short
        draft.authors += values.take("CA", "GP").flatMap { $0.split(separator: "\n").map(\.trimmingSpaces) }
        for editor in names(values.take("BE", "ED")) { draft.add(editor, to: "editor") }
    }

    private static func names(_ values: [String]) -> [String] {
        values.flatMap { $0.split(whereSeparator: { $0 == "\n" || $0 == ";" }) }
            .map { readingOrder(ofName: String($0)) }.filter { !$0.isEmpty }
    }

    private static func readIdentifiers(_ values: inout TaggedValues, into draft: inout PaperDraft) {
        for text in values.take("DI") { draft.noteDOI(unwrapped(text)) }
        for text in values.take("PM") where !draft.identify(text, as: "pmid") { draft.add(text, to: "pm") }
        var isInspec = false
        for text in values.take("UT") {
            isInspec = isInspec || text.hasPrefix("INSPEC")
            if !noteAccessionNumber(text, in: &draft) { draft.add(text, to: "ut") }
        }
        for text in values.take("UR") { draft.noteLink(unwrapped(text)) }
        if isInspec {
            // Inspec's keywords come in groups: treatment/ controlled/ free/ classes/ …, and its ids in brackets.
            for text in values.take("ID") {
                for id in text.split(whereSeparator: { "[],\n".contains($0) }) { draft.identify(String(id)) }
                draft.add(unwrapped(text), to: "id")
            }
            let groups = values.take("DE").map(unwrapped).flatMap(inspecGroups)
            draft.keywords = distinctTexts(groups.dropFirst().prefix(2).flatMap(listedSubjects))
            for group in groups.dropFirst(3) + groups.prefix(1) { draft.add(group, to: "de") }
        } else {
            draft.keywords = distinctTexts(values.take("DE", "ID").flatMap { listedParts(of: unwrapped($0)) })
        }
        draft.categories = distinctTexts(values.take("WC", "SC").flatMap { listedSubjects(unwrapped($0)) })
    }

    /// Splits Inspec's groups at `/ `, except behind a script such as `/sub 2/`.
    private static func inspecGroups(_ text: String) -> [String] {
        var groups: [String] = [""]
        for part in text.split(separator: "/ ") {
            let isScript = groups[groups.count - 1].firstMatch(of: /\/su[bp] ?[^\/]*$/) != nil
            if isScript { groups[groups.count - 1] += "/ \(part)" } else { groups.append(String(part)) }
        }
        return Array(groups.dropFirst())
    }

    /// Subjects are parted by semicolons alone: `Materials Science, Multidisciplinary`.
    private static func listedSubjects(_ text: String) -> [String] {
        text.split(separator: ";").map(\.trimmingSpaces)
    }

    private static func readJournal(_ values: inout TaggedValues, into draft: inout PaperDraft) {
        draft.venue = values.takeFirst("SO").map(unwrapped) ?? values.takeFirst("JI", "J9").map(unwrapped)
        for text in values.take("JI", "J9") { draft.add(unwrapped(text), to: "journal-abbreviation") }
        for text in values.take("SE") { draft.add(unwrapped(text), to: "series") }
        for text in values.take("PY") where !draft.noteDate(text) { draft.add(text, to: "year") }
        for text in values.take("PD") {
            let isDate = draft.noteDate(text) || draft.year.map { draft.noteDate("\($0) \(text)") } ?? false
            if !isDate { draft.add(text, to: "pd") }
        }
        draft.notePages(from: values.takeFirst("BP"), to: values.takeFirst("EP"))
        for text in values.take("SN", "EI", "BN") { draft.noteSerialNumbers(text, otherwise: "sn") }
        let names = [("VL", "volume"), ("IS", "issue"), ("PU", "publisher"), ("PI", "place")]
        for (tag, name) in names {
            for text in values.take(tag) { draft.add(unwrapped(text), to: name) }
        }
    }
}
