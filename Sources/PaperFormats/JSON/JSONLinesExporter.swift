public import Papers

/// Writes papers as JSON Lines, in the form that ``ImportFormat/jsonLines`` reads.
///
/// The keys stand in a fixed order: `id`, `title`, `abstract`, `authors`, `year`, `venue`, `categories`, `keywords`,
/// `url`, `altIds`. Empty lists and texts are written. A year, venue or url that the paper does not have gets no key.
/// The keys `date`, `type`, `language`, `citationKey`, `collections`, `tags`, `notes`, `attachments`, `fields` and
/// `attributes` follow if the paper has something there. Characters outside ASCII are written as UTF-8, not escaped.
/// Reading the lines gives equal papers.
public struct JSONLinesExporter: PaperExporter, Sendable {
    /// `jsonl`.
    public static let name = "jsonl"

    /// `jsonl`.
    public static let fileExtension = "jsonl"

    /// Creates an exporter.
    public init() {}

    /// Returns a paper as one line, with its line feed.
    public mutating func record(for paper: Paper) -> String {
        line(for: paper) + "\n"
    }

    /// Returns a paper as one line, without a line feed.
    public func line(for paper: Paper) -> String {
        var line = ""
        append(.id, paper.id, to: &line)
        append(.title, paper.title, to: &line)
        append(.abstract, paper.abstract, to: &line)
        append(.authors, paper.authors, to: &line)
        if let year = paper.year {
            append(.year, to: &line)
            line += "\(year)"
        }
        if let venue = paper.venue { append(.venue, venue, to: &line) }
        append(.categories, paper.categories, to: &line)
        append(.keywords, paper.keywords, to: &line)
        if let url = paper.url { append(.url, url, to: &line) }
        append(.alternateIDs, paper.alternateIDs, to: &line)
        appendDetails(of: paper, to: &line)
        return line + "}"
    }

    private func appendDetails(of paper: Paper, to line: inout String) {
        let texts: [(Paper.CodingKeys, String?)] = [
            (.date, paper.date), (.type, paper.type), (.language, paper.language), (.citationKey, paper.citationKey),
        ]
        for case (let key, let text?) in texts { append(key, text, to: &line) }
        let lists: [(Paper.CodingKeys, [String])] = [
            (.collections, paper.collections), (.tags, paper.tags), (.notes, paper.notes),
            (.attachments, paper.attachments),
        ]
        for (key, list) in lists where !list.isEmpty { append(key, list, to: &line) }
        if !paper.fields.isEmpty {
            append(.fields, to: &line)
            line += "[" + paper.fields.map(object).joined(separator: ", ") + "]"
        }
        if !paper.attributes.isEmpty {
            append(.attributes, to: &line)
            line += jsonObject(paper.attributes)
        }
    }

    private func object(_ field: Paper.Field) -> String {
        var object = "{\"name\": "
        appendJSON(field.name, to: &object)
        object += ", \"text\": "
        appendJSON(field.text, to: &object)
        return object + ", \"weight\": \"\(field.weight.rawValue)\"}"
    }

    private func append(_ key: Paper.CodingKeys, to line: inout String) {
        line += line.isEmpty ? "{\"" : ", \""
        line += key.rawValue
        line += "\": "
    }

    private func append(_ key: Paper.CodingKeys, _ text: String, to line: inout String) {
        append(key, to: &line)
        appendJSON(text, to: &line)
    }

    private func append(_ key: Paper.CodingKeys, _ texts: [String], to line: inout String) {
        append(key, to: &line)
        line += jsonList(texts)
    }
}
