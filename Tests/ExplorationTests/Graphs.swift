import Exploration
import SeededRandom

/// Cliques of `size` nodes in a ring, each linked to the next by one edge.
func ringOfCliques(_ count: Int, size: Int) -> WeightedGraph {
    var edges: [(Int, Int, Float)] = []
    for clique in 0..<count {
        let start = clique * size
        for first in 0..<size {
            for second in first + 1..<max(first + 1, size) { edges.append((start + first, start + second, 1)) }
        }
        edges.append((start, (clique + 1) % count * size + size - 1, 1))
    }
    return WeightedGraph(nodeCount: count * size, edges: edges)
}

/// Groups of `size` nodes whose edges lie inside them with one chance and between them with another.
func plantedPartition(
    _ count: Int, size: Int, inside: Double, between: Double, seed: UInt64
) -> (graph: WeightedGraph, labels: [Int]) {
    var random = SplitMix64(seed: seed)
    var edges: [(Int, Int, Float)] = []
    for first in 0..<count * size {
        for second in first + 1..<max(first + 1, count * size) {
            let chance = first / size == second / size ? inside : between
            if random.nextUnit() < chance { edges.append((first, second, 1)) }
        }
    }
    return (WeightedGraph(nodeCount: count * size, edges: edges), (0..<count * size).map { $0 / size })
}

/// The exact nearest neighbors of points.
func nearestNeighbors(of points: [[Float]], k: Int) -> NearestNeighbors {
    var neighbors = NearestNeighbors()
    for (row, point) in points.enumerated() {
        let all = points.indices.filter { $0 != row }.map { other in
            let square = zip(point, points[other]).reduce(Float(0)) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
            return (column: UInt32(other), distance: square.squareRoot())
        }
        neighbors.append(Array(all.sorted { ($0.distance, $0.column) < ($1.distance, $1.column) }.prefix(k)))
    }
    return neighbors
}

/// Blobs of points around the corners of a simplex.
func blobs(_ count: Int, size: Int, dimensions: Int = 8, seed: UInt64) -> [[Float]] {
    var random = SplitMix64(seed: seed)
    return (0..<count * size).map { point in
        (0..<dimensions).map { axis in Float(random.nextUnit() - 0.5) + (axis == point / size ? 6 : 0) }
    }
}
