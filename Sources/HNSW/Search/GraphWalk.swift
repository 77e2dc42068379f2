import VectorKernels

/// The walks over a graph: Algorithms 2 (`search-layer`) and 5 of Malkov & Yashunin, "Efficient and robust approximate
/// nearest neighbor search using hierarchical navigable small world graphs", 2016, https://arxiv.org/abs/1603.09320.
///
/// A bundle of addresses for the time of a search or a build; `query`, the encoded query of the scratch, is the paper's
/// *q*. Links are compared with the number of rows before they are used, and so is everything else that may come out of
/// a file: a damaged graph leads astray, and no further.
@unsafe
struct GraphWalk {
    private let rows: RowComparator
    private let graph: GraphView
    private let scratch: SearchScratch

    /// SAFETY: graph and store must neither change nor go as long as the walk is used, and every row of the graph must be
    /// one of the store.
    init(graph: borrowing Graph, store: borrowing VectorStore, scratch: SearchScratch) {
        precondition(graph.count == store.count, "\(graph.count) rows in the graph, \(store.count) in the store")
        unsafe self.graph = GraphView(graph)
        unsafe self.scratch = scratch
        unsafe rows = store.primaryRows
    }

    /// Goes from the entry point down to `level` by the nearest neighbour of each, and returns the node it ends at.
    func descend(to level: Int) -> Candidate? {
        let entry = unsafe graph.entryPoint
        guard unsafe entry < graph.count else { return nil }
        var nearest = unsafe Candidate(distance: distance(to: entry), node: entry)
        var current = unsafe graph.maxLevel
        while current > level {
            let (marks, epoch) = unsafe scratch.freshMarks(count: graph.count)
            var moved = true
            while moved, let list = unsafe graph.list(of: nearest.node, level: current) {
                let found = unsafe rows.hop(
                    scratch.query, links: list, width: graph.m, lists: nil, marks: marks, epoch: epoch,
                    limit: nearest.bits, into: scratch.found, scored: &scratch.comparisons
                )
                moved = found > 0
                for i in 0..<found { unsafe nearest = min(nearest, Candidate(bits: scratch.found[i])) }
            }
            current -= 1
        }
        return nearest
    }

    /// Finds the `ef` nodes nearest to the query that a walk over one level comes by, starting from a node of the level.
    ///
    /// SAFETY: the beam is valid until the scratch gives out the next.
    func search(level: Int, from start: Candidate, ef: Int) -> Beam {
        // 1. The start is the first candidate.
        var beam = unsafe scratch.beam(capacity: ef)
        unsafe beam.insert(start.bits, by: rows)
        let (marks, epoch) = unsafe scratch.freshMarks(count: graph.count)
        unsafe marks[start.node] = epoch
        let width = unsafe graph.width(level)
        let found = unsafe scratch.found
        let query = unsafe scratch.query
        var scored = 0
        // 2. From the nearest candidate that has not been gone on from, score what it links to; keep the best `ef`.
        while let node = unsafe beam.next() {
            guard let list = unsafe graph.list(of: node, level: level) else {
                continue
            }
            let count = unsafe rows.hop(
                query, links: list, width: width, lists: level == 0 ? graph.base : nil, marks: marks, epoch: epoch,
                limit: beam.limit, into: found, scored: &scored
            )
            if count > 0 { unsafe beam.merge(found, count: count, by: rows) }
        }
        // 3. When all of the best have been gone on from, they are the result.
        unsafe scratch.comparisons += scored
        return unsafe beam
    }

    /// The distance of the query to a row.
    func distance(to row: Int) -> Float {
        var distance: Float = 0
        var id = UInt32(row)
        unsafe rows.score(scratch.query, ids: &id, count: 1, into: &distance)
        return distance
    }
}
