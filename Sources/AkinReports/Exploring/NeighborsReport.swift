package import Akin

/// Papers and the nearest papers to each, as one JSON object: the form that D3 and NetworkX call node-link data.
package struct NeighborsReport: Codable, Hashable, Sendable {
    /// A paper that is among the nearest to another.
    package struct Link: Codable, Hashable, Sendable {
        /// The id of the paper.
        package var source: String
        /// The id of the paper that is near it.
        package var target: String
        /// The cosine of their vectors.
        package var similarity: Float
    }

    package var directed = true
    package var nodes: [PaperHeading]
    package var links: [Link]

    /// Reports a graph.
    package init(_ graph: NeighborGraph) {
        nodes = graph.nodes.map { PaperHeading(id: $0.id, title: $0.title, year: $0.year) }
        links = graph.edges.map { edge in
            Link(source: graph.nodes[edge.source].id, target: graph.nodes[edge.target].id, similarity: edge.similarity)
        }
    }
}

/// A graph of neighbors that was written to a file.
package struct NeighborFileReport: Codable, Hashable, Sendable {
    package var output: String
    package var format: String
    package var papers: Int
    package var edges: Int

    package init(_ graph: NeighborGraph, output: String, format: String) {
        self.output = output
        self.format = format
        papers = graph.nodes.count
        edges = graph.edges.count
    }
}
