public import Papers

/// Writes papers as JSON Lines, in the form that ``ImportFormat/jsonLines`` reads.
///
/// The keys stand in a fixed order: `id`, `title`, `abstract`, `authors`, `year`, `venue`, `categories`, `keywords`,
/// `url`, `altIds`. Empty lists and texts are written. A year, venue or url that the paper does not have gets no key.
/// Characters outside ASCII are written as UTF-8, not escaped. Reading the lines gives equal papers.
public struct JSONLinesExporter: Sendable {
    /// Creates an exporter.
    public init() {}

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
        return line + "}"
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
