import PaperStore
public import Papers

/// An entry of a filter that no paper of the library has.
public struct UnknownFilter: Hashable, Sendable {
    /// A part of a filter.
    public enum Part: String, Hashable, Sendable {
        /// An author.
        case author
        /// A category.
        case category
        /// A venue.
        case venue
        /// A value of another field; see `PaperFilter.attributes`.
        case field
    }

    /// The part of the filter.
    public var part: Part
    /// The entry, as it was written. For a field, it is the name and the value: `tag=to read`.
    public var value: String
    /// Entries of the library that are spelled like it, nearest first; at most three. For a field, some of its
    /// values, or the fields that there are.
    public var suggestions: [String]
}

extension Library {
    /// Tells which authors, categories, venues and values of fields in a filter no paper has. A filter with such an
    /// entry may find nothing although the rest of it is right.
    ///
    /// - Parameter filter: The filter.
    /// - Returns: The entries that no paper has, each with entries of the library that are spelled like it.
    /// - Throws: `AkinError` with code `damaged` if the store cannot be read.
    /// - Complexity: A scan of the papers for each entry, and another for each that no paper has.
    public func unknownEntries(of filter: PaperFilter) throws(AkinError) -> [UnknownFilter] {
        try readPapers { papers in
            var unknown: [UnknownFilter] = []
            for author in filter.authors where try papers.keys(matching: PaperFilter(authors: [author])).isEmpty {
                let names = try papers.authors(spelledLike: author, limit: Self.suggestionCount)
                unknown.append(UnknownFilter(part: .author, value: author, suggestions: names))
            }
            for category in filter.categories
            where try papers.keys(matching: PaperFilter(categories: [category])).isEmpty {
                let names = try papers.categories(spelledLike: category, limit: Self.suggestionCount)
                unknown.append(UnknownFilter(part: .category, value: category, suggestions: names))
            }
            for venue in filter.venues where try papers.keys(matching: PaperFilter(venues: [venue])).isEmpty {
                unknown.append(UnknownFilter(part: .venue, value: venue, suggestions: []))
            }
            for (field, values) in filter.attributes.sorted(by: { $0.key < $1.key }) {
                for value in values where try papers.keys(matching: PaperFilter(attributes: [field: [value]])).isEmpty {
                    let values = try papers.labels(ofField: field, limit: Self.suggestionCount)
                    let known = try values.isEmpty ? papers.labels(ofField: nil, limit: Self.fieldCount) : []
                    unknown.append(
                        UnknownFilter(
                            part: .field, value: "\(field)=\(value)",
                            suggestions: values.map { "\(field)=\($0)" } + known))
                }
            }
            return unknown
        }
    }

    private static let suggestionCount = 3
    /// The most names of fields that are listed where no paper has a field.
    private static let fieldCount = 30
}
