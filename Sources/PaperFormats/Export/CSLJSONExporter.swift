public import Papers

/// Writes the JSON of the Citation Style Language, which Pandoc, Zotero and other programs read.
///
/// What the language has no name for is in the object `custom`: ids other than DOI and PubMed's, tags, collections,
/// attachments and attributes.
public struct CSLJSONExporter: PaperExporter, Sendable {
    /// `csl-json`.
    public static let name = "csl-json"

    /// `json`.
    public static let fileExtension = "json"

    private var keys = CitationKeys()

    /// Creates the exporter of a file.
    public init() {}

    /// The beginning of a list.
    public var header: String { "[\n" }

    /// A comma.
    public var separator: String { ",\n" }

    /// The end of the list.
    public var footer: String { "\n]\n" }

    /// Returns a paper as an object.
    public mutating func record(for paper: Paper) -> String {
        let key = keys.key(for: paper)
        var object = JSONObjectText()
        object.add("id", key)
        object.add("type", paper.likelyType ?? "document")
        if paper.citationKey != nil { object.add("citation-key", key) }
        object.add("title", paper.title)
        object.add("author", names: paper.authors)
        if !paper.dateNumbers.isEmpty {
            let parts = paper.dateNumbers.map(String.init).joined(separator: ", ")
            object.add("issued", json: "{\"date-parts\": [[\(parts)]]}")
        }
        object.add("container-title", paper.venue)
        object.add("abstract", paper.abstract)
        object.add("URL", paper.url)
        object.add("language", paper.language)
        object.add("keyword", paper.keywords.joined(separator: ", "))
        if !paper.categories.isEmpty { object.add("categories", json: jsonList(paper.categories)) }
        object.add("note", paper.notes.joined(separator: "\n\n"))
        let identifiers = paper.sortedIDs.identifiers
        object.add("DOI", identifiers[.doi]?.value)
        object.add("PMID", identifiers[.pubMed]?.value)
        var rest = paper.attributes
        for name in ["editor", "translator"] { object.add(name, names: rest.removeValue(forKey: name) ?? []) }
        for (name, attribute) in Self.names {
            object.add(name, rest.removeValue(forKey: attribute)?.joined(separator: "; "))
        }
        object.add("custom", custom(paper, rest))
        return object.text
    }

    private func custom(_ paper: Paper, _ attributes: [String: [String]]) -> JSONObjectText {
        var custom = JSONObjectText()
        let lists = [
            ("ids", paper.sourceIDs), ("tags", paper.tags), ("collections", paper.collections),
            ("attachments", paper.attachments),
        ]
        for (name, list) in lists where !list.isEmpty { custom.add(name, json: jsonList(list)) }
        if !attributes.isEmpty { custom.add("attributes", json: jsonObject(attributes)) }
        return custom
    }

    /// The variables of the language, and the attributes that they are.
    private static let names = [
        ("volume", "volume"), ("issue", "issue"), ("page", "pages"), ("publisher", "publisher"),
        ("publisher-place", "place"), ("collection-title", "series"), ("edition", "edition"), ("ISBN", "isbn"),
        ("ISSN", "issn"), ("container-title-short", "journal-abbreviation"), ("PMCID", "pmcid"), ("genre", "type"),
        ("number", "number"),
    ]
}

/// The text of a JSON object, written key by key. Empty values are left out.
struct JSONObjectText {
    private var members = ""

    /// The object.
    var text: String { "{\(members)}" }

    mutating func add(_ key: String, json: String) {
        members += members.isEmpty ? "\"" : ", \""
        members += "\(key)\": \(json)"
    }

    mutating func add(_ key: String, _ value: String?) {
        guard let value, !value.isEmpty else { return }
        var json = ""
        appendJSON(value, to: &json)
        add(key, json: json)
    }

    mutating func add(_ key: String, _ object: JSONObjectText) {
        if !object.members.isEmpty { add(key, json: object.text) }
    }

    mutating func add(_ key: String, names: [String]) {
        guard !names.isEmpty else { return }
        let list = names.map { name in
            let parts = NameParts(name)
            var object = JSONObjectText()
            object.add(parts.isLiteral ? "literal" : "family", parts.family)
            object.add("given", parts.given)
            object.add("suffix", parts.suffix)
            return object.text
        }
        add(key, json: "[\(list.joined(separator: ", "))]")
    }
}
