public import Papers

/// Writes RIS, with the tags that most reference managers read.
///
/// A tag holds one line, so line breaks of notes become spaces. Tags and keywords are both keywords. Collections, and
/// ids that RIS has no tag for, stand in the field that RIS leaves to its users: `U5  - collection: Thesis/Chapter 2`,
/// `U5  - id: openalex:W2741809807`. An attribute without a tag of RIS is left out.
public struct RISExporter: PaperExporter, Sendable {
    /// `ris`.
    public static let name = "ris"

    /// `ris`.
    public static let fileExtension = "ris"

    private var keys = CitationKeys()

    /// Creates the exporter of a file.
    public init() {}

    /// Returns a paper as a record, from `TY` to `ER` and an empty line.
    public mutating func record(for paper: Paper) -> String {
        var lines = Lines()
        let type = paper.likelyType ?? ""
        lines.add("TY", Self.types[type] ?? "GEN")
        lines.add("ID", keys.key(for: paper))
        lines.add("TI", paper.title)
        for author in paper.authors { lines.add("AU", Self.name(author)) }
        for editor in paper.attributes["editor"] ?? [] { lines.add("ED", Self.name(editor)) }
        for translator in paper.attributes["translator"] ?? [] { lines.add("A4", Self.name(translator)) }
        if let year = paper.year { lines.add("PY", String(year)) }
        if let date = paper.date { lines.add("DA", date.replacing("-", with: "/") + "/") }
        if let venue = paper.venue { lines.add(type.hasPrefix("article") ? "JF" : "T2", venue) }
        lines.add("AB", paper.abstract)
        for keyword in paper.keywords + paper.categories + paper.tags { lines.add("KW", keyword) }
        addIdentifiers(of: paper, to: &lines)
        addAttributes(of: paper, type: type, to: &lines)
        if let language = paper.language { lines.add("LA", language) }
        for note in paper.notes { lines.add("N1", note) }
        for file in paper.attachments { lines.add("L1", file) }
        for collection in paper.collections { lines.add("U5", RISFormat.collectionMark + collection) }
        return lines.text + "ER  - \r\n\r\n"
    }

    private func addIdentifiers(of paper: Paper, to lines: inout Lines) {
        let identifiers = paper.sortedIDs.identifiers
        if let doi = identifiers[.doi] { lines.add("DO", doi.value) }
        if let number = identifiers[.pubMed] {
            lines.add("AN", number.value)
            lines.add("DB", "PubMed")
        }
        if let url = paper.url { lines.add("UR", url) }
        if let arXiv = identifiers[.arXiv] {
            let address = "https://arxiv.org/abs/\(arXiv.value)"
            if address != paper.url { lines.add("UR", address) }
        }
        if let acl = identifiers[.acl], paper.url?.contains(acl.value) != true {
            lines.add("UR", "https://aclanthology.org/\(acl.value)")
        }
        let written: Set<PaperIdentifier.Scheme> = [.doi, .pubMed, .arXiv, .acl]
        for id in paper.sourceIDs where !written.contains(where: { identifiers[$0] == PaperIdentifier(id) }) {
            lines.add("U5", RISFormat.idMark + id)
        }
    }

    private func addAttributes(of paper: Paper, type: String, to lines: inout Lines) {
        var rest = paper.attributes
        for name in ["editor", "translator"] { rest[name] = nil }
        if let pages = rest.removeValue(forKey: "pages")?.first {
            let ends = pages.split(separator: "-", maxSplits: 1).map(String.init)
            lines.add("SP", ends.first ?? pages)
            if ends.count > 1 { lines.add("EP", ends[1]) }
        }
        // RIS has one type for manuscripts and preprints.
        if type == "article", rest["type"] == nil { rest["type"] = ["Preprint"] }
        for (tag, name) in Self.tags { for value in rest.removeValue(forKey: name) ?? [] { lines.add(tag, value) } }
        // Theses and reports have their school or institution as the publisher.
        for name in ["publisher", "school", "institution"] {
            for value in rest.removeValue(forKey: name) ?? [] { lines.add("PB", value) }
        }
        // Tags that came from RIS and have no other name.
        for (name, values) in rest.sorted(by: { $0.key < $1.key }) where Self.isTag(name) {
            for value in values { lines.add(name.uppercased(), value) }
        }
    }

    private static func isTag(_ name: String) -> Bool {
        let bytes = Array(name.utf8)
        return bytes.count == 2 && isASCIILetter(bytes[0]) && bytes[0] & 0x20 != 0
            && (isASCIILetter(bytes[1]) || (0x30...0x39).contains(bytes[1])) && !["ty", "er"].contains(name)
    }

    /// A name with the family name first: `King, Martin Luther, Jr.`
    private static func name(_ name: String) -> String {
        let parts = NameParts(name)
        if parts.given.isEmpty { return parts.family }
        return "\(parts.family), \(parts.given)" + (parts.suffix.isEmpty ? "" : ", \(parts.suffix)")
    }

    /// The lines of a record.
    private struct Lines {
        private(set) var text = ""

        mutating func add(_ tag: String, _ value: String) {
            let line = tidied(value)
            if !line.isEmpty { text += "\(tag)  - \(line)\r\n" }
        }
    }

    private static let tags = [
        ("VL", "volume"), ("IS", "issue"), ("CY", "place"), ("T3", "series"), ("ET", "edition"), ("SN", "isbn"),
        ("SN", "issn"), ("J2", "journal-abbreviation"), ("BT", "booktitle"), ("M3", "type"),
    ]

    private static let types = [
        "article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS", "article": "UNPB",
        "paper-conference": "CPAPER", "book": "BOOK", "chapter": "CHAP", "thesis": "THES", "report": "RPRT",
        "webpage": "ELEC", "post-weblog": "BLOG", "dataset": "DATA", "software": "COMP", "patent": "PAT",
        "manuscript": "UNPB", "legal_case": "CASE", "bill": "BILL", "map": "MAP", "motion_picture": "MPCT",
        "song": "SOUND", "personal_communication": "PCOMM", "entry-encyclopedia": "ENCYC", "entry-dictionary": "DICT",
        "standard": "STAND", "periodical": "SER", "pamphlet": "PAMP", "graphic": "ART", "legislation": "STAT",
    ]
}
