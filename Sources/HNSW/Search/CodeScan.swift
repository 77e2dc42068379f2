import VectorKernels

/// The first step of an ``ExactScan`` over codes. It scans blocks of rows and gathers in the scratch the rows that may
/// be among the results.
struct CodeScan {
    let scan: ExactScan

    /// The distance beyond which no result can be.
    private(set) var limit: Float

    private let k: Int?
    private let bound: CodeErrorBound

    /// Starts a scan for the `k` nearest rows, or for all rows whose distance is at most `limit`.
    init(scan: ExactScan, k: Int?, limit: Float) {
        self.scan = scan
        self.k = k
        self.limit = limit
        bound = CodeErrorBound(query: scan.scratch.codedQuery, kernels: scan.store.kernels)
        scan.scratch.ranking.survivors.removeAll()
        if let k { scan.scratch.ranking.bounds.reset(capacity: k) }
    }

    /// Scans a block of rows. In a scan of a list, the block is a range of the list.
    mutating func gather(_ block: Range<Int>) {
        let scratch = scan.scratch
        // SAFETY: a block ends at the last row, and is no longer than the scratch has room for. Listed rows exist. Each
        // row of codes has a residual and a norm.
        let rows = unsafe scan.store.primaryRows
        let distances = unsafe scratch.distances
        var kept = 0
        if scan.isListed {
            gatherBounds(of: scratch.ranking.rows[block])
            unsafe rows.score(scratch.query, ids: scratch.rows, count: block.count, into: distances)
            unsafe scratch.ranking.residuals.withUnsafeBufferPointer { residuals in
                unsafe scratch.ranking.norms.withUnsafeBufferPointer { norms in
                    guard let residuals = residuals.baseAddress, let norms = norms.baseAddress else { return }
                    unsafe kept = bound.keepNear(
                        distances, residuals: residuals, norms: norms, count: block.count, limit: limit,
                        least: scratch.leastDistances, kept: scratch.rows
                    )
                }
            }
        } else {
            scan.store.willScan(block)
            unsafe rows.scan(scratch.query, first: block.lowerBound, count: block.count, into: distances)
            unsafe kept = bound.keepNear(
                distances, residuals: scan.store.residuals.base + block.lowerBound,
                norms: scan.store.norms.base + block.lowerBound, count: block.count, limit: limit,
                least: scratch.leastDistances, kept: scratch.rows
            )
        }
        scratch.comparisons += block.count
        for place in 0..<kept { unsafe take(Int(scratch.rows[place]), of: block) }
    }

    /// Keeps the row at a place of the block if it may be among the results.
    private mutating func take(_ place: Int, of block: Range<Int>) {
        let scratch = scan.scratch
        let least = unsafe scratch.leastDistances[place]
        let row =
            scan.isListed
            ? NodeID(rawValue: scratch.ranking.rows[block.lowerBound + place]) : NodeID(block.lowerBound + place)
        guard !(least > limit), scan.isWanted(row) else { return }
        scratch.ranking.survivors.append(Candidate(distance: least, node: row))
        guard k != nil else { return }
        let most = unsafe Candidate.ordered(2 * scratch.distances[place] - least)
        scratch.ranking.bounds.offer(row, key: scan.store.keys[row.index], ordered: most)
        if scratch.ranking.bounds.isFull { limit = Candidate.distance(ordered: scratch.ranking.bounds.limit) }
    }

    /// Copies the rows of a block of the list, and their residuals and norms, next to each other.
    private func gatherBounds(of block: ArraySlice<UInt32>) {
        let scratch = scan.scratch
        var residuals = emptied(&scratch.ranking.residuals)
        var norms = emptied(&scratch.ranking.norms)
        for (i, row) in block.enumerated() {
            unsafe scratch.rows[i] = row
            residuals.append(scan.store.residuals[Int(row)])
            norms.append(scan.store.norms[Int(row)])
        }
        scratch.ranking.residuals = residuals
        scratch.ranking.norms = norms
    }
}
