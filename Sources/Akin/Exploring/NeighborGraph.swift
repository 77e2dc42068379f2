/// Papers of a library and the nearest papers to each.
public struct NeighborGraph: Sendable {
    /// A paper.
    public struct Node: Hashable, Sendable {
        /// The paper's id.
        public var id: String
        /// Its title.
        public var title: String
        /// The year of its publication.
        public var year: Int?

        package init(
            id: String, title: String, year: Int?
        ) {
            self.id = id
            self.title = title
            self.year = year
        }
    }

    /// A paper that is among the nearest to another.
    public struct Edge: Hashable, Sendable {
        /// The place of the paper in ``NeighborGraph/nodes``.
        public var source: Int
        /// The place of the paper that is near it.
        public var target: Int
        /// The cosine of their vectors.
        public var similarity: Float

        package init(
            source: Int, target: Int, similarity: Float
        ) {
            self.source = source
            self.target = target
            self.similarity = similarity
        }
    }

    /// The papers that have a vector, in the order in which they were added.
    public var nodes: [Node]
    /// The edges by their sources; the nearest paper comes first.
    public var edges: [Edge]

    package init(
        nodes: [Node], edges: [Edge]
    ) {
        self.nodes = nodes
        self.edges = edges
    }
}
