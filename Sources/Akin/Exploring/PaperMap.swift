/// The papers of a library in the plane, so that papers on like subjects lie close together.
public struct PaperMap: Sendable {
    /// A paper and its place.
    public struct Point: Hashable, Sendable {
        /// The paper's id.
        public var id: String
        /// Its title.
        public var title: String
        /// The names of its authors.
        public var authors: [String]
        /// The year of its publication.
        public var year: Int?
        /// The place of its publication.
        public var venue: String?
        /// A link to it.
        public var url: String?
        /// The collections that it is in.
        public var collections: [String]
        /// Its tags.
        public var tags: [String]
        /// The place from left to right. Distances count, and the unit means nothing.
        public var x: Float
        /// The place from bottom to top.
        public var y: Float
        /// The place of its topic in ``PaperMap/topics``; `nil` for a paper of none.
        public var topic: Int?

        package init(
            id: String, title: String, authors: [String], year: Int?, venue: String?, url: String?,
            collections: [String], tags: [String], x: Float, y: Float, topic: Int?
        ) {
            self.id = id
            self.title = title
            self.authors = authors
            self.year = year
            self.venue = venue
            self.url = url
            self.collections = collections
            self.tags = tags
            self.x = x
            self.y = y
            self.topic = topic
        }
    }

    /// The papers that have a vector, in the order in which they were added.
    public var points: [Point]
    /// The topics, the largest first.
    public var topics: [Topic]
    /// The papers that have no vector and therefore no place.
    public var unplacedCount: Int

    package init(
        points: [Point], topics: [Topic], unplacedCount: Int
    ) {
        self.points = points
        self.topics = topics
        self.unplacedCount = unplacedCount
    }
}
