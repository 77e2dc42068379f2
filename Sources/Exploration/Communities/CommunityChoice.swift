/// Which communities of a graph to find: as many as modularity makes, or a number.
package struct CommunityChoice: Sendable {
    /// The number of communities; `nil`, the default, leaves it to the graph.
    package var count: Int?
    /// A smaller community is merged into the one that it is linked to most.
    package var smallestSize: Int
    /// Decides the order in which nodes are visited.
    package var seed: UInt64

    package init(count: Int? = nil, smallestSize: Int = 1, seed: UInt64 = 0) {
        self.count = count
        self.smallestSize = smallestSize
        self.seed = seed
    }

    /// Finds communities.
    ///
    /// Without a number they are those of the Leiden algorithm at a resolution of 1. With a number, the resolution is
    /// doubled until there are enough communities, and then the pairs are merged whose union costs the least
    /// modularity. A graph whose parts are small may have fewer than were asked for, and one of many parts without a
    /// link between them may have more if `count` is `nil`.
    ///
    /// - Returns: The communities, the largest first.
    /// - Complexity: That of `leidenCommunities`, for each doubling.
    package func communities(of graph: WeightedGraph) -> Partition {
        var resolution = 1.0
        var best = communities(of: graph, resolution: resolution)
        guard let count else { return best }
        while best.count < count, resolution < Self.largestResolution {
            resolution *= 2
            let next = communities(of: graph, resolution: resolution)
            if next.count > best.count { best = next }
            // Beyond some resolution communities are too small to stay.
            if next.count * 2 < best.count { break }
        }
        var merging = CommunityMerging(graph, best)
        merging.merge(to: count)
        return best.followed(by: merging.partition)
    }

    /// Where even papers that are one another's only neighbors are apart.
    private static let largestResolution = 4096.0

    private func communities(of graph: WeightedGraph, resolution: Double) -> Partition {
        let found = leidenCommunities(of: graph, resolution: resolution, seed: seed)
        guard smallestSize > 1, found.count > 1 else { return found }
        var merging = CommunityMerging(graph, found)
        merging.absorb(smallerThan: smallestSize)
        return found.followed(by: merging.partition)
    }
}
