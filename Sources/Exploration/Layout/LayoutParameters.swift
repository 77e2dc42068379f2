/// How a graph is laid out in the plane.
package struct LayoutParameters: Sendable {
    /// How often each edge may pull, 1 or more. More of them settle finer structure and take as much longer.
    ///
    /// `nil`, the default, is 500 for up to 10,000 nodes and 200 for more, as in umap-learn.
    package var epochs: Int?
    /// How many random nodes push a node for each edge that pulls it. umap-learn has 5, and moves both nodes of an edge
    /// where one is moved here, so that 3 push about as strongly. More spread the layout and take longer.
    package var negativeSamples: Int
    /// Decides which nodes push.
    package var seed: UInt64

    package init(epochs: Int? = nil, negativeSamples: Int = 3, seed: UInt64 = 0) {
        self.epochs = epochs
        self.negativeSamples = negativeSamples
        self.seed = seed
    }

    func epochs(for nodeCount: Int) -> Int { max(1, epochs ?? (nodeCount <= 10_000 ? 500 : 200)) }
}
