/// A field of an entry with its value, as it stands in the file.
struct BibTeXValue {
    var name: String
    var text: ArraySlice<UInt8>
    /// Whether the field is the entry's own, and not taken from another.
    var isOwn = true
}

/// Finds the fields of entries, with those that they take from others.
///
/// The rules are BibLaTeX's (Philipp Lehman et al., *The biblatex Package*, appendix B), with one deviation: what
/// identifies the other publication, or what a person added to it, is not taken. A chapter has not the DOI of its book.
struct BibTeXInheritance: Sendable {
    private let segment: BibTeXSegment

    /// The entries by their keys in lower case. The first of a key counts.
    private let entries: [String: Int]

    /// How long a chain of entries may be that take fields from each other.
    private static let maximumDepth = 8

    init(_ segment: BibTeXSegment) {
        self.segment = segment
        guard segment.fields.contains(where: { Self.isReference(segment.bytes, $0.name.range) }) else {
            entries = [:]
            return
        }
        var entries: [String: Int] = [:]
        for (index, entry) in segment.entries.enumerated() {
            let key = segment.name(entry.key)
            if !key.isEmpty, entries[key] == nil { entries[key] = index }
            for field in segment.fields[entry.fields] where segment.name(field.name) == "ids" {
                for alias in BibTeXInheritance.keys(segment.value(of: field)) where entries[alias] == nil {
                    entries[alias] = index
                }
            }
        }
        self.entries = entries
    }

    private static func isReference(_ bytes: [UInt8], _ name: Range<Int>) -> Bool {
        guard name.count == 5 || name.count == 8 else { return false }
        let name = String(decoding: bytes[name], as: UTF8.self).lowercased()
        return name == "crossref" || name == "xdata"
    }

    /// How many entries an entry may take fields from, directly or not.
    private static let maximumParents = 64

    /// What is left to spend on an entry.
    private struct Budget {
        var parents = BibTeXInheritance.maximumParents
        var expansion = BibTeXSegment.longestExpansion
        /// The places of the entries that are being read, each for the one before.
        var open: [Int] = []
    }

    /// The fields of an entry: first its own, then those of others. `nil` if its macros make it too long.
    func values(of entry: BibTeXSegment.Entry) -> [BibTeXValue]? {
        var budget = Budget()
        let values = values(of: entry, &budget)
        return budget.expansion < 0 ? nil : values
    }

    private func values(of entry: BibTeXSegment.Entry, _ budget: inout Budget) -> [BibTeXValue] {
        var values = segment.fields[entry.fields].map {
            BibTeXValue(name: segment.name($0.name), text: segment.value(of: $0, &budget.expansion))
        }
        guard !entries.isEmpty, budget.open.count < Self.maximumDepth else { return values }
        budget.open.append(entry.start)
        defer { budget.open.removeLast() }
        var seen: Set<String> = []
        let type = segment.name(entry.type)
        for reference in values where reference.name == "xdata" || reference.name == "crossref" {
            for key in BibTeXInheritance.keys(reference.text) {
                guard let index = entries[key], seen.insert(key).inserted, budget.parents > 0 else { continue }
                let parent = segment.entries[index]
                guard !budget.open.contains(parent.start) else { continue }
                budget.parents -= 1
                let others = self.values(of: parent, &budget)
                if reference.name == "xdata" {
                    add(others.filter { !Self.identity.contains($0.name) }, to: &values)
                } else {
                    add(inherited(others, from: segment.name(parent.type), by: type), to: &values)
                }
            }
        }
        return values
    }

    private func add(_ others: [BibTeXValue], to values: inout [BibTeXValue]) {
        let own = Set(values.map { BibTeXInheritance.meaning($0.name) })
        let hasDate = values.contains { Self.dates.contains($0.name) }
        for value in others where !own.contains(BibTeXInheritance.meaning(value.name)) {
            if hasDate, Self.dates.contains(value.name) { continue }
            values.append(BibTeXValue(name: value.name, text: value.text, isOwn: false))
        }
    }

    /// The fields that an entry of a type takes from another.
    private func inherited(_ values: [BibTeXValue], from parent: String, by child: String) -> [BibTeXValue] {
        let isPart = Self.parts.contains(child)
        let prefix: String?
        if parent.hasPrefix("mv") {
            prefix = "main"
        } else if child == "article" || child == "suppperiodical" {
            prefix = parent == "periodical" || parent == "article" ? "journal" : "book"
        } else {
            prefix = isPart ? "book" : nil
        }
        // What a parent says for its children under its own name stands first: `booktitle` before the title.
        var taken: [BibTeXValue] = []
        var renamed: [BibTeXValue] = []
        for value in values where !Self.own.contains(value.name) {
            switch value.name {
            case "title", "subtitle", "titleaddon":
                if let prefix { renamed.append(BibTeXValue(name: prefix + value.name, text: value.text)) }
            case "author" where parent.hasSuffix("book") && (child == "inbook" || child == "bookinbook"):
                taken.append(value)
                renamed.append(BibTeXValue(name: "bookauthor", text: value.text))
            default: taken.append(value)
            }
        }
        return taken + renamed.filter { made in !taken.contains { $0.name == made.name } }
    }

    /// One name for fields that mean the same.
    private static func meaning(_ name: String) -> String {
        switch name {
        case "journal": "journaltitle"
        case "address": "location"
        case "school": "institution"
        default: name
        }
    }

    private static func keys(_ list: ArraySlice<UInt8>) -> [String] {
        BibTeXSyntax.parts(list, separator: UInt8(ascii: ",")).map {
            String(decoding: $0, as: UTF8.self).lowercased()
        }
    }

    private static let dates: Set<String> = ["date", "year", "month", "day"]

    private static let parts: Set<String> = [
        "inbook", "incollection", "inproceedings", "conference", "bookinbook", "suppbook", "suppcollection",
        "inreference",
    ]

    /// What an entry does not even take from one with shared data: what identifies a publication.
    private static let identity: Set<String> = [
        "ids", "xdata", "doi", "url", "link", "ee", "eprint", "pmid", "pubmedid", "pubmed_id", "pmcid", "identifiers",
        "unique-id", "arxivid", "arxiv", "mrnumber", "zblnumber", "adsurl", "biburl",
    ]

    /// What an entry has for itself.
    private static let own: Set<String> = [
        "ids", "crossref", "xref", "xdata", "entryset", "entrysubtype", "execute", "label", "options", "presort",
        "related", "relatedoptions", "relatedstring", "relatedtype", "shortauthor", "shorteditor", "shorthand",
        "shorthandintro", "shorttitle", "sortkey", "sortname", "sorttitle", "sortyear", "key", "doi", "url", "eprint",
        "eprinttype", "archiveprefix", "eprintclass", "primaryclass", "pmid", "pmcid", "identifiers", "urldate",
        "abstract", "keywords", "note", "annote", "annotation", "review", "comment", "file", "groups", "tags", "pages",
        "pagetotal", "timestamp", "owner", "date-added", "date-modified", "creationdate", "modificationdate",
    ]
}
