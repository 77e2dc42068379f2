/// What papers are counted by: a paper without its texts.
public struct PaperFacts: Hashable, Sendable {
    /// The paper's id.
    public var id: String
    /// The year of publication.
    public var year: Int?
    /// The venue, as the paper has it.
    public var venue: String?
    /// The type, such as `article`.
    public var type: String?
    /// The categories.
    public var categories: [String]
    /// The tags.
    public var tags: [String]
    /// The collections.
    public var collections: [String]

    /// Creates the facts of a paper.
    public init(
        id: String, year: Int? = nil, venue: String? = nil, type: String? = nil, categories: [String] = [],
        tags: [String] = [], collections: [String] = []
    ) {
        (self.id, self.year, self.venue, self.type) = (id, year, venue, type)
        (self.categories, self.tags, self.collections) = (categories, tags, collections)
    }

    /// Takes the facts of a paper.
    public init(_ paper: Paper) {
        self.init(
            id: paper.id, year: paper.year, venue: paper.venue, type: paper.type, categories: paper.categories,
            tags: paper.tags, collections: paper.collections)
    }
}
