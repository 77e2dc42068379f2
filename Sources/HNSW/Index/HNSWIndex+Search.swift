import VectorKernels

extension HNSWIndex {
    /// The `k` nearest vectors to a query, nearest first, ties by the smaller key.
    ///
    /// With a predicate the walk goes on through vectors that do not pass and collects those that do; if few pass, all
    /// vectors are scanned instead.
    ///
    /// - Parameters:
    ///   - query: As many finite components as the index has dimensions.
    ///   - k: The number of results wanted; at least 0.
    ///   - ef: The candidates that the walk keeps, at least `k`. More of them raise recall; time grows in proportion.
    ///   - predicate: Which keys may be found; `nil` passes all.
    /// - Returns: min(*k*, *v*) results, with *v* the number of vectors that the predicate passes.
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch` or `notFinite`.
    /// - Complexity: About O(`ef` · `m` · log *n*) distance computations; O(*n*) where an exact scan is needed.
    public func search(
        for query: Span<Float>,
        k: Int,
        ef: Int = HNSWIndex.defaultEF,
        where predicate: ((UInt64) -> Bool)? = nil
    ) throws(HNSWError) -> [Neighbor] {
        precondition(k >= 0 && ef >= 0, "k and ef must not be negative, were \(k) and \(ef)")
        try store.validate(query: query)
        guard k > 0, count > 0 else { return [] }
        return pool.withScratch(for: store) { scratch in
            scratch.encode(query, for: store)
            return search(k: k, ef: ef, where: predicate, with: scratch)
        }
    }

    private func search(
        k: Int, ef: Int, where predicate: ((UInt64) -> Bool)?, with scratch: SearchScratch
    ) -> [Neighbor] {
        let wanted = min(max(ef, k), count)
        // Nodes that wait for their removal take places of the beam.
        let width = wanted + wanted * pendingRemovals / count
        if width < count {
            let nearest = walk(k: k, ef: width, where: predicate, with: scratch)
            if nearest.count >= k { return nearest }
        }
        return ExactScan(store: store, scratch: scratch, predicate: predicate).neighbors(k)
    }

    /// What a walk over the graph finds; there may be fewer than `k`.
    private func walk(
        k: Int, ef: Int, where predicate: ((UInt64) -> Bool)?, with scratch: SearchScratch
    ) -> [Neighbor] {
        // SAFETY: neither store nor graph changes before the call returns.
        let walk = unsafe GraphWalk(graph: graph, store: store, scratch: scratch)
        guard let predicate else {
            guard let start = unsafe walk.descend(to: 0) else { return [] }
            return unsafe collect(walk.search(level: 0, from: start, ef: ef), k: k, where: { _ in true }, with: scratch)
        }
        guard isWorthWalking(ef: ef, where: predicate), let start = unsafe walk.descend(to: 0) else { return [] }
        let filtered = unsafe FilteredWalk(rows: store.primaryRows, graph: GraphView(graph), scratch: scratch)
        let beam = unsafe filtered.search(
            from: start, ef: ef, budget: store.count / Self.filteredWalkShare,
            accepts: { node in
                var passes = false
                graph.forEachTwin(of: node) { row in
                    passes = store.isLive(row) && predicate(store.keys[row])
                    return !passes
                }
                return passes
            }
        )
        guard let beam = unsafe beam else { return [] }
        return unsafe collect(beam, k: k, where: predicate, with: scratch)
    }

    /// The share of all rows, one in so many, after which a filtered walk gives way to a scan: a scan compares a row in
    /// an eighth of the time, for it reads them in order.
    private static let filteredWalkShare = 8

    /// The rows that the predicate is tried on, to guess what share of all it passes.
    private static let sampleSize = 32

    /// Whether a walk for `ef` rows that pass promises to be shorter than a scan of all.
    ///
    /// It goes on from `ef` nodes for each share that passes, and comes upon some `m` new ones at each. Measured on 50,000
    /// vectors, 10 % passing, the two are even at `ef` 64.
    private func isWorthWalking(ef: Int, where predicate: (UInt64) -> Bool) -> Bool {
        // Scattered, for what passes may follow a rhythm in the order of the rows.
        let passed = (0..<Self.sampleSize).count { sample in
            let row = Int(KeyTable.hash(UInt64(sample)) % UInt64(store.count))
            return store.isLive(row) && predicate(store.keys[row])
        }
        let share = (Double(passed) + 0.5) / Double(Self.sampleSize + 1)
        return Double(ef * parameters.m) / share < Double(store.count / Self.filteredWalkShare)
    }

    // MARK: - Results

    /// Ranks the candidates of a walk by their exact distances and names their keys.
    private func collect(
        _ beam: Beam, k: Int, where predicate: (UInt64) -> Bool, with scratch: SearchScratch
    ) -> [Neighbor] {
        var nearest: [Neighbor] = []
        nearest.reserveCapacity(min(k, unsafe beam.count) + 8)
        let ranked = unsafe rank(beam, k: k, with: scratch)
        for candidate in ranked {
            if nearest.count >= k, candidate.distance > nearest[k - 1].distance { break }
            graph.forEachTwin(of: candidate.node) { row in
                if store.isLive(row), predicate(store.keys[row]) {
                    nearest.append(Neighbor(key: store.keys[row], distance: candidate.distance))
                }
                return true
            }
        }
        nearest.sort()
        if nearest.count > k { nearest.removeLast(nearest.count - k) }
        return nearest
    }

    /// The candidates that may be among the `k` nearest, by their exact distances.
    ///
    /// Codes are ranked again by floats, in the order of the distances that the codes gave, a block at a time: until what
    /// follows is farther than the `k`-th nearest by twice the largest error that was seen. Of 64 candidates for 10
    /// results some 20 are compared, and the results are those of comparing all.
    private func rank(_ beam: Beam, k: Int, with scratch: SearchScratch) -> [Candidate] {
        guard elements == .int8 else { return unsafe (0..<beam.count).map { unsafe beam[$0] } }
        // SAFETY: candidates are rows of the store; a block is no longer than the scratch has room for.
        let exact = unsafe store.exactRows
        var ranked: [Candidate] = []
        ranked.reserveCapacity(unsafe beam.count)
        var found = 0
        var largestError: Float = 0
        var size = min(k + max(k / 2, Self.rankingBlock / 2), SearchScratch.blockSize)
        while unsafe ranked.count < beam.count {
            let first = ranked.count
            let count = unsafe min(size, beam.count - first)
            for i in 0..<count { unsafe scratch.rows[i] = UInt32(beam[first + i].node) }
            unsafe exact.score(scratch.exactQuery, ids: scratch.rows, count: count, into: scratch.distances)
            for i in 0..<count {
                let estimate = unsafe beam[first + i]
                let distance = unsafe scratch.distances[i]
                largestError = max(largestError, abs(distance - estimate.distance))
                found += isFindable(estimate.node) ? 1 : 0
                ranked.append(Candidate(distance: distance, node: estimate.node))
            }
            size = Self.rankingBlock
            guard found >= k, unsafe ranked.count < beam.count else { continue }
            let farthest = ranked.filter { isFindable($0.node) }.sorted()[k - 1].distance
            if unsafe beam[ranked.count].distance - 2 * largestError > farthest { break }
        }
        ranked.sort()
        return ranked
    }

    /// The candidates that are ranked by floats at once: enough to fetch them side by side, few enough to stop soon.
    private static let rankingBlock = 16

    /// Whether a node or one of its twins is alive.
    private func isFindable(_ node: Int) -> Bool {
        var lives = false
        graph.forEachTwin(of: node) { row in
            lives = store.isLive(row)
            return !lives
        }
        return lives
    }

    /// The distance of a query to the vectors under some keys, `nil` for keys that there are not.
    public func distances(from query: Span<Float>, to keys: [UInt64]) throws(HNSWError) -> [Float?] {
        try store.distances(from: query, to: keys, pool: pool)
    }
}
