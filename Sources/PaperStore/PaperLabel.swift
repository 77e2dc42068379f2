import Foundation
import Papers

/// What a paper is filtered by besides the parts of `PaperLookups`: a name and a value, such as `tag` and `to read`. A
/// row of the table `labels` is a label and the key of its paper.
///
/// Both are in lower case and in Unicode's composed form. The names are `date`, `type`, `language`, `citationkey`,
/// `collection`, `tag`, and those of the paper's attributes. A paper in a collection is in those around it too. A value
/// of more than 200 bytes is text and no label.
struct PaperLabel: Hashable {
    let name: String
    let value: String

    init(_ name: String, _ value: String) {
        (self.name, self.value) = (PaperLabel.form(name), PaperLabel.form(value))
    }

    /// The label in a row of the name and the value.
    init?(_ row: any StoreRow) {
        guard let name = row.text(0), let value = row.text(1) else { return nil }
        (self.name, self.value) = (name, value)
    }

    /// The form in which names and values are compared.
    static func form(_ text: String) -> String { tidied(text).lowercased().precomposedStringWithCanonicalMapping }

    private static let mostBytes = 200

    /// The labels of a paper.
    static func labels(of paper: Paper) -> Set<PaperLabel> {
        var labels: Set<PaperLabel> = []
        for (name, value) in [
            ("date", paper.date), ("type", paper.type), ("language", paper.language), (citationKey, paper.citationKey),
        ] {
            if let value { labels.insert(PaperLabel(name, value)) }
        }
        for tag in paper.tags { labels.insert(PaperLabel("tag", tag)) }
        for collection in paper.collections {
            let parts = collection.split(separator: "/")
            for count in 0..<parts.count {
                labels.insert(PaperLabel("collection", parts[...count].joined(separator: "/")))
            }
        }
        for (name, values) in paper.attributes {
            for value in values where value.utf8.count <= mostBytes { labels.insert(PaperLabel(name, value)) }
        }
        return labels.filter { $0.value.utf8.count <= mostBytes }
    }

    /// The name of the label that has the citation key.
    static let citationKey = Paper.otherCitationKeys
}

extension PaperStore.Reader {
    /// The keys of the papers of which a field has a value, ascending: a label, or a keyword.
    ///
    /// - Throws: `PaperStoreError`.
    /// - Complexity: O(log *n*), and the papers that are found. For keywords, a scan of all papers.
    func keys(where field: String, is value: String) throws(PaperStoreError) -> [PaperKey] {
        let label = PaperLabel(field, value)
        guard ["keyword", "keywords"].contains(label.name) else { return try keys(labeled: label) }
        return try map("SELECT key, keywords FROM papers WHERE keywords <> '[]' ORDER BY key") { row in
            let keywords = row.text(1).flatMap(texts(ofJSONList:)) ?? []
            return keywords.contains { PaperLabel.form($0) == label.value } ? PaperKey(rowID: row.integer(0)) : nil
        }
    }

    /// The names of the fields that labels have, in their order, or the values of one of them.
    ///
    /// - Throws: `PaperStoreError`.
    /// - Complexity: A scan of the labels, up to the limit of those of a field.
    package func labels(ofField field: String?, limit: Int) throws(PaperStoreError) -> [String] {
        guard hasDetails else { return [] }
        if let field {
            return try map(
                "SELECT DISTINCT value FROM labels WHERE name = ? LIMIT ?", [PaperLabel.form(field), limit]
            ) { $0.text(0) }
        }
        return try map("SELECT DISTINCT name FROM labels ORDER BY name LIMIT ?", [limit]) { $0.text(0) }
    }

    /// The values of a field with the number of papers that have each, most papers first; values are in lower case.
    ///
    /// - Throws: `PaperStoreError`.
    /// - Complexity: A scan of the labels of the field.
    package func labelCounts(ofField field: String) throws(PaperStoreError) -> [(value: String, paperCount: Int)] {
        guard hasDetails else { return [] }
        return try map(
            "SELECT value, count(*) FROM labels WHERE name = ? GROUP BY value ORDER BY count(*) DESC, value",
            [PaperLabel.form(field)]
        ) { row in row.text(0).map { ($0, Int(row.integer(1) ?? 0)) } }
    }

    /// The keys of the papers with a label, ascending, or of the last of them if there is a limit. A store of an
    /// earlier format has none.
    ///
    /// - Throws: `PaperStoreError`.
    /// - Complexity: O(log *n*), and the papers that are returned.
    func keys(labeled label: PaperLabel, limit: Int = .max) throws(PaperStoreError) -> [PaperKey] {
        guard hasDetails else { return [] }
        return try keys(
            "SELECT paper FROM labels WHERE name = ? AND value = ? ORDER BY paper DESC LIMIT ?",
            [label.name, label.value, limit]
        ).reversed()
    }
}
