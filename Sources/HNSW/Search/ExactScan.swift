import VectorKernels

/// Finds the nearest rows by comparing all rows, or all rows of a list.
///
/// A scan of floats or halves compares the rows themselves. A scan of codes reads a quarter of the bytes and is exact
/// too, because a ``CodeErrorBound`` limits the error of the codes:
///
/// 1. Scan the codes. The distance of a row lies between `estimate − bound` and `estimate + bound`. Drop a row if its
///    lower bound exceeds the *k*-th smallest upper bound, or the radius.
/// 2. Compare the remaining rows by their floats in the order of their lower bounds. Stop when a lower bound exceeds
///    the *k*-th smallest distance.
///
/// This is the near-optimal search over a VA-file (Weber, Schek & Blott, "A quantitative analysis and performance study
/// for similarity-search methods in high-dimensional spaces", VLDB 1998), with codes as its approximations.
struct ExactScan {
    let store: VectorStore
    let scratch: SearchScratch

    /// The keys that the scan may find. It looks only at the keys of rows that are near enough.
    let filter: KeyFilter

    /// Whether the scan compares only the rows of the scratch's list. These must be live and pass the filter.
    var isListed = false

    /// The `k` nearest live rows that pass the filter, for the query that the scratch holds encoded. A row whose
    /// distance is no number, as only a damaged file has it, is left out. Distances are raw.
    ///
    /// - Complexity: O(*n*) comparisons, and at most *n* uses of the filter.
    func nearest(_ k: Int) -> [Neighbor] {
        let k = min(k, store.liveCount)
        guard k > 0, rowCount > 0 else { return scratch.ranking.emptyResults() }
        scratch.ranking.nearest.reset(capacity: k)
        if store.comparesCodes {
            var gathering = CodeScan(scan: self, k: k, limit: .infinity)
            Self.forEachBlock(of: rowCount) { gathering.gather($0) }
            rankSurvivors(limit: gathering.limit)
        } else {
            scanRows { row, ordered, _ in
                scratch.ranking.nearest.offer(row, key: store.keys[row.index], ordered: ordered)
                return scratch.ranking.nearest.limit
            }
        }
        return nearestRows()
    }

    /// Hands the `k` nearest rows of several scans of one store to `body`, which ``nearest(_:)`` would return for each.
    /// None of the scans may be of a list.
    ///
    /// It scans each block of codes for all queries while the block lies in a cache.
    static func nearest(_ k: Int, of scans: [ExactScan], _ body: (Int, [Neighbor]) -> Void) {
        guard let store = scans.first?.store, store.comparesCodes, k > 0, store.liveCount > 0 else {
            for (i, scan) in scans.enumerated() { body(i, scan.nearest(k)) }
            return
        }
        let k = min(k, store.liveCount)
        var gatherings = scans.map { CodeScan(scan: $0, k: k, limit: .infinity) }
        forEachBlock(of: store.count) { block in
            for i in gatherings.indices { gatherings[i].gather(block) }
        }
        for (i, gathering) in gatherings.enumerated() {
            let scan = gathering.scan
            scan.scratch.ranking.nearest.reset(capacity: k)
            scan.rankSurvivors(limit: gathering.limit)
            body(i, scan.nearestRows())
        }
    }

    /// All live rows that pass the filter and whose raw distance is at most `radius`.
    func all(within radius: Float) -> [Neighbor] {
        var found = scratch.ranking.emptyResults()
        guard rowCount > 0 else { return found }
        let limit = Candidate.ordered(radius)
        if store.comparesCodes {
            var gathering = CodeScan(scan: self, k: nil, limit: radius)
            Self.forEachBlock(of: rowCount) { gathering.gather($0) }
            forEachSurvivor(reach: { limit }) { row, distance in
                if Candidate.ordered(distance) <= limit {
                    found.append(Neighbor(key: store.keys[row.index], distance: distance))
                }
            }
        } else {
            scanRows(limit: limit) { row, _, distance in
                found.append(Neighbor(key: store.keys[row.index], distance: distance))
                return limit
            }
        }
        found.sort()
        return found
    }

    var rowCount: Int { isListed ? scratch.ranking.rows.count : store.count }

    func isWanted(_ row: NodeID) -> Bool { isListed || store.isFindable(row, filter) }

    private func nearestRows() -> [Neighbor] {
        var found = scratch.ranking.emptyResults()
        scratch.ranking.nearest.sort()
        for entry in scratch.ranking.nearest.entries {
            found.append(Neighbor(key: entry.key, distance: Candidate.distance(ordered: entry.ordered)))
        }
        return found
    }

    // MARK: - Floats and halves

    /// Calls `body` with each wanted row whose distance is at most `limit`. The result of `body` is the next limit.
    private func scanRows(limit: UInt32 = .max, _ body: (NodeID, _ ordered: UInt32, _ distance: Float) -> UInt32) {
        let listed = scratch.ranking.rows
        var limit = limit
        // SAFETY: a block ends at the last row, and is no longer than the scratch has room for; listed rows exist.
        let rows = unsafe store.exactRows
        let distances = unsafe scratch.distances
        for first in stride(from: 0, to: rowCount, by: SearchScratch.blockSize) {
            let count = min(SearchScratch.blockSize, rowCount - first)
            if isListed {
                for i in 0..<count { unsafe scratch.rows[i] = listed[first + i] }
                unsafe rows.score(scratch.exactQuery, ids: scratch.rows, count: count, into: distances)
            } else {
                store.willScan(first..<first + count)
                unsafe rows.scan(scratch.exactQuery, first: first, count: count, into: distances)
            }
            for i in 0..<count {
                let ordered = unsafe Candidate.ordered(distances[i])
                let row = isListed ? NodeID(rawValue: listed[first + i]) : NodeID(first + i)
                guard ordered <= limit, unsafe !distances[i].isNaN, isWanted(row) else { continue }
                limit = unsafe body(row, ordered, distances[i])
            }
        }
        scratch.comparisons += rowCount
    }

    // MARK: - Codes

    /// Calls `body` for one block of rows after another. Blocks grow from the first, which gives the limit for the
    /// others.
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

    /// Offers the survivors of a scan of codes by their exact distances.
    private func rankSurvivors(limit: Float) {
        let limit = Candidate.ordered(limit)
        forEachSurvivor(reach: { min(limit, scratch.ranking.nearest.limit) }) { row, distance in
            let ordered = Candidate.ordered(distance)
            scratch.ranking.nearest.offer(row, key: store.keys[row.index], ordered: ordered)
        }
    }

    /// Calls `body` with the rows that a scan of codes left in doubt and their exact distances, in the order of their
    /// lower bounds, until a lower bound exceeds `reach`.
    private func forEachSurvivor(reach: () -> UInt32, _ body: (NodeID, Float) -> Void) {
        scratch.ranking.survivors.arrange()
        // SAFETY: survivors are rows of the store; a block is no longer than the scratch has room for.
        let exact = unsafe store.exactRows
        while true {
            let reach = reach()
            var count = 0
            while count < Self.exactBlock, let next = scratch.ranking.survivors.first, next.orderedDistance <= reach {
                unsafe scratch.rows[count] = next.node.rawValue
                count += 1
                scratch.ranking.survivors.removeFirst()
            }
            guard count > 0 else { return }
            unsafe exact.score(scratch.exactQuery, ids: scratch.rows, count: count, into: scratch.distances)
            for i in 0..<count where unsafe !scratch.distances[i].isNaN {
                unsafe body(NodeID(rawValue: scratch.rows[i]), scratch.distances[i])
            }
        }
    }

    /// The number of rows that a scan compares before it has a limit.
    private static let firstBlock = 64

    /// The number of rows that are compared by floats at once: enough to prefetch them together, few enough to stop
    /// soon.
    private static let exactBlock = 16
}
