// MARK: - JSON

extension Paper: Codable {
    private enum CodingKeys: String, CodingKey {
        case id, title, abstract, authors, year, venue, categories, keywords, url
        case alternateIDs = "alt_ids"
    }

    /// Decodes a paper; every key may be absent or `null`, and an id may be a whole number.
    ///
    /// - Throws: `DecodingError` where a value has another type, or the year is not four digits. Importers are more
    ///   patient, see ``ImportFormat/jsonLines``.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let year = try container.decodeIfPresent(Int.self, forKey: .year)
        if let year, !Paper.years.contains(year) {
            throw DecodingError.dataCorruptedError(
                forKey: .year, in: container, debugDescription: "The year \(year) is not four digits.")
        }
        var id = try? container.decodeIfPresent(Int64.self, forKey: .id).map { String($0) }
        if id == nil { id = try container.decodeIfPresent(String.self, forKey: .id) }
        self.init(
            id: id,
            title: try container.decodeIfPresent(String.self, forKey: .title) ?? "",
            abstract: try container.decodeIfPresent(String.self, forKey: .abstract) ?? "",
            authors: try container.decodeIfPresent([String].self, forKey: .authors) ?? [],
            year: year,
            venue: try container.decodeIfPresent(String.self, forKey: .venue),
            categories: try container.decodeIfPresent([String].self, forKey: .categories) ?? [],
            keywords: try container.decodeIfPresent([String].self, forKey: .keywords) ?? [],
            url: try container.decodeIfPresent(String.self, forKey: .url),
            alternateIDs: try container.decodeIfPresent([String].self, forKey: .alternateIDs) ?? []
        )
    }

    /// Encodes the paper with all of its keys, but for a year, venue or url that it does not have.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(title, forKey: .title)
        try container.encode(abstract, forKey: .abstract)
        try container.encode(authors, forKey: .authors)
        try container.encodeIfPresent(year, forKey: .year)
        try container.encodeIfPresent(venue, forKey: .venue)
        try container.encode(categories, forKey: .categories)
        try container.encode(keywords, forKey: .keywords)
        try container.encodeIfPresent(url, forKey: .url)
        try container.encode(alternateIDs, forKey: .alternateIDs)
    }
}
