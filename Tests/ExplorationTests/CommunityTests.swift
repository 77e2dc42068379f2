import Exploration
import Testing

@Suite("Communities of a graph")
struct CommunityTests {
    @Test(arguments: [(4, 5), (10, 6), (30, 7)])
    func `a ring of cliques falls into its cliques`(count: Int, size: Int) {
        for seed in UInt64(0)..<5 {
            let communities = CommunityChoice(count: count, seed: seed).communities(
                of: ringOfCliques(count, size: size))
            #expect(communities.labels == Partition((0..<count * size).map { $0 / size }).labels, "seed \(seed)")
        }
    }

    @Test
    func `planted groups are found`() {
        for seed in UInt64(0)..<5 {
            let (graph, labels) = plantedPartition(6, size: 40, inside: 0.3, between: 0.02, seed: seed)
            #expect(leidenCommunities(of: graph, seed: seed) == Partition(labels), "seed \(seed)")
        }
    }

    @Test
    func `no partition found has a lower modularity than the planted one`() {
        for seed in UInt64(0)..<10 {
            let (graph, labels) = plantedPartition(5, size: 20, inside: 0.5, between: 0.1, seed: seed)
            let found = graph.modularity(of: leidenCommunities(of: graph, seed: seed))
            #expect(found >= graph.modularity(of: Partition(labels)) - 1e-9, "seed \(seed)")
        }
    }

    @Test
    func `modularity of two triangles with an edge between them is 5/14`() {
        let edges: [(Int, Int, Float)] = [
            (0, 1, 1), (1, 2, 1), (0, 2, 1), (3, 4, 1), (4, 5, 1), (3, 5, 1), (2, 3, 1),
        ]
        let graph = WeightedGraph(nodeCount: 6, edges: edges)
        let halves = Partition([0, 0, 0, 1, 1, 1])
        #expect(abs(graph.modularity(of: halves) - 5.0 / 14) < 1e-9)
        #expect(abs(graph.aggregated(by: halves).modularity(of: Partition(singletons: 2)) - 5.0 / 14) < 1e-9)
        #expect(leidenCommunities(of: graph) == halves)
    }

    @Test
    func `every community is connected`() {
        for seed in UInt64(0)..<10 {
            let (graph, _) = plantedPartition(8, size: 15, inside: 0.15, between: 0.03, seed: seed)
            let communities = leidenCommunities(of: graph, resolution: 2, seed: seed)
            for members in communities.members {
                var reached: Set = [members[0]]
                var frontier = [members[0]]
                while let node = frontier.popLast() {
                    for place in graph.places(of: node) {
                        let other = Int(graph.columns[place])
                        if communities.labels[other] == communities.labels[node], reached.insert(other).inserted {
                            frontier.append(other)
                        }
                    }
                }
                #expect(reached.count == members.count, "seed \(seed)")
            }
        }
    }

    @Test
    func `the same graph and seed give the same communities`() {
        let (graph, _) = plantedPartition(5, size: 30, inside: 0.2, between: 0.08, seed: 7)
        #expect(leidenCommunities(of: graph, seed: 3) == leidenCommunities(of: graph, seed: 3))
    }

    @Test(arguments: [0, 1, 2, 7])
    func `small graphs with and without edges have communities`(count: Int) {
        let alone = WeightedGraph(nodeCount: count, edges: [])
        #expect(leidenCommunities(of: alone).count == count)
        let path = WeightedGraph(nodeCount: count, edges: (1..<max(1, count)).map { ($0 - 1, $0, 1) })
        for wanted in [nil, 1, 2, 100] {
            let found = CommunityChoice(count: wanted).communities(of: path)
            #expect(found.labels.count == count)
            if let wanted, count > 0 { #expect(found.count == min(wanted, count)) }
        }
    }

    @Test(arguments: [1, 2, 3, 5, 8, 12, 20])
    func `as many communities are found as were asked for`(count: Int) {
        let (graph, _) = plantedPartition(6, size: 20, inside: 0.4, between: 0.03, seed: 1)
        #expect(CommunityChoice(count: count).communities(of: graph).count == count)
    }

    @Test
    func `a merge to fewer communities puts none of them apart`() {
        let (graph, labels) = plantedPartition(6, size: 20, inside: 0.6, between: 0.02, seed: 1)
        let found = CommunityChoice(count: 3).communities(of: graph)
        for group in Partition(labels).members { #expect(Set(group.map { found.labels[$0] }).count == 1) }
    }

    @Test
    func `communities smaller than the smallest size join the one they are linked to`() {
        var edges: [(Int, Int, Float)] = []
        for start in [0, 5] {
            for first in 0..<5 { for second in first + 1..<5 { edges.append((start + first, start + second, 1)) } }
        }
        edges += [(10, 11, 5), (11, 0, 0.1), (0, 5, 0.1)]
        let graph = WeightedGraph(nodeCount: 13, edges: edges)
        let found = CommunityChoice(smallestSize: 3).communities(of: graph)
        #expect(found.labels[10] == found.labels[0])
        #expect(found.labels[12] != found.labels[0], "A node without a link stays alone.")
        #expect(found.count == 3)
    }

    @Test
    func `communities are numbered by their sizes`() {
        let partition = Partition([5, 2, 2, 9, 9, 2])
        #expect(partition.labels == [2, 0, 0, 1, 1, 0])
        #expect(partition.count == 3)
        #expect(partition.members == [[1, 2, 5], [3, 4], [0]])
    }
}
