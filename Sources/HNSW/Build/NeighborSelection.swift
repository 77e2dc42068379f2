import VectorKernels

/// Picks the neighbours of a node from candidates: Algorithm 4 (`select-neighbors-heuristic`) of Malkov & Yashunin.
///
/// Candidates are taken in ascending order of distance. One that is nearer to a neighbour already picked than to the node
/// is left out: it can be reached by way of that neighbour, and the place is better used for another direction. What was
/// left out is not used to fill up (the paper's `keepPrunedConnections` is off, `extendCandidates` too).
@unsafe
struct NeighborSelection {
    let rows: RowComparator
    let scratch: SearchScratch

    /// Writes at most `limit` of the candidates into `list`, and returns how many.
    ///
    /// SAFETY: candidates must be rows, and the list must have room for `limit`.
    func select(
        for node: Int,
        count: Int,
        limit: Int,
        candidates: (Int) -> Candidate,
        into list: UnsafeMutablePointer<UInt32>
    ) -> Int {
        var picked = 0
        let other = unsafe scratch.other
        for i in 0..<count where picked < limit {
            let candidate = candidates(i)
            let row = candidate.node
            if row == node { continue }
            if picked > 0 {
                unsafe other.encode(row: UInt32(row), of: rows)
                if unsafe rows.anyNearer(other, ids: list, count: picked, than: candidate.distance) { continue }
            }
            unsafe list[picked] = UInt32(row)
            picked += 1
        }
        return picked
    }
}
