import VectorKernels

/// The search of one new node for its neighbours: the first step of ``GraphBuilder``. It goes in steps, as its walk does.
@unsafe
struct Insertion {
    private let graph: Graph
    private let store: VectorStore
    private let scratch: SearchScratch
    private let rows: RowComparator
    private let batch: [UInt32]
    private let index: Int
    private let ef: Int
    private let base: UnsafeMutablePointer<UInt32>
    private let upper: UnsafeMutablePointer<UInt32>

    private var walk: GraphWalk

    /// The level whose list is written next.
    private var level: Int

    /// A row with the same bits, if one was found, or `Graph.none`.
    private(set) var same = Graph.none

    /// The new node.
    private var node: Int { unsafe Int(batch[index]) }

    /// Begins the search for the node `batch[index]`.
    ///
    /// SAFETY: `base` and `upper` must be the graph's own columns, and nobody else may use the node's lists, or the scratch,
    /// until the last step is taken; graph and store must not change in that time.
    init(
        graph: Graph, store: VectorStore, scratch: SearchScratch, batch: [UInt32], index: Int, ef: Int,
        base: UnsafeMutablePointer<UInt32>, upper: UnsafeMutablePointer<UInt32>
    ) {
        unsafe self.graph = graph
        unsafe self.store = store
        unsafe self.scratch = scratch
        unsafe self.batch = batch
        unsafe self.index = index
        unsafe self.ef = ef
        unsafe self.base = unsafe base
        unsafe self.upper = unsafe upper
        unsafe rows = store.primaryRows
        unsafe scratch.query.encode(row: batch[index], of: rows)
        unsafe walk = GraphWalk(graph: graph, store: store, scratch: scratch)
        unsafe level = Int(graph.levels[Int(batch[index])])
    }

    /// Begins the walk. Returns `false` if there is no graph to walk over, and all lists are written.
    mutating func begin() -> Bool {
        // On levels that the graph does not have yet, there are only the nodes before this one in the batch.
        while unsafe level > graph.maxLevel {
            guard unsafe level >= 0, unsafe writeList(from: scratch.beam(capacity: ef)) else { return false }
            unsafe level -= 1
        }
        return unsafe walk.begin(downTo: level, ef: ef)
    }

    /// Takes a step. Returns `false` when all lists are written, or the node is found to be a twin.
    mutating func step(lookingAhead: Bool) -> Bool {
        if unsafe walk.step(downTo: level, ef: ef, lookingAhead: lookingAhead) { return true }
        let nearest = unsafe walk.beam[0]
        guard unsafe writeList(from: walk.beam), unsafe level > 0 else { return false }
        unsafe level -= 1
        unsafe walk.begin(level: level, from: nearest, ef: ef)
        return true
    }

    /// Writes the list of the level. Returns `false` if the node is a twin, which needs none.
    private mutating func writeList(from found: Beam) -> Bool {
        var beam = unsafe found
        unsafe addBatch(to: &beam)
        if unsafe level == 0, let row = unsafe rowWithSameBits(among: beam) {
            unsafe same = UInt32(row)
            return false
        }
        guard let place = unsafe graph.place(of: node, level: level) else { return true }
        let list = unsafe (level == 0 ? base : upper) + place
        let selection = unsafe NeighborSelection(rows: rows, scratch: scratch)
        let picked = unsafe selection.select(
            for: node, count: beam.count, limit: graph.m, candidates: { unsafe beam[$0] }, into: list
        )
        unsafe (list + picked).update(repeating: Graph.none, count: graph.width(level) - picked)
        return true
    }

    /// Puts the nodes before this one in the batch into the beam, those of the level.
    private func addBatch(to beam: inout Beam) {
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
    private func rowWithSameBits(among beam: Beam) -> Int? {
        let own = unsafe Candidate.ordered(walk.distance(to: node))
        var i = 0
        while unsafe i < beam.count {
            let candidate = unsafe beam[i]
            let ordered = UInt32(truncatingIfNeeded: candidate.bits >> 32)
            if ordered > own { return nil }
            if ordered == own, unsafe candidate.node != node, unsafe store.isSame(candidate.node, node) {
                return candidate.node
            }
            i += 1
        }
        return nil
    }
}
