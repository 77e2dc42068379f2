import SeededRandom

/// The second step of the Leiden algorithm: each community is split into parts that hold together.
///
/// Every node starts alone. A node that is still alone, and well connected to the rest of its community, joins the part
/// with the largest gain among those that are well connected themselves. So parts are connected, whatever the moves of
/// the first step did.
struct Refinement {
    private let graph: WeightedGraph
    private let communities: Partition
    private let resolution: Double
    /// The strength of each community.
    private var communityStrengths: [Double]
    /// The part of each node, its strength, its size, and the weight of its edges to the rest of its community.
    private var labels: [Int]
    private var strengths: [Double]
    private var sizes: [Int]
    private var outward: [Double]

    init(_ graph: WeightedGraph, _ communities: Partition, resolution: Double) {
        self.graph = graph
        self.communities = communities
        self.resolution = resolution / max(graph.totalStrength, .leastNormalMagnitude)
        communityStrengths = [Double](repeating: 0, count: communities.count)
        labels = Array(0..<graph.nodeCount)
        strengths = graph.strengths
        sizes = [Int](repeating: 1, count: graph.nodeCount)
        outward = [Double](repeating: 0, count: graph.nodeCount)
        for node in 0..<graph.nodeCount {
            let own = communities.labels[node]
            communityStrengths[own] += graph.strengths[node]
            for place in graph.places(of: node) where communities.labels[Int(graph.columns[place])] == own {
                outward[node] += Double(graph.weights[place])
            }
        }
    }

    /// The parts.
    func parts(_ random: inout SplitMix64) -> Partition {
        var parts = self
        var links = LinkWeights(labelCount: graph.nodeCount)
        for node in (0..<graph.nodeCount).shuffled(using: &random) { parts.place(node, &links) }
        return Partition(parts.labels)
    }

    /// Whether a part is connected to the rest of its community at least as strongly as chance would have it.
    private func isWellConnected(_ part: Int, in community: Int) -> Bool {
        outward[part] >= resolution * strengths[part] * (communityStrengths[community] - strengths[part]) - smallestGain
    }

    private mutating func place(_ node: Int, _ links: inout LinkWeights) {
        let community = communities.labels[node]
        guard sizes[labels[node]] == 1, isWellConnected(node, in: community) else { return }
        links.collect(graph, node, labels) { communities.labels[$0] == community }
        var best: (part: Int, gain: Double)?
        for part in links.labels where part != node && isWellConnected(part, in: community) {
            let gain = links[part] - resolution * strengths[node] * strengths[part]
            guard gain >= 0 else { continue }
            if let known = best, (gain, known.part) <= (known.gain, part) { continue }
            best = (part, gain)
        }
        guard let best else { return }
        labels[node] = best.part
        sizes[node] = 0
        sizes[best.part] += 1
        strengths[best.part] += strengths[node]
        outward[best.part] += outward[node] - 2 * links[best.part]
    }
}
