import VectorKernels

extension HNSWIndex {
    /// The vectors no farther from a query than a radius, nearest first, ties by the smaller key.
    ///
    /// A walk keeps `ef` candidates, and twice as many, and so on, until the farthest that it keeps lies beyond the radius:
    /// then it has come to the edge of the ball on all sides that it came by. What it finds is within the radius without
    /// exception; it may miss some, fewer with a greater `ef`, as a search for the `k` nearest may. If the ball holds more
    /// than a sixteenth of the index, all vectors are compared, and nothing is missed.
    ///
    /// - Parameters:
    ///   - query: As many finite components as the index has dimensions.
    ///   - radius: The greatest distance of a result, in the index's metric: 1 − the inner product or cosine, or the
    ///     *squared* Euclidean distance. It may be infinite.
    ///   - ef: The candidates that the walk keeps at first.
    ///   - predicate: Which keys may be found; `nil` passes all.
    /// - Returns: The results; there may be none, and there may be as many as there are vectors.
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch` or `notFinite`.
    /// - Precondition: `radius` is not NaN.
    /// - Complexity: That of a search whose `ef` is four times the number of results, or of an exact scan.
    public func search(
        for query: Span<Float>,
        within radius: Float,
        ef: Int = HNSWIndex.defaultEF,
        where predicate: ((UInt64) -> Bool)? = nil
    ) throws(HNSWError) -> [Neighbor] {
        precondition(!radius.isNaN && ef >= 0, "A radius is a number and ef not negative; were \(radius) and \(ef)")
        try store.validate(query: query)
        return pool.withScratch(for: store) { scratch in
            scratch.encode(query, for: store)
            // Minus zero would sort before zero.
            findAll(within: radius + 0, ef: ef, where: predicate, with: scratch)
            return scratch.ranking.neighbors.copied()
        }
    }

    private func findAll(
        within radius: Float, ef: Int, where predicate: ((UInt64) -> Bool)?, with scratch: SearchScratch
    ) {
        scratch.ranking.neighbors.removeAll(keepingCapacity: true)
        guard count > 0 else { return }
        // SAFETY: neither store nor graph changes before the call returns.
        var walk = unsafe GraphWalk(graph: graph, store: store, scratch: scratch)
        var width = walkWidth(k: 1, ef: ef)
        while width <= store.count / Self.radiusWalkShare, unsafe walk.run(downTo: 0, ef: width) {
            let beam = unsafe walk.beam
            // A walk that ended early has seen all that it can reach; a scan sees the rest.
            guard unsafe beam.count == width else { break }
            if unsafe exactDistance(of: beam[width - 1].node, with: scratch) > radius {
                unsafe rank(beam, within: radius, where: predicate, with: scratch)
                return
            }
            width *= 2
        }
        ExactScan(store: store, scratch: scratch, predicate: predicate).findAll(within: radius)
    }

    private func exactDistance(of node: Int, with scratch: SearchScratch) -> Float {
        var distance: Float = 0
        var row = UInt32(node)
        // SAFETY: a candidate is a row of the store.
        unsafe store.exactRows.score(scratch.exactQuery, ids: &row, count: 1, into: &distance)
        return distance
    }

    /// The share of all rows, one in so many, from which on a scan takes the place of a walk.
    private static var radiusWalkShare: Int { 16 }
}
