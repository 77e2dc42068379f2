/// How many papers of an answer have each value of some fields.
package struct FacetsReport: Codable, Hashable, Sendable {
    /// A value of a field.
    package struct Value: Codable, Hashable, Sendable {
        package var value: String
        package var papers: Int

        package init(value: String, papers: Int) {
            (self.value, self.papers) = (value, papers)
        }
    }

    /// The papers that count.
    package var papers: Int
    /// How many of them were read.
    package var read: Int
    /// The years, the first first.
    package var year: [Value]
    /// The values of the other fields, that of most papers first.
    package var venue: [Value]
    package var category: [Value]
    package var tag: [Value]
    package var collection: [Value]
    package var type: [Value]

    package init(
        papers: Int, read: Int, year: [Value], venue: [Value], category: [Value], tag: [Value], collection: [Value],
        type: [Value]
    ) {
        (self.papers, self.read, self.year, self.venue) = (papers, read, year, venue)
        (self.category, self.tag, self.collection, self.type) = (category, tag, collection, type)
    }

    /// Takes the counts of one field from another report.
    package mutating func take(_ field: String, from other: FacetsReport) {
        switch field {
        case "year": year = other.year
        case "venue": venue = other.venue
        case "category": category = other.category
        case "tag": tag = other.tag
        case "collection": collection = other.collection
        case "type": type = other.type
        default: break
        }
    }
}
