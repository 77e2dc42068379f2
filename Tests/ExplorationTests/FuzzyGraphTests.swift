import Exploration
import Foundation
import Testing

@Suite("The fuzzy graph of nearest neighbors")
struct FuzzyGraphTests {
    @Test(arguments: [0, 1, 2, 7, 31])
    func `rows are symmetric, ascend and hold weights between 0 and 1`(count: Int) {
        let points = Array(blobs(2, size: 16, seed: 5).prefix(count))
        let graph = WeightedGraph(fuzzy: nearestNeighbors(of: points, k: 5))
        #expect(graph.nodeCount == count)
        var weights: [[Int]: Float] = [:]
        for node in 0..<count {
            let row = graph.columns[graph.places(of: node)].map(Int.init)
            #expect(row == row.sorted() && !row.contains(node))
            for place in graph.places(of: node) { weights[[node, Int(graph.columns[place])]] = graph.weights[place] }
        }
        for (pair, weight) in weights {
            #expect(weight >= 0 && weight <= 1)
            #expect(weights[[pair[1], pair[0]]] == weight)
        }
    }

    @Test
    func `the two sides of a pair add up as a fuzzy union`() {
        // 0 and 1 are each other's nearest; 2 names 1 as its nearest, and 1 names 2 second.
        var neighbors = NearestNeighbors()
        neighbors.append([(1, 1)])
        neighbors.append([(0, 1), (2, 3)])
        neighbors.append([(1, 3)])
        let graph = WeightedGraph(fuzzy: neighbors)
        #expect(graph.columns == [1, 0, 2, 1])
        #expect(graph.weights[0] == 1)
        // log₂ 3 = 1 + w, and w + 1 − w · 1 = 1.
        #expect(abs(graph.weights[2] - 1) < 1e-6)
    }

    @Test
    func `things in one place have finite weights`() {
        let points = [[Float]](repeating: [1, 2], count: 7)
        let graph = WeightedGraph(fuzzy: nearestNeighbors(of: points, k: 3))
        #expect(graph.weights.allSatisfy { $0 == 1 })
    }
}
