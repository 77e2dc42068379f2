import VectorKernels

/// A walk over level 0 that keeps what a predicate passes, and goes on from what it does not pass as well.
///
/// With `accepts` true of every node, it does what ``GraphWalk/search(level:from:ef:)`` does; but candidates must be kept
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
        let (marks, epoch) = unsafe scratch.freshMarks(count: graph.count)
        unsafe marks[start.node] = epoch
        if accepts(start.node) { unsafe results.insert(start.bits, by: rows) }
        unsafe scratch.frontier.removeAll()
        unsafe scratch.frontier.push(start.bits)
        var scored = 0
        while let nearest = unsafe scratch.frontier.pop(), unsafe nearest < results.limit {
            guard let list = unsafe graph.list(of: Candidate(bits: nearest).node, level: 0) else { continue }
            let count = unsafe rows.hop(
                scratch.query, links: list, width: graph.m0, lists: graph.base, marks: marks, epoch: epoch,
                limit: results.limit, into: scratch.found, scored: &scored
            )
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
