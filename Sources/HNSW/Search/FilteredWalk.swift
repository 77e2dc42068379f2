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
        unsafe scratch.frontier.removeAll(keepingCapacity: true)
        unsafe push(start.bits)
        var scored = 0
        while let nearest = unsafe pop(), unsafe nearest < results.limit {
            guard let list = unsafe graph.list(of: Candidate(bits: nearest).node, level: 0) else { continue }
            let count = unsafe rows.hop(
                scratch.query, links: list, width: graph.m0, lists: graph.base, marks: marks, epoch: epoch,
                limit: results.limit, into: scratch.found, scored: &scored
            )
            if scored > budget { break }
            for i in 0..<count {
                let candidate = unsafe scratch.found[i]
                guard unsafe candidate < results.limit else { continue }
                unsafe push(candidate)
                if accepts(Candidate(bits: candidate).node) { unsafe results.insert(candidate, by: rows) }
            }
        }
        unsafe scratch.comparisons += scored
        return unsafe scored > budget ? nil : results
    }

    // MARK: - The frontier

    private func push(_ candidate: UInt64) {
        unsafe scratch.frontier.append(candidate)
        unsafe scratch.frontier.withUnsafeMutableBufferPointer { heap in
            var child = heap.count - 1
            while child > 0 {
                let parent = (child - 1) / 2
                guard unsafe heap[child] < heap[parent] else { return }
                unsafe heap.swapAt(child, parent)
                child = parent
            }
        }
    }

    private func pop() -> UInt64? {
        guard let last = unsafe scratch.frontier.popLast() else { return nil }
        guard let first = unsafe scratch.frontier.first else { return last }
        unsafe scratch.frontier[0] = last
        unsafe scratch.frontier.withUnsafeMutableBufferPointer { heap in
            var parent = 0
            while true {
                var smallest = parent
                let left = 2 * parent + 1
                if unsafe left < heap.count && heap[left] < heap[smallest] { smallest = left }
                if unsafe left + 1 < heap.count && heap[left + 1] < heap[smallest] { smallest = left + 1 }
                guard smallest != parent else { return }
                unsafe heap.swapAt(parent, smallest)
                parent = smallest
            }
        }
        return first
    }
}
