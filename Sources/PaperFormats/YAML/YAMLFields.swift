import Papers
import Yams

/// The fields of a paper in YAML, whatever program or person wrote them.
struct YAMLFields {
    /// The fields in the order of the text, their names in lower case, with values as they are written.
    private let fields: [(name: String, value: Node)]

    /// Reads a text; `nil` if it is no mapping, or if it is made to mean very many values.
    ///
    /// The parser refuses what is nested more deeply than 1,000 levels.
    init?(_ yaml: String) {
        guard !Self.hasAliases(yaml), let mapping = (try? compose(yaml: yaml))??.mapping else { return nil }
        fields = mapping.compactMap { key, value in key.string.map { ($0.lowercased(), value) } }
    }

    /// The names of the fields.
    var names: Set<String> { Set(fields.map(\.name)) }

    /// Whether one of some fields is the address of a paper.
    func leadsToPaper(_ names: Set<String>) -> Bool {
        fields.contains { names.contains($0.name) && $0.value.string.flatMap { PaperLink($0) } != nil }
    }

    /// Whether a name stands behind `&` and behind `*`, so that a few lines may mean very many values. No program that
    /// writes notes uses such aliases.
    private static func hasAliases(_ head: String) -> Bool {
        let bytes = Array(head.utf8)
        func names(behind mark: Unicode.Scalar) -> Set<ArraySlice<UInt8>> {
            var names: Set<ArraySlice<UInt8>> = []
            for index in bytes.indices where bytes[index] == UInt8(ascii: mark) {
                let name = bytes[(index + 1)...].prefix { byte in
                    isASCIILetter(byte) || (0x30...0x39).contains(byte) || byte == 0x5F || byte == 0x2D
                }
                if !name.isEmpty { names.insert(name) }
            }
            return names
        }
        return !names(behind: "&").isDisjoint(with: names(behind: "*"))
    }

    // MARK: - What they say

    /// Notes what the fields say of a paper.
    ///
    /// - Parameters:
    ///   - draft: The draft of the paper.
    ///   - known: The names of fields that were read already.
    func fill(_ draft: inout PaperDraft, except known: Set<String> = []) {
        var budget = Self.maximumValues
        for (name, value) in fields where !known.contains(name) { take(value, name, &draft, &budget) }
    }

    /// The texts of a field; none if there is no such field.
    func texts(of name: String) -> [String] {
        var budget = Self.maximumValues
        return fields.first { $0.name == name }.map { Self.texts($0.value, &budget) } ?? []
    }

    /// The names of people in a field; `nil` if it has none.
    func people(of name: String) -> [String]? {
        guard let value = fields.first(where: { $0.name == name })?.value else { return nil }
        let names = Self.people(value, texts(of: name))
        return names.isEmpty ? nil : names
    }

    /// The most values that are read. An alias may make few lines mean very many.
    private static let maximumValues = 10_000

    private func take(_ node: Node, _ name: String, _ draft: inout PaperDraft, _ budget: inout Int) {
        let values = Self.texts(node, &budget)
        guard let first = values.first else { return }
        switch name {
        case "title": draft.title = first
        case "author", "authors": draft.authors = Self.people(node, values)
        case "abstract", "summary", "tldr": if draft.abstract.isEmpty { draft.abstract = first }
        case "doi": for value in values where !draft.identify(value, as: "doi") { draft.add(value, to: "doi") }
        case "arxiv", "arxivid", "arxiv_id", "arxiv-id", "eprint":
            for value in values where !draft.identify(value, as: "arxiv") { draft.add(value, to: name) }
        case "pmid": for value in values { draft.identify(value, as: "pmid") }
        case "url", "link", "source", "html":
            for value in values {
                if let link = PaperLink(value) { draft.identify(link) }
                if draft.url == nil, value.hasPrefix("http") {
                    draft.url = value
                } else if value != draft.url {
                    draft.add(value, to: name)
                }
            }
        case "year": if let date = PublicationDate(first), draft.date == nil { draft.take(date) }
        case "date", "published", "issued", "publication-date":
            if let date = PublicationDate(first) { draft.take(date) } else { draft.add(first, to: name) }
        case "journal", "venue", "booktitle", "conference", "container-title", "publication":
            if draft.venue == nil { draft.venue = first } else { draft.add(first, to: name) }
        case "tags", "tag": draft.tags += Self.list(node, values).map { String($0.drop { $0 == "#" }) }
        case "keywords": draft.keywords += Self.list(node, values)
        case "citekey", "citation-key", "citationkey", "bibkey", "ref", "key": draft.citationKey = first
        case "type": draft.type = first.lowercased()
        case "lang", "language": draft.language = languageTag(first)
        case "collection", "collections", "folder", "folders": draft.collections += values
        case "file", "files", "pdf", "attachment", "attachments": draft.attachments += values
        case "note", "notes", "annote": draft.notes += values
        case "number", "issue": draft.add(first, to: "issue")
        case "pages": draft.notePages(from: first)
        case "editor", "editors": for value in values { draft.add(readingOrder(ofName: value), to: "editor") }
        default: for value in values { draft.add(value, to: name) }
        }
    }

    /// The names of people: a list, or one text with several names; each a text, or a mapping of its parts.
    private static func people(_ node: Node, _ values: [String]) -> [String] {
        guard let people = node.sequence else {
            guard let line = values.first else { return [] }
            let isList = line.contains(" and ") || line.contains(";")
            return isList ? authorNames(in: line) : authorNames(inReadingOrder: line)
        }
        return people.compactMap { person in
            guard let parts = person.mapping else { return person.string.map { readingOrder(ofName: bare($0)) } }
            let given = parts["given"] ?? parts["given-names"] ?? parts["first"]
            let family = parts["family"] ?? parts["family-names"] ?? parts["last"]
            let name = joinedName(given?.string, family?.string)
            return name.isEmpty ? (parts["name"] ?? parts["literal"])?.string : name
        }
    }

    /// The values of a field that may be a list or one text with commas.
    private static func list(_ node: Node, _ values: [String]) -> [String] {
        node.sequence != nil ? values : values.flatMap { $0.split(separator: ",").map { tidied(String($0)) } }
    }

    /// All texts in a value, as they are written. The texts of a mapping have its keys before them.
    private static func texts(_ node: Node, _ budget: inout Int, depth: Int = 0) -> [String] {
        // A value costs as much as its bytes, because each key stands before all texts below it.
        budget -= 1 + (node.scalar?.string.utf8.count ?? 0) / 1024
        guard budget > 0, depth < 16 else { return [] }
        switch node {
        case .scalar(let scalar): return scalar.string.isEmpty || scalar.string == "null" ? [] : [bare(scalar.string)]
        case .sequence(let list):
            var texts: [String] = []
            for value in list { texts += Self.texts(value, &budget, depth: depth + 1) }
            return texts
        case .mapping(let mapping):
            var texts: [String] = []
            for (key, value) in mapping {
                guard key.string?.utf8.count ?? 0 <= 1024 else { continue }
                for text in Self.texts(value, &budget, depth: depth + 1) {
                    texts.append("\(key.string ?? ""): \(text)")
                }
            }
            return texts
        case .alias: return []
        }
    }

    /// A text without the brackets of a link to another note: `[[Ashish Vaswani|Vaswani]]`.
    private static func bare(_ text: String) -> String {
        guard text.hasPrefix("[["), text.hasSuffix("]]") else { return text }
        return text.dropFirst(2).dropLast(2).split(separator: "|").first.map(String.init) ?? text
    }
}
