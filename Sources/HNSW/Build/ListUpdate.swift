import VectorKernels

/// Adds links to one list, and picks anew if there are too many: the end of the paper's Algorithm 1.
@unsafe
struct ListUpdate {
    let store: VectorStore
    let scratch: SearchScratch

    /// SAFETY: the list has `width` links, and nobody else uses it.
    let list: UnsafeMutablePointer<UInt32>
    let width: Int

    /// Adds links to the list of `node`.
    func add(_ links: [UInt32], to node: Int) {
        var count = 0
        while unsafe count < width, unsafe Int(list[count]) < store.count { count += 1 }
        var all: [UInt32] = []
        for link in links {
            if unsafe contains(link, count: count) { continue }
            if all.isEmpty, unsafe count < width {
                unsafe list[count] = link
                count += 1
            } else {
                all.append(link)
            }
        }
        guard !all.isEmpty else { return }
        for i in 0..<count { unsafe all.append(list[i]) }
        unsafe pick(from: all, for: node)
    }

    /// Puts links that the heuristic left out into free places, in their order, up to a number of links.
    ///
    /// A list grows by links back that nothing compares until it is full; to compare all of them whenever one is lost would
    /// thin the graph out with every sweep. Malkov & Yashunin call it *keepPrunedConnections*.
    func refill(with links: [UInt32], upTo limit: Int) {
        var count = 0
        while count < limit, unsafe Int(list[count]) < store.count { count += 1 }
        for link in links where unsafe count < limit && !contains(link, count: count) {
            unsafe list[count] = link
            count += 1
        }
    }

    /// Fills the list with the best of `links` by the heuristic.
    func pick(from links: [UInt32], for node: Int) {
        let rows = unsafe store.primaryRows
        unsafe scratch.query.encode(row: UInt32(node), of: rows)
        var candidates: [Candidate] = []
        candidates.reserveCapacity(links.count)
        for start in stride(from: 0, to: links.count, by: SearchScratch.blockSize) {
            let count = min(SearchScratch.blockSize, links.count - start)
            for i in 0..<count { unsafe scratch.rows[i] = links[start + i] }
            unsafe rows.score(scratch.query, ids: scratch.rows, count: count, into: scratch.distances)
            for i in 0..<count {
                unsafe candidates.append(Candidate(distance: scratch.distances[i], node: Int(links[start + i])))
            }
        }
        unsafe scratch.comparisons += links.count
        candidates.sort()
        let selection = unsafe NeighborSelection(rows: rows, scratch: scratch)
        let picked = unsafe selection.select(
            for: node, count: candidates.count, limit: width, candidates: { candidates[$0] }, into: list
        )
        unsafe (list + picked).update(repeating: Graph.none, count: width - picked)
    }

    private func contains(_ link: UInt32, count: Int) -> Bool {
        for i in 0..<count where unsafe list[i] == link { return true }
        return false
    }
}
