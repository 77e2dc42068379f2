import VectorKernels

/// The first step of an ``ExactScan`` over codes. It scans blocks of rows and gathers the rows that may be among the
/// results.
struct CodeScan {
    /// What a scan of codes found.
    struct Found {
        /// The rows that may be among the results, by the lower bounds of their distances, not arranged yet.
        var survivors: CandidateHeap

        /// The distance beyond which no result can be.
        let limit: Float
    }

    /// The distances of a block of rows by their codes. The addresses are valid until the scratch is used again.
    @unsafe
    struct Bounds {
        /// The places in the block of the rows that may be within the limit.
        let near: UnsafeBufferPointer<UInt32>

        /// The distances, and lower bounds of the exact distances, of all rows of the block.
        let distances: UnsafePointer<Float>
        let least: UnsafePointer<Float>
    }

    private let scan: ExactScan
    private let bound: CodeErrorBound
    private var survivors: CandidateHeap
    private var limit: Float

    /// The `k` smallest upper bounds of distances; `nil` if all rows within the limit are wanted.
    private var least: TopK?

    /// Starts a scan for the `k` nearest rows, or for all rows whose distance is at most `limit`.
    init(scan: ExactScan, k: Int?, limit: Float) {
        self.scan = scan
        self.limit = limit
        bound = CodeErrorBound(query: scan.scratch.codedQuery, kernels: scan.store.kernels)
        survivors = CandidateHeap(memory: scan.scratch.memory.candidates.take())
        least = k.map { TopK(capacity: $0, memory: scan.scratch.memory.rankedRows.take()) }
    }

    /// Ends the scan and returns what it found.
    mutating func finish() -> Found {
        if let least { scan.scratch.memory.rankedRows.giveBack(least.entries) }
        least = nil
        defer { survivors = CandidateHeap() }
        return Found(survivors: survivors, limit: limit)
    }

    /// Scans a block of rows. In a scan of a list, the block is a range of the list.
    mutating func gather(_ block: Range<Int>) {
        let bounds = unsafe bounds(of: block)
        for i in 0..<(unsafe bounds.near.count) { unsafe take(Int(bounds.near[i]), of: block, bounds) }
    }

    /// Compares a block of rows by their codes.
    func bounds(of block: Range<Int>) -> Bounds {
        let (scratch, store) = (scan.scratch, scan.store)
        // SAFETY: a block ends at the last row, and is no longer than the scratch has room for. Listed rows exist. Each
        // row of codes has a residual and a norm.
        let rows = unsafe store.primaryRows
        let (distances, least, near) = unsafe (scratch.distances, scratch.leastDistances, scratch.rows)
        scratch.comparisons += block.count
        func keepNear(_ residuals: UnsafePointer<Float>, _ norms: UnsafePointer<Float>) -> Bounds {
            let count = unsafe bound.keepNear(
                distances, residuals: residuals, norms: norms, count: block.count, limit: limit, least: least,
                kept: near)
            return unsafe Bounds(
                near: UnsafeBufferPointer(start: near, count: count), distances: distances, least: least)
        }
        guard let listed = scan.listed else {
            store.willScan(block)
            unsafe rows.scan(scratch.query, first: block.lowerBound, count: block.count, into: distances)
            let first = block.lowerBound
            return unsafe keepNear(store.coded.residuals.base + first, store.coded.norms.base + first)
        }
        // The residuals and norms of listed rows are copied next to each other.
        let (residuals, norms) = unsafe (scratch.residuals, scratch.norms)
        for (i, place) in block.enumerated() {
            unsafe scratch.rows[i] = listed[place]
            unsafe residuals[i] = store.coded.residuals[Int(listed[place])]
            unsafe norms[i] = store.coded.norms[Int(listed[place])]
        }
        unsafe rows.score(scratch.query, ids: scratch.rows, count: block.count, into: distances)
        return unsafe keepNear(residuals, norms)
    }

    /// Keeps the row at a place of the block if it may be among the results.
    private mutating func take(_ place: Int, of block: Range<Int>, _ bounds: Bounds) {
        let least = unsafe bounds.least[place]
        let row = scan.row(at: block.lowerBound + place)
        guard !(least > limit), scan.isWanted(row) else { return }
        survivors.append(Candidate(distance: least, node: row))
        guard self.least != nil else { return }
        let most = unsafe Candidate.ordered(2 * bounds.distances[place] - least)
        self.least?.offer(row, key: scan.store.keys[row.index], ordered: most)
        if let most = self.least?.limit, most < .max { limit = Candidate.distance(ordered: most) }
    }
}
