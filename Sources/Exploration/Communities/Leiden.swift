import SeededRandom

/// Finds the communities of a graph by the Leiden algorithm.
///
/// V. A. Traag, L. Waltman and N. J. van Eck, "From Louvain to Leiden: guaranteeing well-connected communities", 2019,
/// <https://doi.org/10.1038/s41598-019-41695-z>. A round goes in these steps:
///
/// 1. Move nodes to the community that raises the modularity most, until no move does.
/// 2. Refine: split each community into well-connected parts, starting from single nodes.
/// 3. Make one node of each part, and go on with the smaller graph and the communities of step 1.
///
/// Where the paper draws a part at random in step 2, with a chance that grows with the gain, the part of the largest
/// gain is taken here. So the result depends on the seed by the order alone in which nodes are visited, and parts are
/// connected all the same.
///
/// - Parameters:
///   - graph: The graph.
///   - resolution: *γ*, above 0; the default is 1, plain modularity. A larger one gives more and smaller communities.
///   - rounds: The most rounds; each starts from the communities of the last.
///   - seed: Decides the order in which nodes are visited.
/// - Returns: The communities, the largest first.
/// - Complexity: About O(*e* log *n*) for *e* edges of *n* nodes a round.
package func leidenCommunities(
    of graph: WeightedGraph, resolution: Double = 1, rounds: Int = 2, seed: UInt64 = 0
) -> Partition {
    var best = Partition(singletons: graph.nodeCount)
    var random = SplitMix64(seed: seed)
    for _ in 0..<rounds {
        let next = round(on: graph, from: best, resolution: resolution, &random)
        if next == best { break }
        best = next
    }
    return Partition(best.labels)
}

/// One round, from some communities to others.
private func round(
    on graph: WeightedGraph, from start: Partition, resolution: Double, _ random: inout SplitMix64
) -> Partition {
    var level = graph
    var communities = start
    // What became of each node of the whole graph: its node on this level.
    var places = Partition(singletons: graph.nodeCount)
    while true {
        var moving = CommunityMoving(level, communities, resolution: resolution)
        moving.moveNodes(&random)
        let moved = Partition(moving.labels)
        let parts = Refinement(level, moved, resolution: resolution).parts(&random)
        if parts.count == level.nodeCount { return places.followed(by: moved) }
        places = places.renumbered(by: parts)
        // A part lies in one community.
        var labels = [Int](repeating: 0, count: parts.count)
        for node in 0..<level.nodeCount { labels[parts.labels[node]] = moved.labels[node] }
        level = level.aggregated(by: parts)
        communities = Partition(labels)
    }
}
