import VectorKernels

/// The search of one new node for its neighbours: the first step of ``GraphBuilder``.
@unsafe
struct Insertion {
    let graph: Graph
    let store: VectorStore
    let scratch: SearchScratch
    let batch: [UInt32]
    let index: Int
    let ef: Int

    /// Writes the node's lists on all of its levels. Returns a row with the same bits, if one was found, or `Graph.none`.
    ///
    /// SAFETY: `base` and `upper` must be the graph's own columns, and nobody else may use the node's lists.
    func run(base: UnsafeMutablePointer<UInt32>, upper: UnsafeMutablePointer<UInt32>) -> UInt32 {
        let node = unsafe Int(batch[index])
        let rows = unsafe store.primaryRows
        unsafe scratch.query.encode(row: UInt32(node), of: rows)
        let walk = unsafe GraphWalk(graph: graph, store: store, scratch: scratch)
        let ownDistance = unsafe Candidate.ordered(walk.distance(to: node))
        let nodeLevel = unsafe Int(graph.levels[node])
        var start = unsafe walk.descend(to: nodeLevel)
        var level = nodeLevel
        while level >= 0 {
            // 1. Search the graph, on the levels that it has.
            var beam: Beam
            if let entry = start, unsafe level <= graph.maxLevel {
                unsafe beam = walk.search(level: level, from: entry, ef: ef)
                start = unsafe beam[0]
            } else {
                unsafe beam = scratch.beam(capacity: ef)
            }
            // 2. Compare with those before it in the batch.
            unsafe addBatch(to: &beam, level: level, rows: rows)
            // 3. A twin needs no links.
            if level == 0, let same = unsafe rowWithSameBits(as: node, distance: ownDistance, among: beam) {
                return UInt32(same)
            }
            // 4. Pick the neighbours.
            guard let place = unsafe graph.place(of: node, level: level) else { break }
            let list = unsafe (level == 0 ? base : upper) + place
            let selection = unsafe NeighborSelection(rows: rows, scratch: scratch)
            let picked = unsafe selection.select(
                for: node, count: beam.count, limit: graph.m, candidates: { unsafe beam[$0] }, into: list
            )
            unsafe (list + picked).update(repeating: Graph.none, count: graph.width(level) - picked)
            level -= 1
        }
        return Graph.none
    }

    /// Puts the nodes before this one in the batch into the beam, those of the level.
    private func addBatch(to beam: inout Beam, level: Int, rows: RowComparator) {
        var next = 0
        while unsafe next < index {
            var count = 0
            while unsafe next < index, count < SearchScratch.blockSize {
                let row = unsafe batch[next]
                if unsafe level == 0 || Int(graph.levels[Int(row)]) >= level {
                    unsafe scratch.rows[count] = row
                    count += 1
                }
                next += 1
            }
            unsafe rows.score(scratch.query, ids: scratch.rows, count: count, into: scratch.distances)
            unsafe scratch.comparisons += count
            for i in 0..<count {
                let candidate = unsafe Candidate(distance: scratch.distances[i], node: Int(scratch.rows[i]))
                if unsafe candidate.bits < beam.limit { unsafe beam.insert(candidate.bits, by: rows) }
            }
        }
    }

    /// The first row among the candidates that holds the same bits as the node.
    private func rowWithSameBits(as node: Int, distance: UInt32, among beam: Beam) -> Int? {
        var i = 0
        while unsafe i < beam.count {
            let candidate = unsafe beam[i]
            let ordered = UInt32(truncatingIfNeeded: candidate.bits >> 32)
            if ordered > distance { return nil }
            if ordered == distance, candidate.node != node, unsafe store.isSame(candidate.node, node) {
                return candidate.node
            }
            i += 1
        }
        return nil
    }
}
