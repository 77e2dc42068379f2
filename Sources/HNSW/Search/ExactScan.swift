import VectorKernels

/// Finds the nearest rows by looking at all of them, or at all of a list.
///
/// Rows of floats and halves are compared as they are. Codes come with a ``CodeErrorBound`` on what they leave out, so that
/// a scan of codes is exact too, at a quarter of the bytes:
///
/// 1. Scan the codes. A row's distance is at least `estimate − bound` and at most `estimate + bound`; a row whose least
///    exceeds the *k*-th smallest most that was seen, or the radius, is out.
/// 2. Compare those left by their floats, in the order of their least distances, until that order exceeds the *k*-th
///    smallest distance found.
///
/// That is the near-optimal search over a VA-file (Weber, Schek & Blott, "A quantitative analysis and performance study
/// for similarity-search methods in high-dimensional spaces", VLDB 1998), with codes for its approximations.
struct ExactScan {
    let store: VectorStore
    let scratch: SearchScratch

    /// Which keys may be found; asked only of rows that are near enough.
    let predicate: ((UInt64) -> Bool)?

    /// Whether only the rows of the scratch's list are looked at, which must be alive.
    var isListed = false

    /// Leaves in the scratch the `k` nearest living rows that the predicate passes, for the query that it holds encoded.
    ///
    /// - Complexity: O(*n*) comparisons, and at most *n* calls of the predicate.
    func findNearest(_ k: Int) {
        let k = min(k, store.liveCount)
        scratch.ranking.neighbors.removeAll(keepingCapacity: true)
        guard k > 0, rowCount > 0 else { return }
        scratch.ranking.nearest.reset(capacity: k)
        if store.elements == .int8 { scanCodes(k: k, limit: .infinity) } else { scanRows(radius: nil) }
        scratch.ranking.nearest.sort()
        for entry in scratch.ranking.nearest.entries {
            let distance = Candidate(bits: UInt64(entry.ordered) << 32).distance
            scratch.ranking.neighbors.append(Neighbor(key: entry.key, distance: distance))
        }
    }

    /// Leaves in the scratch all living rows that the predicate passes and that are no farther than `radius`.
    func findAll(within radius: Float) {
        scratch.ranking.neighbors.removeAll(keepingCapacity: true)
        guard rowCount > 0 else { return }
        if store.elements == .int8 { scanCodes(k: nil, limit: radius) } else { scanRows(radius: radius) }
        scratch.ranking.neighbors.sort()
    }

    private var rowCount: Int { isListed ? scratch.ranking.rows.count : store.count }

    private func isWanted(_ row: Int) -> Bool {
        isListed || store.isLive(row) && predicate.map { $0(store.keys[row]) } ?? true
    }

    // MARK: - Floats and halves

    private func scanRows(radius: Float?) {
        let listed = scratch.ranking.rows
        var limit = radius.map(Candidate.ordered) ?? UInt32.max
        // SAFETY: a block ends at the last row, and is no longer than the scratch has room for; listed rows exist.
        let rows = unsafe store.exactRows
        let distances = unsafe scratch.distances
        for first in stride(from: 0, to: rowCount, by: SearchScratch.blockSize) {
            let count = min(SearchScratch.blockSize, rowCount - first)
            if isListed {
                for i in 0..<count { unsafe scratch.rows[i] = listed[first + i] }
                unsafe rows.score(scratch.exactQuery, ids: scratch.rows, count: count, into: distances)
            } else {
                unsafe rows.scan(scratch.exactQuery, first: first, count: count, into: distances)
            }
            for i in 0..<count {
                let ordered = unsafe Candidate.ordered(distances[i])
                let row = isListed ? Int(listed[first + i]) : first + i
                guard ordered <= limit, isWanted(row) else { continue }
                if radius == nil {
                    scratch.ranking.nearest.offer(row, key: store.keys[row], ordered: ordered)
                    limit = scratch.ranking.nearest.limit
                } else {
                    unsafe scratch.ranking.neighbors.append(Neighbor(key: store.keys[row], distance: distances[i]))
                }
            }
        }
        scratch.comparisons += rowCount
    }

    // MARK: - Codes

    /// Both steps, for the `k` nearest or for all whose distance is at most `limit`.
    private func scanCodes(k: Int?, limit: Float) {
        let limit = gatherSurvivors(k: k, limit: limit)
        compareSurvivors(k: k, limit: limit)
    }

    /// Scans the codes. Returns the distance beyond which none of the results can be.
    private func gatherSurvivors(k: Int?, limit: Float) -> Float {
        var limit = limit
        let listed = scratch.ranking.rows
        scratch.ranking.survivors.removeAll()
        if let k { scratch.ranking.bounds.reset(capacity: k) }
        // SAFETY: a block ends at the last row, and is no longer than the scratch has room for; listed rows exist; codes
        // come with as many residuals and norms as there are rows.
        let rows = unsafe store.primaryRows
        let distances = unsafe scratch.distances
        let bound = CodeErrorBound(query: scratch.query, metric: store.metric, dimensions: store.dimensions)
        // Blocks grow from the first, from which the limit comes that the others are held against.
        var first = 0
        var size = Self.firstBlock
        while first < rowCount {
            let count = min(size, rowCount - first)
            size = min(2 * size, SearchScratch.blockSize)
            defer { first += count }
            var kept = 0
            if isListed {
                gatherBounds(of: listed[first..<first + count])
                unsafe rows.score(scratch.query, ids: scratch.rows, count: count, into: distances)
                unsafe scratch.ranking.residuals.withUnsafeBufferPointer { residuals in
                    unsafe scratch.ranking.norms.withUnsafeBufferPointer { norms in
                        guard let residuals = residuals.baseAddress, let norms = norms.baseAddress else { return }
                        unsafe kept = bound.keepNear(
                            distances, residuals: residuals, norms: norms, count: count, limit: limit,
                            least: scratch.leastDistances, kept: scratch.rows
                        )
                    }
                }
            } else {
                unsafe rows.scan(scratch.query, first: first, count: count, into: distances)
                unsafe kept = bound.keepNear(
                    distances, residuals: store.residuals.base + first, norms: store.norms.base + first, count: count,
                    limit: limit, least: scratch.leastDistances, kept: scratch.rows
                )
            }
            for place in 0..<kept {
                let i = unsafe Int(scratch.rows[place])
                let least = unsafe scratch.leastDistances[i]
                let row = isListed ? Int(listed[first + i]) : first + i
                guard !(least > limit), isWanted(row) else { continue }
                scratch.ranking.survivors.append(Candidate(distance: least, node: row).bits)
                guard k != nil else { continue }
                let most = unsafe Candidate.ordered(2 * distances[i] - least)
                scratch.ranking.bounds.offer(row, key: store.keys[row], ordered: most)
                if scratch.ranking.bounds.isFull {
                    limit = Candidate(bits: UInt64(scratch.ranking.bounds.limit) << 32).distance
                }
            }
        }
        scratch.comparisons += rowCount
        return limit
    }

    /// Puts the rows of a block, and what is known of their codes, side by side.
    private func gatherBounds(of block: ArraySlice<UInt32>) {
        scratch.ranking.residuals.removeAll(keepingCapacity: true)
        scratch.ranking.norms.removeAll(keepingCapacity: true)
        for (i, row) in block.enumerated() {
            unsafe scratch.rows[i] = row
            scratch.ranking.residuals.append(store.residuals[Int(row)])
            scratch.ranking.norms.append(store.norms[Int(row)])
        }
    }

    /// Compares what is left by floats.
    private func compareSurvivors(k: Int?, limit: Float) {
        let limit = Candidate.ordered(limit)
        scratch.ranking.survivors.arrange()
        // SAFETY: survivors are rows of the store; a block is no longer than the scratch has room for.
        let exact = unsafe store.exactRows
        while true {
            let reach = min(limit, k == nil ? UInt32.max : scratch.ranking.nearest.limit)
            var count = 0
            while count < Self.exactBlock, let next = scratch.ranking.survivors.first, UInt32(next >> 32) <= reach {
                unsafe scratch.rows[count] = UInt32(Candidate(bits: next).node)
                count += 1
                _ = scratch.ranking.survivors.pop()
            }
            guard count > 0 else { return }
            unsafe exact.score(scratch.exactQuery, ids: scratch.rows, count: count, into: scratch.distances)
            for i in 0..<count {
                let row = unsafe Int(scratch.rows[i])
                let distance = unsafe scratch.distances[i]
                if k != nil {
                    scratch.ranking.nearest.offer(row, key: store.keys[row], ordered: Candidate.ordered(distance))
                } else if Candidate.ordered(distance) <= limit {
                    scratch.ranking.neighbors.append(Neighbor(key: store.keys[row], distance: distance))
                }
            }
        }
    }

    /// Rows that are scanned before there is a limit.
    private static let firstBlock = 64

    /// Rows that are compared by floats at once: enough to fetch them side by side, few enough to stop soon.
    private static let exactBlock = 16
}
