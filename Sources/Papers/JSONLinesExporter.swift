/// Writes papers as JSON Lines, in the form that ``ImportFormat/jsonLines`` reads.
///
/// The keys stand in a fixed order: `id`, `title`, `abstract`, `authors`, `year`, `venue`, `categories`, `keywords`,
/// `url`, `alt_ids`. Empty lists and texts are written, a year, venue or url that is not there is left out. What is not
/// ASCII stands as it is, in UTF-8. Reading what was written gives equal papers.
public struct JSONLinesExporter: Sendable {
    /// Creates an exporter.
    public init() {}

    /// A paper as one line, without a line feed.
    public func line(for paper: Paper) -> String {
        var line = "{\"id\": "
        append(paper.id, to: &line)
        append("title", paper.title, to: &line)
        append("abstract", paper.abstract, to: &line)
        append("authors", paper.authors, to: &line)
        if let year = paper.year { line += ", \"year\": \(year)" }
        if let venue = paper.venue { append("venue", venue, to: &line) }
        append("categories", paper.categories, to: &line)
        append("keywords", paper.keywords, to: &line)
        if let url = paper.url { append("url", url, to: &line) }
        append("alt_ids", paper.alternateIDs, to: &line)
        return line + "}"
    }

    private func append(_ key: String, _ text: String, to line: inout String) {
        line += ", \"\(key)\": "
        append(text, to: &line)
    }

    private func append(_ key: String, _ texts: [String], to line: inout String) {
        line += ", \"\(key)\": "
        line += jsonList(texts)
    }

    private func append(_ text: String, to line: inout String) {
        appendJSON(text, to: &line)
    }
}

/// A list of texts as JSON.
package func jsonList(_ texts: [String]) -> String {
    if texts.isEmpty { return "[]" }
    var list = "["
    for (index, text) in texts.enumerated() {
        if index > 0 { list += ", " }
        appendJSON(text, to: &list)
    }
    return list + "]"
}

/// Appends a text as a JSON string.
private func appendJSON(_ text: String, to json: inout String) {
    json += "\""
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
        json += text
    } else {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": json += "\\\""
            case "\\": json += "\\\\"
            case "\n": json += "\\n"
            case "\r": json += "\\r"
            case "\t": json += "\\t"
            case "\0"..<" ":
                let digits = String(scalar.value, radix: 16)
                json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: json.unicodeScalars.append(scalar)
            }
        }
    }
    json += "\""
}

/// The texts of a JSON list of texts, or `nil` where the text is none.
package func texts(ofJSONList json: String) -> [String]? {
    if json == "[]" { return [] }
    let bytes = Array(json.utf8)
    var reader = JSONReader(bytes, in: bytes.indices)
    var texts: [String] = []
    do throws(JSONError) {
        guard try reader.kind() == .array else { return nil }
        try reader.array { (reader) throws(JSONError) in
            _ = try reader.kind()
            texts.append(try reader.string())
        }
        try reader.finish()
    } catch {
        return nil
    }
    return texts
}
