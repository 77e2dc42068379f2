import VectorKernels

/// Adds links to one list and picks neighbors again if the list overflows: the end of Algorithm 1 of Malkov &
/// Yashunin.
@unsafe
struct ListUpdate {
    let store: VectorStore
    let scratch: SearchScratch

    /// SAFETY: the list has `width` links, and nobody else uses it.
    let list: UnsafeMutablePointer<UInt32>
    let width: Int

    /// Adds links to the list of `node`. Appends to `leftOut` the links that it does not have then.
    func add(_ links: [NodeID], to node: NodeID, leavingOut leftOut: inout [NodeID]) {
        var count = 0
        while unsafe count < width, unsafe Int(list[count]) < store.count { count += 1 }
        var all: [NodeID] = []
        for link in links {
            if unsafe contains(link, count: count) { continue }
            if all.isEmpty, unsafe count < width {
                unsafe list[count] = link.rawValue
                count += 1
            } else {
                all.append(link)
            }
        }
        guard !all.isEmpty else { return }
        for i in 0..<count { unsafe all.append(NodeID(rawValue: list[i])) }
        unsafe pick(from: all, for: node)
        var kept = 0
        while unsafe kept < width, unsafe Int(list[kept]) < store.count { kept += 1 }
        for link in all where unsafe !contains(link, count: kept) { leftOut.append(link) }
    }

    /// Puts links that the heuristic left out into free places, in their order, up to a number of links. Malkov &
    /// Yashunin call it *keepPrunedConnections*.
    ///
    /// A list grows by links back, which nothing compares until the list is full. Comparing all of them after each
    /// removal would thin the graph out with every sweep.
    func refill(with links: [NodeID], upTo limit: Int) {
        var count = 0
        while count < limit, unsafe Int(list[count]) < store.count { count += 1 }
        for link in links where unsafe count < limit && !contains(link, count: count) {
            unsafe list[count] = link.rawValue
            count += 1
        }
    }

    /// Puts one of `others` in the place of the link `gone`: the nearest that the heuristic picks beside the links that
    /// stay. If it picks none, the list ends one link earlier.
    func replace(_ gone: NodeID, by others: [NodeID], for node: NodeID) {
        var count = 0
        for i in unsafe 0..<width {
            let link = unsafe list[i]
            guard unsafe Int(link) < store.count else { break }
            if link == gone.rawValue { continue }
            unsafe list[count] = link
            count += 1
        }
        unsafe (list + count).update(repeating: NodeID.none.rawValue, count: width - count)
        let rows = unsafe store.primaryRows
        var free: [NodeID] = []
        for other in others where unsafe other != node && !contains(other, count: count) { free.append(other) }
        for candidate in unsafe sorted(free, around: node) {
            unsafe scratch.other.encode(row: candidate.node.rawValue, of: rows)
            if unsafe rows.anyNearer(scratch.other, ids: list, count: count, than: candidate.distance) { continue }
            unsafe list[count] = candidate.node.rawValue
            return
        }
    }

    /// Fills the list with the neighbors that the heuristic picks from `links`.
    func pick(from links: [NodeID], for node: NodeID) {
        let candidates = unsafe sorted(links, around: node)
        let selection = unsafe NeighborSelection(rows: store.primaryRows, scratch: scratch)
        unsafe selection.select(
            for: node, count: candidates.count, limit: width, candidates: { candidates[$0] }, into: list, width: width
        )
    }

    /// Links of a node, nearest first.
    private func sorted(_ links: [NodeID], around node: NodeID) -> [Candidate] {
        let rows = unsafe store.primaryRows
        unsafe scratch.query.encode(row: node.rawValue, of: rows)
        var candidates: [Candidate] = []
        candidates.reserveCapacity(links.count)
        for start in stride(from: 0, to: links.count, by: SearchScratch.blockSize) {
            let count = min(SearchScratch.blockSize, links.count - start)
            for i in 0..<count { unsafe scratch.rows[i] = links[start + i].rawValue }
            unsafe rows.score(scratch.query, ids: scratch.rows, count: count, into: scratch.distances)
            for i in 0..<count {
                unsafe candidates.append(Candidate(distance: scratch.distances[i], node: links[start + i]))
            }
        }
        unsafe scratch.comparisons += links.count
        candidates.sort()
        return candidates
    }

    private func contains(_ link: NodeID, count: Int) -> Bool {
        for i in 0..<count where unsafe list[i] == link.rawValue { return true }
        return false
    }
}

/// Picks the neighbors of a node from candidates: Algorithm 4 (`select-neighbors-heuristic`) of Malkov & Yashunin.
///
/// It visits candidates in ascending order of distance. It leaves a candidate out if the candidate is nearer to a
/// neighbor already picked than to the node: a walk reaches it through that neighbor, and the place serves another
/// direction. It does not fill the list up with the candidates that it left out (the paper's `keepPrunedConnections` is
/// off, and so is `extendCandidates`).
@unsafe
struct NeighborSelection {
    let rows: RowComparator
    let scratch: SearchScratch

    /// Writes at most `limit` of the candidates into a list of `width` links, and ends the list behind them.
    ///
    /// SAFETY: candidates must be rows, and the list must have room for `width` links.
    func select(
        for node: NodeID,
        count: Int,
        limit: Int,
        candidates: (Int) -> Candidate,
        into list: UnsafeMutablePointer<UInt32>,
        width: Int
    ) {
        var picked = 0
        let other = unsafe scratch.other
        for i in 0..<count where picked < limit {
            let candidate = candidates(i)
            let row = candidate.node
            if row == node { continue }
            if picked > 0 {
                unsafe other.encode(row: row.rawValue, of: rows)
                if unsafe rows.anyNearer(other, ids: list, count: picked, than: candidate.distance) { continue }
            }
            unsafe list[picked] = row.rawValue
            picked += 1
        }
        unsafe (list + picked).update(repeating: NodeID.none.rawValue, count: width - picked)
    }
}
