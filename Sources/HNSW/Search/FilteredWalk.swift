import VectorKernels

/// A walk over level 0 that keeps what a predicate passes, and goes on from what it does not pass as well.
///
/// With `accepts` true of every node, it does what ``GraphWalk`` does on level 0; but candidates must be kept
/// apart from results, for the best results may lie beyond many nodes that do not pass. The frontier is a heap; the
/// results are the beam.
@unsafe
struct FilteredWalk {
    let rows: RowComparator
    let graph: GraphView
    let scratch: SearchScratch

    /// Finds the `ef` nearest nodes that pass; or nothing, if more than `budget` rows had to be compared.
    ///
    /// SAFETY: the beam is valid until the scratch gives out the next.
    func search(
        from start: Candidate, ef: Int, budget: Int, accepts: (Int) -> Bool
    ) -> Beam? {
        var results = unsafe scratch.beam(capacity: ef)
        var visited = unsafe scratch.visitedRows(count: graph.count)
        defer { unsafe visited.clear() }
        unsafe visited.insert(start.node)
        if let leftOut = unsafe scratch.leftOut, unsafe leftOut < graph.count { unsafe visited.insert(leftOut) }
        if accepts(start.node) { unsafe results.insert(start.bits, by: rows) }
        unsafe scratch.frontier.removeAll()
        unsafe scratch.frontier.push(start.bits)
        var scored = 0
        while let nearest = unsafe scratch.frontier.pop(), unsafe nearest < results.limit {
            guard let list = unsafe graph.list(of: Candidate(bits: nearest).node, level: 0) else { continue }
            let fresh = unsafe visited.end
            let asked = unsafe rows.gather(list, width: graph.m0, seen: visited.bits, into: fresh)
            unsafe visited.append(asked)
            let count = unsafe rows.near(
                scratch.query, ids: fresh, count: asked, limit: results.limit, lists: graph.base, width: graph.m0,
                into: scratch.found
            )
            scored += asked
            if scored > budget { break }
            for i in 0..<count {
                let candidate = unsafe scratch.found[i]
                guard unsafe candidate < results.limit else { continue }
                unsafe scratch.frontier.push(candidate)
                if accepts(Candidate(bits: candidate).node) { unsafe results.insert(candidate, by: rows) }
            }
        }
        unsafe scratch.comparisons += scored
        return unsafe scored > budget ? nil : results
    }
}
