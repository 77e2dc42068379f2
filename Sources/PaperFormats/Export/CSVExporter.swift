public import Papers

/// Writes a table of values separated by commas, as RFC 4180 has it (Y. Shafranovich, *Common Format and MIME Type for
/// Comma-Separated Values (CSV) Files*, 2005): a header, lines that end with a carriage return and a line feed, and
/// quotation marks around values that need them.
///
/// Lists are joined by `; `. One that would be cut in other places, because a semicolon stands in a text of it, is
/// written as `["a; b", "c"]`. The attributes that most sources have get a column each. The column `attributes` holds
/// the others as JSON. ``ImportFormat/csv`` reads all of it; names of people lose commas that stand in them.
public struct CSVExporter: PaperExporter, Sendable {
    /// `csv`.
    public static let name = "csv"

    /// `csv`.
    public static let fileExtension = "csv"

    /// Creates the exporter of a file.
    public init() {}

    private static let fields = [
        "id", "title", "abstract", "authors", "year", "date", "venue", "type", "categories", "keywords", "url",
        "altIds",
        "language", "citationKey", "collections", "tags", "notes", "attachments",
    ]

    private static let attributes = [
        "volume", "issue", "pages", "publisher", "place", "editor", "translator", "series", "edition", "isbn", "issn",
        "institution", "school", "booktitle", "journal-abbreviation", "pmcid",
    ]

    /// The names of the columns.
    public var header: String {
        CSVExporter.line(CSVExporter.fields + CSVExporter.attributes + ["attributes"])
    }

    /// Returns a paper as a line.
    public mutating func record(for paper: Paper) -> String {
        func list(_ texts: [String], _ parts: (String) -> [String] = listedParts) -> String {
            if texts.isEmpty { return "" }
            let text = texts.joined(separator: "; ")
            return parts(text) == texts ? text : quotedListText(of: texts)
        }
        func names(_ names: [String]) -> String { list(names) { authorNames(in: $0, partsAtSemicolons: true) } }
        func values(_ values: [String]) -> String { list(values) { singleOrListed($0) } }
        var cells = [
            paper.id, paper.title, paper.abstract, names(paper.authors), paper.year.map(String.init) ?? "",
            paper.date ?? "", paper.venue ?? "", paper.type ?? "", list(paper.categories), list(paper.keywords),
            paper.url ?? "", paper.alternateIDs.joined(separator: "; "), paper.language ?? "", paper.citationKey ?? "",
            list(paper.collections), list(paper.tags), values(paper.notes), list(paper.attachments, listedPaths),
        ]
        var rest = paper.attributes
        for name in CSVExporter.attributes {
            let texts = rest.removeValue(forKey: name) ?? []
            switch name {
            case "editor", "translator": cells.append(names(texts))
            case "isbn", "issn": cells.append(texts.joined(separator: "; "))
            default: cells.append(values(texts))
            }
        }
        cells.append(rest.isEmpty ? "" : jsonObject(rest))
        return CSVExporter.line(cells)
    }

    private static func line(_ values: [String]) -> String {
        values.map(quoted).joined(separator: ",") + "\r\n"
    }

    private static func quoted(_ value: String) -> String {
        let needsQuotes =
            value.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
            || value.first == " " || value.last == " "
        guard needsQuotes else { return value }
        // Scalar by scalar, because an accent may stand behind a quotation mark.
        var text = "\""
        for scalar in value.unicodeScalars {
            if scalar == "\"" { text += "\"" }
            text.unicodeScalars.append(scalar)
        }
        return text + "\""
    }
}

/// Attributes as a JSON object, in the order of their names.
func jsonObject(_ attributes: [String: [String]]) -> String {
    var json = "{"
    for (index, attribute) in attributes.sorted(by: { $0.key < $1.key }).enumerated() {
        if index > 0 { json += ", " }
        appendJSON(attribute.key, to: &json)
        json += ": " + jsonList(attribute.value)
    }
    return json + "}"
}
