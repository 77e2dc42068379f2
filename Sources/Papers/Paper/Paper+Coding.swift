// MARK: - JSON

extension Paper: Codable {
    /// The keys of a paper in JSON. Everything that writes or reads a paper as JSON uses these.
    package enum CodingKeys: String, CodingKey {
        case id, title, abstract, authors, year, venue, categories, keywords, url
        case alternateIDs = "altIds"
        case date, type, language, citationKey, collections, tags, fields, notes, attachments, attributes
        /// An older spelling of ``alternateIDs``. It is read and never written.
        case formerAlternateIDs = "alt_ids"
    }

    /// Decodes a paper from an object with the keys that ``encode(to:)`` writes.
    ///
    /// Each key may be absent or `null`. An id may be a whole number. The alternate ids may also have the older key
    /// `alt_ids`.
    ///
    /// - Throws: `DecodingError` if a value has another type, or if the year is not four digits. The importers of
    ///   `PaperFormats` tolerate more.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let year = try container.decodeIfPresent(Int.self, forKey: .year)
        if let year, !Paper.years.contains(year) {
            throw DecodingError.dataCorruptedError(
                forKey: .year, in: container, debugDescription: "The year \(year) is not four digits.")
        }
        func texts(_ key: CodingKeys) throws -> [String]? { try container.decodeIfPresent([String].self, forKey: key) }
        var id = try? container.decodeIfPresent(Int64.self, forKey: .id).map { String($0) }
        if id == nil { id = try container.decodeIfPresent(String.self, forKey: .id) }
        self.init(
            id: id,
            title: try container.decodeIfPresent(String.self, forKey: .title) ?? "",
            abstract: try container.decodeIfPresent(String.self, forKey: .abstract) ?? "",
            authors: try texts(.authors) ?? [],
            year: year,
            venue: try container.decodeIfPresent(String.self, forKey: .venue),
            categories: try texts(.categories) ?? [],
            keywords: try texts(.keywords) ?? [],
            url: try container.decodeIfPresent(String.self, forKey: .url),
            alternateIDs: try texts(.alternateIDs) ?? texts(.formerAlternateIDs) ?? [],
            date: try container.decodeIfPresent(String.self, forKey: .date),
            type: try container.decodeIfPresent(String.self, forKey: .type),
            language: try container.decodeIfPresent(String.self, forKey: .language),
            citationKey: try container.decodeIfPresent(String.self, forKey: .citationKey),
            collections: try texts(.collections) ?? [],
            tags: try texts(.tags) ?? [],
            fields: try container.decodeIfPresent([Field].self, forKey: .fields) ?? [],
            notes: try texts(.notes) ?? [],
            attachments: try texts(.attachments) ?? [],
            attributes: try container.decodeIfPresent([String: [String]].self, forKey: .attributes) ?? [:]
        )
    }

    /// Encodes the paper as an object with the keys `id`, `title`, `abstract`, `authors`, `year`, `venue`,
    /// `categories`, `keywords`, `url` and `altIds`.
    ///
    /// A year, venue or url that the paper does not have gets no key. Empty lists and empty texts are written. The keys
    /// `date`, `type`, `language`, `citationKey`, `collections`, `tags`, `notes`, `attachments`, `fields` and
    /// `attributes` follow if the paper has something there.
    ///
    /// - Throws: What the encoder throws.
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
        try container.encodeIfPresent(date, forKey: .date)
        try container.encodeIfPresent(type, forKey: .type)
        try container.encodeIfPresent(language, forKey: .language)
        try container.encodeIfPresent(citationKey, forKey: .citationKey)
        let lists: [(CodingKeys, [String])] = [
            (.collections, collections), (.tags, tags), (.notes, notes), (.attachments, attachments),
        ]
        for (key, list) in lists where !list.isEmpty { try container.encode(list, forKey: key) }
        if !fields.isEmpty { try container.encode(fields, forKey: .fields) }
        if !attributes.isEmpty { try container.encode(attributes, forKey: .attributes) }
    }
}
