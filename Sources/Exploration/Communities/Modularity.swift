extension WeightedGraph {
    /// The modularity of a partition: the share of the edges' weight inside communities, less what random edges
    /// between nodes of the same strengths would have.
    ///
    /// M. E. J. Newman and M. Girvan, "Finding and evaluating community structure in networks", 2004,
    /// <https://doi.org/10.1103/PhysRevE.69.026113>, with the resolution of J. Reichardt and S. Bornholdt, 2006,
    /// <https://doi.org/10.1103/PhysRevE.74.016110>: Σ over communities of *w*/*m* − *γ* (*K*/2*m*)².
    ///
    /// - Returns: From −½ to 1 at a resolution of 1; 0 for a graph without edges.
    /// - Complexity: O(*e*) for *e* edges.
    package func modularity(of partition: Partition, resolution: Double = 1) -> Double {
        guard totalStrength > 0 else { return 0 }
        var inside = 0.0
        var strengths = [Double](repeating: 0, count: partition.count)
        for node in 0..<nodeCount {
            let label = partition.labels[node]
            strengths[label] += self.strengths[node]
            inside += 2 * loops[node]
            for place in places(of: node) where partition.labels[Int(columns[place])] == label {
                inside += Double(weights[place])
            }
        }
        let expected = strengths.reduce(0) { $0 + ($1 / totalStrength) * ($1 / totalStrength) }
        return inside / totalStrength - resolution * expected
    }
}
