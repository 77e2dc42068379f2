import SeededRandom

/// The first step of the Leiden algorithm: nodes that move to the communities where they raise the modularity most.
struct CommunityMoving {
    private let graph: WeightedGraph
    private let resolution: Double
    /// The community of each node. Some numbers may belong to no node.
    private(set) var labels: [Int]
    /// The strength of each community.
    private var strengths: [Double]
    private var sizes: [Int]
    /// The numbers of no node.
    private var unused: [Int] = []

    init(_ graph: WeightedGraph, _ partition: Partition, resolution: Double) {
        self.graph = graph
        self.resolution = resolution
        labels = partition.labels
        strengths = [Double](repeating: 0, count: graph.nodeCount)
        sizes = [Int](repeating: 0, count: graph.nodeCount)
        for node in labels.indices {
            strengths[labels[node]] += graph.strengths[node]
            sizes[labels[node]] += 1
        }
        for label in sizes.indices.reversed() where sizes[label] == 0 { unused.append(label) }
    }

    /// Moves nodes until none can gain. A node is visited again when one of its neighbors has moved elsewhere.
    mutating func moveNodes(_ random: inout SplitMix64) {
        var queue = (0..<graph.nodeCount).shuffled(using: &random)
        var isWaiting = [Bool](repeating: true, count: graph.nodeCount)
        var links = LinkWeights(labelCount: graph.nodeCount)
        var next = 0
        while next < queue.count {
            let node = queue[next]
            next += 1
            isWaiting[node] = false
            guard let target = bestCommunity(of: node, &links) else { continue }
            move(node, to: target)
            for place in graph.places(of: node) {
                let neighbor = Int(graph.columns[place])
                guard labels[neighbor] != target, !isWaiting[neighbor] else { continue }
                isWaiting[neighbor] = true
                queue.append(neighbor)
            }
            if next > graph.nodeCount {
                queue.removeFirst(next)
                next = 0
            }
        }
    }

    /// The community that a node had better be in; `nil` if it is there.
    private func bestCommunity(of node: Int, _ links: inout LinkWeights) -> Int? {
        let own = labels[node]
        links.collect(graph, node, labels)
        let share = resolution * graph.strengths[node] / max(graph.totalStrength, .leastNormalMagnitude)
        var best = own
        var bestGain = links[own] - share * (strengths[own] - graph.strengths[node])
        for label in links.labels where label != own {
            let gain = links[label] - share * strengths[label]
            // Sums of floats in another order differ in the last digits, which must not move nodes for ever.
            if gain > bestGain + smallestGain { (best, bestGain) = (label, gain) }
        }
        if bestGain < -smallestGain, let empty = unused.last { best = empty }
        return best == own ? nil : best
    }

    private mutating func move(_ node: Int, to target: Int) {
        let own = labels[node]
        if unused.last == target { unused.removeLast() }
        labels[node] = target
        strengths[own] -= graph.strengths[node]
        strengths[target] += graph.strengths[node]
        sizes[own] -= 1
        sizes[target] += 1
        if sizes[own] == 0 {
            strengths[own] = 0
            unused.append(own)
        }
    }
}

/// A gain below this is none.
let smallestGain = 1e-9

/// The weight of a node's edges to each community: a sparse sum that is cleared in the time that it took to fill.
struct LinkWeights {
    private var sums: [Double]
    private var isSeen: [Bool]
    /// The communities with a sum.
    private(set) var labels: [Int] = []

    init(labelCount: Int) {
        sums = [Double](repeating: 0, count: labelCount)
        isSeen = [Bool](repeating: false, count: labelCount)
    }

    subscript(label: Int) -> Double { sums[label] }

    /// Sums the edges of a node, in place of what was there.
    mutating func collect(_ graph: WeightedGraph, _ node: Int, _ communities: [Int]) {
        collect(graph, node, communities) { _ in true }
    }

    /// Sums those edges of a node whose other node meets a condition, in place of what was there.
    mutating func collect(
        _ graph: WeightedGraph, _ node: Int, _ communities: [Int], where isCounted: (Int) -> Bool
    ) {
        for label in labels {
            sums[label] = 0
            isSeen[label] = false
        }
        labels.removeAll(keepingCapacity: true)
        for place in graph.places(of: node) {
            let other = Int(graph.columns[place])
            guard isCounted(other) else { continue }
            let label = communities[other]
            if !isSeen[label] {
                isSeen[label] = true
                labels.append(label)
            }
            sums[label] += Double(graph.weights[place])
        }
    }
}
