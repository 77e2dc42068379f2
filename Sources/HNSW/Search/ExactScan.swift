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
        nameNearest()
    }

    /// Leaves in the scratch of each of some scans of one store, none of which is of a list, what ``findNearest(_:)`` would.
    ///
    /// Each block of codes is scanned for all queries while it lies in a cache.
    static func findNearest(_ k: Int, of scans: [ExactScan]) {
        guard let store = scans.first?.store, store.elements == .int8, k > 0, store.liveCount > 0 else {
            for scan in scans { scan.findNearest(k) }
            return
        }
        let k = min(k, store.liveCount)
        var gatherings = scans.map { CodeScan(scan: $0, k: k, limit: .infinity) }
        forEachBlock(of: store.count) { block in
            for i in gatherings.indices { gatherings[i].gather(block) }
        }
        for gathering in gatherings {
            let scan = gathering.scan
            scan.scratch.ranking.neighbors.removeAll(keepingCapacity: true)
            scan.scratch.ranking.nearest.reset(capacity: k)
            scan.compareSurvivors(k: k, limit: gathering.limit)
            scan.nameNearest()
        }
    }

    private func nameNearest() {
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

    var rowCount: Int { isListed ? scratch.ranking.rows.count : store.count }

    func isWanted(_ row: Int) -> Bool {
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
        var gathering = CodeScan(scan: self, k: k, limit: limit)
        Self.forEachBlock(of: rowCount) { gathering.gather($0) }
        compareSurvivors(k: k, limit: gathering.limit)
    }

    /// Calls `body` for one block of rows after the other. Blocks grow from the first, from which the limit comes that the
    /// others are held against.
    private static func forEachBlock(of count: Int, _ body: (Range<Int>) -> Void) {
        var first = 0
        var size = firstBlock
        while first < count {
            let end = min(first + size, count)
            body(first..<end)
            first = end
            size = min(2 * size, SearchScratch.blockSize)
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
