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

    /// The rows that the scan compares; `nil` for all. They must be live and pass the filter.
    var listed: [UInt32]?

    /// The `k` nearest live rows that pass the filter, for the query that the scratch holds encoded. A row whose
    /// distance is no number, as only a damaged file has it, is left out. Distances are raw.
    ///
    /// - Complexity: O(*n*) comparisons, and at most *n* uses of the filter.
    func nearest(_ k: Int) -> [Neighbor] {
        let k = min(k, store.liveCount)
        guard k > 0, rowCount > 0 else { return scratch.memory.results.take() }
        if store.comparesCodes {
            var gathering = CodeScan(scan: self, k: k, limit: .infinity)
            Self.forEachBlock(of: rowCount) { gathering.gather($0) }
            var found = gathering.finish()
            return nearest(k, of: &found)
        }
        var nearest = TopK(capacity: k, memory: scratch.memory.rankedRows.take())
        scanRows { row, ordered, _ in
            nearest.offer(row, key: store.keys[row.index], ordered: ordered)
            return nearest.limit
        }
        return results(of: &nearest)
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
        for i in gatherings.indices {
            var found = gatherings[i].finish()
            body(i, scans[i].nearest(k, of: &found))
        }
    }

    /// All live rows that pass the filter and whose raw distance is at most `radius`.
    func all(within radius: Float) -> [Neighbor] {
        var found = scratch.memory.results.take()
        guard rowCount > 0 else { return found }
        let limit = Candidate.ordered(radius)
        if store.comparesCodes {
            var gathering = CodeScan(scan: self, k: nil, limit: radius)
            Self.forEachBlock(of: rowCount) { gathering.gather($0) }
            var survivors = gathering.finish().survivors
            forEachSurvivor(of: &survivors, reach: { limit }) { row, distance in
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

    /// All live rows that pass the filter, by lower bounds of their raw distances. The bounds are the distances
    /// themselves if the store compares no codes.
    ///
    /// - Complexity: O(*n*) comparisons, and as much memory.
    func allByLeastDistance() -> CandidateHeap {
        var rows = CandidateHeap()
        guard rowCount > 0 else { return rows }
        rows.reserve(rowCount)
        if store.comparesCodes {
            var codes = CodeScan(scan: self, k: nil, limit: .infinity)
            Self.forEachBlock(of: rowCount) { unsafe append($0, codes.bounds(of: $0).least, to: &rows) }
            scratch.memory.candidates.giveBack(codes.finish().survivors.memory)
        } else {
            unsafe forEachBlock { block, distances in unsafe append(block, distances, to: &rows) }
        }
        rows.arrange()
        return rows
    }

    /// Adds the wanted rows of a block with their distances, or lower bounds of them.
    private func append(_ block: Range<Int>, _ distances: UnsafePointer<Float>, to rows: inout CandidateHeap) {
        if listed != nil || filter.passesAll && store.liveCount == store.count {
            for i in 0..<block.count {
                rows.append(Candidate(distance: unsafe distances[i], node: row(at: block.lowerBound + i)))
            }
            return
        }
        for i in 0..<block.count {
            let row = row(at: block.lowerBound + i)
            if isWanted(row) { rows.append(Candidate(distance: unsafe distances[i], node: row)) }
        }
    }

    var rowCount: Int { listed?.count ?? store.count }

    /// The row at a place of the scan.
    func row(at place: Int) -> NodeID { listed.map { NodeID(rawValue: $0[place]) } ?? NodeID(place) }

    func isWanted(_ row: NodeID) -> Bool { listed != nil || store.isFindable(row, filter) }

    /// The rows as results. Their memory goes back to the scratch.
    private func results(of nearest: inout TopK) -> [Neighbor] {
        var found = scratch.memory.results.take()
        nearest.sort()
        for entry in nearest.entries {
            found.append(Neighbor(key: entry.key, distance: Candidate.distance(ordered: entry.ordered)))
        }
        scratch.memory.rankedRows.giveBack(nearest.entries)
        return found
    }

    // MARK: - Floats and halves

    /// Calls `body` with each wanted row whose distance is at most `limit`. The result of `body` is the next limit.
    private func scanRows(limit: UInt32 = .max, _ body: (NodeID, _ ordered: UInt32, _ distance: Float) -> UInt32) {
        var limit = limit
        unsafe forEachBlock { block, distances in
            for i in 0..<block.count {
                let ordered = unsafe Candidate.ordered(distances[i])
                guard ordered <= limit, unsafe !distances[i].isNaN else { continue }
                let row = row(at: block.lowerBound + i)
                if isWanted(row) { limit = unsafe body(row, ordered, distances[i]) }
            }
        }
    }

    /// Calls `body` with one block of rows after another, and the distances of the rows.
    private func forEachBlock(_ body: (Range<Int>, UnsafePointer<Float>) -> Void) {
        // SAFETY: a block ends at the last row, and is no longer than the scratch has room for; listed rows exist.
        let rows = unsafe store.exactRows
        let distances = unsafe scratch.distances
        for first in stride(from: 0, to: rowCount, by: SearchScratch.blockSize) {
            let block = first..<min(first + SearchScratch.blockSize, rowCount)
            if let listed {
                unsafe listed.withUnsafeBufferPointer { listed in
                    guard let ids = listed.baseAddress else { return }
                    unsafe rows.score(scratch.exactQuery, ids: ids + first, count: block.count, into: distances)
                }
            } else {
                store.willScan(block)
                unsafe rows.scan(scratch.exactQuery, first: first, count: block.count, into: distances)
            }
            unsafe body(block, distances)
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

    /// The `k` nearest of the rows that a scan of codes leaves in doubt.
    private func nearest(_ k: Int, of found: inout CodeScan.Found) -> [Neighbor] {
        let limit = Candidate.ordered(found.limit)
        var nearest = TopK(capacity: k, memory: scratch.memory.rankedRows.take())
        forEachSurvivor(of: &found.survivors, reach: { min(limit, nearest.limit) }) { row, distance in
            nearest.offer(row, key: store.keys[row.index], ordered: Candidate.ordered(distance))
        }
        return results(of: &nearest)
    }

    /// Calls `body` with the rows that a scan of codes left in doubt and their exact distances, in the order of their
    /// lower bounds, until a lower bound exceeds `reach`. The memory of the heap goes back to the scratch.
    private func forEachSurvivor(
        of survivors: inout CandidateHeap, reach: () -> UInt32, _ body: (NodeID, Float) -> Void
    ) {
        survivors.arrange()
        // SAFETY: survivors are rows of the store; a block is no longer than the scratch has room for.
        let exact = unsafe store.exactRows
        while true {
            let reach = reach()
            var count = 0
            while count < Self.exactBlock, let next = survivors.first, next.orderedDistance <= reach {
                unsafe scratch.rows[count] = next.node.rawValue
                count += 1
                survivors.removeFirst()
            }
            guard count > 0 else { break }
            unsafe exact.score(scratch.exactQuery, ids: scratch.rows, count: count, into: scratch.distances)
            for i in 0..<count where unsafe !scratch.distances[i].isNaN {
                unsafe body(NodeID(rawValue: scratch.rows[i]), scratch.distances[i])
            }
        }
        scratch.memory.candidates.giveBack(survivors.memory)
    }

    /// The number of rows that a scan compares before it has a limit.
    private static let firstBlock = 64

    /// The number of rows that are compared by floats at once: enough to prefetch them together, few enough to stop
    /// soon.
    private static let exactBlock = 16
}
