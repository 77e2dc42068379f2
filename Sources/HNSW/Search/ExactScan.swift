import VectorKernels

/// Finds the nearest rows by looking at all of them.
///
/// Rows of floats and halves are compared as they are. Codes come with a ``CodeErrorBound`` on what they leave out, so that
/// a scan of codes is exact too, at a quarter of the bytes:
///
/// 1. Scan the codes. A row's distance is at least `estimate − bound` and at most `estimate + bound`; a row whose least
///    exceeds the *k*-th smallest most that was seen is out.
/// 2. Compare those left by their floats, in the order of their least distances, until that order exceeds the *k*-th
///    smallest distance found.
///
/// That is the near-optimal search over a VA-file (Weber, Schek & Blott, "A quantitative analysis and performance study
/// for similarity-search methods in high-dimensional spaces", VLDB 1998), with codes for its approximations.
struct ExactScan {
    let store: VectorStore
    let scratch: SearchScratch
    let predicate: ((UInt64) -> Bool)?

    /// The `k` nearest living rows that the predicate passes, for the query that the scratch holds encoded.
    ///
    /// - Complexity: O(*n*) comparisons, and at most *n* calls of the predicate.
    func nearest(_ k: Int) -> [TopK.Entry] {
        let k = min(k, store.liveCount)
        guard k > 0 else { return [] }
        return store.elements == .int8 ? nearestByCodes(k) : nearestByRows(k)
    }

    private func isWanted(_ row: Int) -> Bool {
        store.isLive(row) && predicate.map { $0(store.keys[row]) } ?? true
    }

    private func nearestByRows(_ k: Int) -> [TopK.Entry] {
        var nearest = TopK(capacity: k, keys: store.keys)
        // SAFETY: a block ends at the last row, and is no longer than the scratch has room for.
        let rows = unsafe store.exactRows
        let distances = unsafe scratch.distances
        for first in stride(from: 0, to: store.count, by: SearchScratch.blockSize) {
            let count = min(SearchScratch.blockSize, store.count - first)
            unsafe rows.scan(scratch.exactQuery, first: first, count: count, into: distances)
            for i in 0..<count {
                let ordered = unsafe Candidate.ordered(distances[i])
                if ordered <= nearest.limit, isWanted(first + i) { nearest.offer(first + i, ordered: ordered) }
            }
        }
        scratch.comparisons += store.count
        return nearest.sorted()
    }

    // MARK: - Codes

    private struct Survivor {
        let least: Float
        let row: UInt32
    }

    private func nearestByCodes(_ k: Int) -> [TopK.Entry] {
        // 1. Scan the codes.
        var most = TopK(capacity: k, keys: store.keys)
        var limit = Float.infinity
        var survivors: [Survivor] = []
        // SAFETY: a block ends at the last row, and is no longer than the scratch has room for; codes come with as many
        // residuals and norms as there are rows.
        let rows = unsafe store.primaryRows
        let distances = unsafe scratch.distances
        let residuals = unsafe store.residuals.base
        let norms = unsafe store.norms.base
        let bound = CodeErrorBound(query: scratch.query, metric: store.metric, dimensions: store.dimensions)
        // Blocks grow from the first, from which the limit comes that the others are held against.
        var first = 0
        var size = Self.firstBlock
        while first < store.count {
            let count = min(size, store.count - first)
            size = min(2 * size, SearchScratch.blockSize)
            defer { first += count }
            unsafe rows.scan(scratch.query, first: first, count: count, into: distances)
            let kept = unsafe bound.keepNear(
                distances, residuals: residuals + first, norms: norms + first, count: count, limit: limit,
                least: scratch.leastDistances, kept: scratch.rows
            )
            for place in 0..<kept {
                let i = unsafe Int(scratch.rows[place])
                let least = unsafe scratch.leastDistances[i]
                guard !(least > limit), isWanted(first + i) else { continue }
                survivors.append(Survivor(least: least, row: UInt32(first + i)))
                most.offer(first + i, ordered: unsafe Candidate.ordered(2 * distances[i] - least))
                if most.isFull { limit = Candidate(bits: UInt64(most.limit) << 32).distance }
            }
        }
        scratch.comparisons += store.count
        // 2. Compare what is left by floats.
        survivors.removeAll { $0.least > limit }
        survivors.sort { $0.least < $1.least }
        var nearest = TopK(capacity: k, keys: store.keys)
        let exact = unsafe store.exactRows
        var next = 0
        while next < survivors.count {
            if nearest.isFull, Candidate.ordered(survivors[next].least) > nearest.limit { break }
            let count = min(Self.exactBlock, survivors.count - next)
            for i in 0..<count { unsafe scratch.rows[i] = survivors[next + i].row }
            unsafe exact.score(scratch.exactQuery, ids: scratch.rows, count: count, into: distances)
            for i in 0..<count {
                unsafe nearest.offer(Int(survivors[next + i].row), ordered: Candidate.ordered(distances[i]))
            }
            next += count
        }
        return nearest.sorted()
    }

    /// Rows that are scanned before there is a limit.
    private static let firstBlock = 64

    /// Rows that are compared by floats at once: enough to fetch them side by side, few enough to stop soon.
    private static let exactBlock = 16
}
