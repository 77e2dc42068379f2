import Exploration
import PaperStore
import Papers

// MARK: - The graph of neighbors

extension Library {
    /// Finds the nearest papers to each paper.
    ///
    /// - Parameters:
    ///   - options: Which papers, in which space, and how many neighbors of each.
    ///   - progress: Called from time to time. It returns whether to go on.
    /// - Returns: The papers that have a vector, and their neighbors among them. A search through the index may miss a
    ///   few of the nearest.
    /// - Throws: `AkinError`: `invalidArgument` for numbers outside what ``ExplorationOptions`` says; `spaceNotFound`;
    ///   `cancelled`; `damaged` if a file cannot be read.
    /// - Complexity: A search for each paper.
    public func neighborGraph(
        _ options: ExplorationOptions = ExplorationOptions(), progress: (AddProgress) -> Bool = { _ in true }
    ) throws(AkinError) -> NeighborGraph {
        try options.validate()
        return try read { papers, generation in
            let neighborhood = try PaperNeighborhood(options, papers, generation, progress: progress)
            let nodes = try neighborhood.keys.compactMap { key in
                try papers.paper(forKey: key).map {
                    NeighborGraph.Node(id: $0.id, title: $0.title, year: $0.year)
                }
            }
            let neighbors = neighborhood.neighbors
            let edges = (0..<neighbors.count).flatMap { row in
                neighbors.places(of: row).map { place in
                    NeighborGraph.Edge(
                        source: row, target: Int(neighbors.columns[place]), similarity: 1 - neighbors.distances[place])
                }
            }
            return NeighborGraph(nodes: nodes, edges: edges)
        }
    }
}
