import Foundation
import Papers
import Yams

/// A note on a paper: a Markdown file that begins with the paper's fields in YAML, between two lines of hyphens.
///
///     ---
///     title: Attention Is All You Need
///     authors: [Ashish Vaswani, Noam Shazeer]
///     doi: 10.48550/arXiv.1706.03762
///     ---
///     My remarks …
struct MarkdownNote {
    /// The fields in the order of the file, their names in lower case, with values as they are written.
    private let fields: [(name: String, value: Node)]

    /// What stands below the fields.
    let body: Substring

    /// The line on which the body begins, from 1.
    let bodyLine: Int

    /// Reads the fields of a file. `nil` if it does not begin with any.
    init?(_ text: Substring) {
        guard text.hasPrefix("---\n") || text.hasPrefix("---\r\n") else { return nil }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let ends = lines.dropFirst().prefix(Self.maximumLines).firstIndex { line in
            ["---", "..."].contains(String(line).trimmingSpaces)
        }
        guard let end = ends else { return nil }
        let head = lines[1..<end].joined(separator: "\n")
        body = end + 1 < lines.count ? text[lines[end + 1].startIndex...] : ""
        bodyLine = end + 2
        guard !Self.hasAliases(head) else { return nil }
        guard let mapping = (try? compose(yaml: head))??.mapping else { return nil }
        fields = mapping.compactMap { key, value in key.string.map { ($0.lowercased(), value) } }
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

    /// The most lines of fields. A line of hyphens further down divides text.
    private static let maximumLines = 400

    /// Whether the fields are those of a paper: one that only papers have, a title with authors and a year or a venue,
    /// or a title with the address of a paper. A daily note has a journal alone.
    var isOfPaper: Bool {
        let names = Set(fields.map(\.name))
        let isNamed = names.contains("title") && !names.isDisjoint(with: ["author", "authors"])
        let isPublished = !names.isDisjoint(with: ["year", "journal", "venue", "conference", "publication"])
        let leadsToPaper = fields.contains { field in
            ["source", "url", "link"].contains(field.name) && field.value.string.flatMap { PaperLink($0) } != nil
        }
        return !names.isDisjoint(with: Self.namesOfPapers) || isNamed && isPublished
            || names.contains("title") && leadsToPaper
    }

    /// Names of fields that say that a note is on a paper.
    private static let namesOfPapers: Set<String> = [
        "doi", "arxiv", "arxivid", "arxiv_id", "arxiv-id", "eprint", "pmid", "isbn", "booktitle",
        "citekey", "citation-key", "citationkey", "bibkey", "container-title", "papis_id",
    ]

    /// The paper of the note.
    ///
    /// - Parameter name: The name of the file without its extension, which is the title if nothing else says one.
    /// - Returns: The paper. The body is a note on it.
    func paper(named name: String) -> PaperDraft {
        var draft = PaperDraft()
        var budget = Self.maximumValues
        for (name, value) in fields { take(value, name, &draft, &budget) }
        let text = String(body).trimmingSpaces
        if draft.title.isEmpty {
            let heading = text.split(separator: "\n").first { $0.hasPrefix("# ") }
            draft.title = heading.map { $0.dropFirst(2).trimmingSpaces } ?? name
        }
        if draft.abstract.isEmpty { draft.abstract = abstractSection() }
        if !text.isEmpty { draft.notes.append(text) }
        return draft
    }

    /// The most values that are read. An alias may make few lines mean very many.
    private static let maximumValues = 10_000

    /// The text below a heading that says `Abstract`.
    private func abstractSection() -> String {
        let blocks = MarkdownBlocks(body).blocks
        guard
            let place = blocks.firstIndex(where: { block in
                if case .heading = block.kind { block.text.lowercased() == "abstract" } else { false }
            })
        else { return "" }
        return blocks[(place + 1)...].prefix { $0.kind == .paragraph }.map { MarkdownEntry.plain($0.text) }
            .joined(separator: " ")
    }

    // MARK: - Fields

    private func take(_ node: Node, _ name: String, _ draft: inout PaperDraft, _ budget: inout Int) {
        let values = Self.texts(node, &budget)
        guard let first = values.first else { return }
        switch name {
        case "title": draft.title = first
        case "author", "authors": takePeople(node, values, &draft)
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
        case "pages": draft.add(pageRange(first), to: "pages")
        case "editor", "editors": for value in values { draft.add(readingOrder(ofName: value), to: "editor") }
        default: for value in values { draft.add(value, to: name) }
        }
    }

    /// The authors: a list, or one text with several names; each a text, or a mapping of its parts.
    private func takePeople(_ node: Node, _ values: [String], _ draft: inout PaperDraft) {
        if let people = node.sequence {
            draft.authors = people.compactMap { person in
                guard let parts = person.mapping else {
                    return person.string.map { readingOrder(ofName: Self.bare($0)) }
                }
                let given = parts["given"] ?? parts["given-names"] ?? parts["first"]
                let family = parts["family"] ?? parts["family-names"] ?? parts["last"]
                let name = joinedName(given?.string, family?.string)
                return name.isEmpty ? (parts["name"] ?? parts["literal"])?.string : name
            }
        } else if let line = values.first {
            let separators = [" and ", ";"].filter { line.contains($0) }
            draft.authors =
                separators.first.map { line.components(separatedBy: $0).map { readingOrder(ofName: $0) } }
                ?? names(inLine: line)
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
