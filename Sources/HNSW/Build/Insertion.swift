import VectorKernels

/// The search of one new node for its neighbors, which is the first step of ``GraphBuilder``. It proceeds in steps, as
/// its walk does.
@unsafe
struct Insertion {
    private let graph: Graph
    private let store: VectorStore
    private let scratch: SearchScratch
    private let rows: RowComparator
    private let batch: [NodeID]
    private let index: Int
    private let ef: Int
    private let base: UnsafeMutablePointer<UInt32>
    private let upper: UnsafeMutablePointer<UInt32>

    private let mayBeDuplicate: Bool

    private var walk: GraphWalk

    /// The level of the list that the next step writes.
    private var level: Int

    /// A row with the same bits, if the search found one.
    private(set) var same: NodeID?

    /// The number of nearest candidates that may be scaled copies of the node.
    private static var likelyCopies: Int { 4 }

    /// The number of candidates on the level above that of a node.
    private static var widthAbove: Int { 4 }

    /// The new node.
    private var node: NodeID { unsafe batch[index] }

    /// Prepares the search for the node `batch[index]`.
    ///
    /// SAFETY: `base` and `upper` must be the graph's own columns. Until the last step, graph and store must not
    /// change, and nobody else may use the node's lists or the scratch.
    init(
        graph: Graph, store: VectorStore, scratch: SearchScratch, batch: [NodeID], index: Int,
        base: UnsafeMutablePointer<UInt32>, upper: UnsafeMutablePointer<UInt32>, mayBeDuplicate: Bool
    ) {
        unsafe self.graph = graph
        unsafe self.store = store
        unsafe self.scratch = scratch
        unsafe self.batch = batch
        unsafe self.index = index
        unsafe ef = graph.parameters.efConstruction
        unsafe self.mayBeDuplicate = mayBeDuplicate
        unsafe self.base = unsafe base
        unsafe self.upper = unsafe upper
        unsafe rows = store.primaryRows
        unsafe scratch.query.encode(row: batch[index].rawValue, of: rows)
        unsafe walk = GraphWalk(graph: graph, store: store, scratch: scratch, widthAbove: Self.widthAbove)
        unsafe level = graph.level(of: batch[index])
    }

    /// Starts the walk. Returns `false` if there is no graph to walk over; all lists are written then.
    mutating func begin() -> Bool {
        // A level above the graph's highest has only the nodes of the batch that come before this one.
        while unsafe level > graph.maxLevel {
            guard unsafe level >= 0, unsafe writeList(from: scratch.queue(capacity: ef)) else { return false }
            unsafe level -= 1
        }
        return unsafe walk.begin(downTo: level, ef: ef)
    }

    /// Takes a step. Returns `false` when all lists are written, or when the node turns out to be a duplicate.
    mutating func step(lookingAhead: Bool) -> Bool {
        if unsafe walk.step(downTo: level, ef: ef, lookingAhead: lookingAhead) { return true }
        let nearest = unsafe walk.queue[0]
        guard unsafe writeList(from: walk.queue), unsafe level > 0 else { return false }
        unsafe level -= 1
        unsafe walk.begin(level: level, from: nearest, ef: ef)
        return true
    }

    /// Writes the list of the level. Returns `false` if the node is a duplicate, which needs no list.
    private mutating func writeList(from found: CandidateQueue) -> Bool {
        var queue = unsafe found
        unsafe addBatch(to: &queue)
        if unsafe level == 0, unsafe mayBeDuplicate, let row = unsafe rowWithSameBits(among: queue) {
            unsafe same = row
            return false
        }
        guard let place = unsafe graph.place(of: node, level: level) else { return true }
        let list = unsafe (level == 0 ? base : upper) + place
        let selection = unsafe NeighborSelection(rows: rows, scratch: scratch)
        unsafe selection.select(
            for: node, count: queue.count, limit: graph.m, candidates: { unsafe queue[$0] }, into: list,
            width: graph.width(level)
        )
        return true
    }

    /// Adds the nodes of the batch that come before this one and are on the level.
    private func addBatch(to queue: inout CandidateQueue) {
        var next = 0
        while unsafe next < index {
            var count = 0
            while unsafe next < index, count < SearchScratch.blockSize {
                let row = unsafe batch[next]
                if unsafe level == 0 || graph.level(of: row) >= level {
                    unsafe scratch.rows[count] = row.rawValue
                    count += 1
                }
                next += 1
            }
            unsafe rows.score(scratch.query, ids: scratch.rows, count: count, into: scratch.distances)
            unsafe scratch.comparisons += count
            for i in 0..<count {
                let candidate = unsafe Candidate(
                    distance: scratch.distances[i], node: NodeID(rawValue: scratch.rows[i]))
                if unsafe candidate.bits < queue.limit { unsafe queue.insert(candidate, by: rows) }
            }
        }
    }

    /// The first row among the candidates that is a duplicate of the node.
    ///
    /// Rows with the same bits have the same distance from the node as the node itself. Scaled copies under a metric
    /// that normalizes may have a larger one by their codes, but they are the nearest.
    private func rowWithSameBits(among queue: CandidateQueue) -> NodeID? {
        let own = unsafe Candidate.ordered(walk.distance(to: node))
        var i = 0
        while unsafe i < queue.count {
            let candidate = unsafe queue[i]
            let mayBeCopy = unsafe store.metric.normalizes && i < Self.likelyCopies
            if candidate.orderedDistance > own, !mayBeCopy { return nil }
            if candidate.orderedDistance == own || mayBeCopy, unsafe candidate.node != node,
                unsafe store.isSame(candidate.node, node)
            {
                return candidate.node
            }
            i += 1
        }
        return nil
    }
}
