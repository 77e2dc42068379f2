/// An undirected graph with weights, as a symmetric matrix in CSR: each edge stands in the rows of both its nodes.
///
/// Nodes are numbered from 0. The columns of a row ascend, and no node is its own neighbor: what a node weighs in
/// itself stands in ``loops``.
package struct WeightedGraph: Sendable, Equatable {
    package let rowPointers: [Int]
    package let columns: [UInt32]
    package let weights: [Float]
    /// The weight of the edge of each node with itself, which a node has that stands for several.
    package let loops: [Double]
    /// The weight of each node: that of its edges, where a loop counts twice.
    package let strengths: [Double]
    /// The sum of all ``strengths``: twice the weight of all edges.
    package let totalStrength: Double

    init(rowPointers: [Int], columns: [UInt32], weights: [Float], loops: [Double]? = nil) {
        let count = rowPointers.count - 1
        let loops = loops ?? [Double](repeating: 0, count: count)
        self.rowPointers = rowPointers
        self.columns = columns
        self.weights = weights
        self.loops = loops
        strengths = (0..<count).map { row in
            weights[rowPointers[row]..<rowPointers[row + 1]].reduce(2 * loops[row]) { $0 + Double($1) }
        }
        totalStrength = strengths.reduce(0, +)
    }

    /// Creates the graph of some edges. Edges between the same nodes add up, and so do loops.
    ///
    /// - Precondition: nodes are in `0..<nodeCount`.
    package init(nodeCount: Int, edges: [(Int, Int, Float)]) {
        var loops = [Double](repeating: 0, count: nodeCount)
        var rows = [[UInt32: Double]](repeating: [:], count: nodeCount)
        for (first, second, weight) in edges {
            precondition((0..<nodeCount).contains(first) && (0..<nodeCount).contains(second), "\(first)–\(second)")
            if first == second {
                loops[first] += Double(weight)
            } else {
                rows[first][UInt32(second), default: 0] += Double(weight)
                rows[second][UInt32(first), default: 0] += Double(weight)
            }
        }
        self.init(rows: rows, loops: loops)
    }

    /// Creates the graph of rows that are symmetric already.
    init(rows: [[UInt32: Double]], loops: [Double]) {
        var rowPointers = [0]
        var columns: [UInt32] = []
        var weights: [Float] = []
        for row in rows {
            for (column, weight) in row.sorted(by: { $0.key < $1.key }) {
                columns.append(column)
                weights.append(Float(weight))
            }
            rowPointers.append(columns.count)
        }
        self.init(rowPointers: rowPointers, columns: columns, weights: weights, loops: loops)
    }

    /// The number of nodes.
    package var nodeCount: Int { rowPointers.count - 1 }

    /// The places of a node's edges in ``columns`` and ``weights``.
    package func places(of node: Int) -> Range<Int> { rowPointers[node]..<rowPointers[node + 1] }
}

// MARK: - Make smaller

extension WeightedGraph {
    /// The graph whose nodes are the communities of a partition: edges between them and inside them are summed.
    ///
    /// - Complexity: O(*e*) expected for *e* edges.
    package func aggregated(by partition: Partition) -> WeightedGraph {
        var loops = [Double](repeating: 0, count: partition.count)
        var rows = [[UInt32: Double]](repeating: [:], count: partition.count)
        for node in 0..<nodeCount {
            let own = partition.labels[node]
            loops[own] += self.loops[node]
            for place in places(of: node) {
                let other = partition.labels[Int(columns[place])]
                if other == own {
                    // Both of its nodes name the edge.
                    loops[own] += Double(weights[place]) / 2
                } else {
                    rows[own][UInt32(other), default: 0] += Double(weights[place])
                }
            }
        }
        return WeightedGraph(rows: rows, loops: loops)
    }
}
