/// Puts communities together, two at a time: those whose union raises the modularity most, or lowers it least.
///
/// It is the greedy step of A. Clauset, M. E. J. Newman and C. Moore, "Finding community structure in very large
/// networks", 2004, <https://doi.org/10.1103/PhysRevE.70.066111>, started from communities instead of nodes.
struct CommunityMerging {
    private let totalStrength: Double
    /// The weight of the edges between each community and the others.
    private var links: [[Int: Double]]
    private var strengths: [Double]
    private var sizes: [Int]
    /// What each community has become a part of.
    private var parents: [Int]
    private(set) var count: Int

    init(_ graph: WeightedGraph, _ partition: Partition) {
        let small = graph.aggregated(by: partition)
        totalStrength = max(small.totalStrength, .leastNormalMagnitude)
        strengths = small.strengths
        links = (0..<small.nodeCount).map { node in
            Dictionary(
                uniqueKeysWithValues: small.places(of: node).map {
                    (Int(small.columns[$0]), Double(small.weights[$0]))
                })
        }
        sizes = partition.members.map(\.count)
        parents = Array(0..<partition.count)
        count = partition.count
    }

    /// What has become of the communities.
    var partition: Partition {
        Partition(
            parents.indices.map { community in
                var community = community
                while parents[community] != community { community = parents[community] }
                return community
            })
    }

    /// Merges until there are no more than `target` communities.
    ///
    /// - Complexity: O(*c* · *e*) for *c* merges and *e* pairs of communities with an edge between them.
    mutating func merge(to target: Int) {
        while count > max(1, target), let pair = bestPair() { unite(pair.0, pair.1) }
    }

    /// Merges each community of fewer than `size` things into the one that gains most by it. One that has no edge to
    /// another stays.
    mutating func absorb(smallerThan size: Int) {
        for community in parents.indices.reversed() where isAlive(community) && sizes[community] < size {
            let best = links[community].max { isWorse(($0.key, community), ($1.key, community)) }
            if let best { unite(community, best.key) }
        }
    }

    private func isAlive(_ community: Int) -> Bool { parents[community] == community }

    private func gain(_ first: Int, _ second: Int) -> Double {
        (links[first][second] ?? 0) - strengths[first] * strengths[second] / totalStrength
    }

    /// Whether a pair gains less than another; ties go to the smaller numbers.
    private func isWorse(_ left: (Int, Int), _ right: (Int, Int)) -> Bool {
        let gains = (gain(left.0, left.1), gain(right.0, right.1))
        return gains.0 != gains.1 ? gains.0 < gains.1 : right < left
    }

    private func bestPair() -> (Int, Int)? {
        let alive = parents.indices.filter(isAlive)
        // Of the pairs without an edge, the weakest two lose least.
        let weakest = alive.sorted { (strengths[$0], $0) < (strengths[$1], $1) }.prefix(2).sorted()
        guard weakest.count == 2 else { return nil }
        var best = (weakest[0], weakest[1])
        for first in alive {
            for second in links[first].keys where first < second {
                if isWorse(best, (first, second)) { best = (first, second) }
            }
        }
        return best
    }

    /// Makes one community of two: the one of the smaller number.
    private mutating func unite(_ first: Int, _ second: Int) {
        let (kept, gone) = (min(first, second), max(first, second))
        for (other, weight) in links[gone] {
            links[other][gone] = nil
            guard other != kept else { continue }
            links[other][kept, default: 0] += weight
            links[kept][other, default: 0] += weight
        }
        links[gone] = [:]
        strengths[kept] += strengths[gone]
        sizes[kept] += sizes[gone]
        parents[gone] = kept
        count -= 1
    }
}
