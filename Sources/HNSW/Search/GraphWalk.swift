import VectorKernels

/// A walk over a graph from the entry point down: Algorithms 2 (`search-layer`) and 5 of Malkov & Yashunin, "Efficient
/// and robust approximate nearest neighbor search using hierarchical navigable small world graphs", 2016,
/// https://arxiv.org/abs/1603.09320.
///
/// A walk spends most of its time waiting for memory, because the rows around a node lie all over the index. Each step
/// first compares the rows that the previous step prefetched, then prefetches the next:
///
/// 1. Compare the prefetched rows, and keep the best.
/// 2. Take the nearest candidates that are not expanded, and prefetch the rows that they link to.
///
/// A step expands two candidates, where the paper expands one. The second nearest is nearly always the next, so two
/// lists of rows arrive in the time of one. A single walk also looks ahead to the third candidate. Walks that take
/// turns do not, since the others fill the waiting time (see ``takeTurns(over:slots:begin:step:)``). Looking ahead and
/// taking turns do not change the result.
///
/// The walk is a bundle of addresses for the time of a search or a build. `query`, the encoded query of the scratch, is
/// the paper's *q*. The walk compares every number that may come from a file with its bounds, so a damaged graph gives
/// wrong results and nothing worse.
@unsafe
struct GraphWalk {
    private let rows: RowComparator
    private let graph: GraphView
    private let scratch: SearchScratch
    private let query: EncodedQuery
    private let found: UnsafeMutablePointer<UInt64>

    /// Whether the scratch names a node to leave out. Asking the scratch for it at each step would count references.
    private let leavesOut: Bool

    /// The number of candidates on the level above the last.
    private let widthAbove: Int

    /// The current level.
    private(set) var level = 0

    /// The best candidates on the level.
    private(set) var queue: CandidateQueue

    private var visited: VisitedRows

    /// The first of the visited rows that the walk prefetched and did not compare yet.
    private var firstPrefetched = 0

    /// The number of candidates that a step expands.
    static let expansions = 2

    /// The largest number of rows that a step finds.
    static let mostFound = expansions * 2 * HNSWParameters.mRange.upperBound

    /// SAFETY: as long as the walk is used, graph and store must live and not change. Every row of the graph must be a
    /// row of the store. Nothing else may use the scratch while the walk is on a level.
    init(graph: borrowing Graph, store: borrowing VectorStore, scratch: SearchScratch, widthAbove: Int = 1) {
        precondition(graph.count == store.count, "\(graph.count) rows in the graph, \(store.count) in the store")
        unsafe self.graph = GraphView(graph)
        unsafe self.scratch = scratch
        unsafe query = scratch.query
        unsafe found = scratch.found
        unsafe leavesOut = scratch.leftOut != nil
        unsafe self.widthAbove = widthAbove
        unsafe rows = store.primaryRows
        unsafe queue = scratch.queue(capacity: 1)
        unsafe visited = scratch.visitedRows(count: graph.count)
    }

    // MARK: - Walking

    /// Starts at the entry point. The walk goes down to level `target` and keeps `ef` candidates there. Returns `false`
    /// if the graph is empty.
    mutating func begin(downTo target: Int, ef: Int) -> Bool {
        let entry = unsafe graph.entryPoint
        guard unsafe entry.index < graph.count else { return false }
        let top = unsafe graph.maxLevel
        let start = unsafe Candidate(distance: distance(to: entry), node: entry)
        unsafe begin(level: top, from: start, ef: width(on: top, downTo: target, ef: ef))
        return true
    }

    /// Starts to walk over a level from one of its nodes.
    mutating func begin(level: Int, from start: Candidate, ef: Int) {
        unsafe self.level = level
        unsafe queue = scratch.queue(capacity: ef)
        unsafe queue.insert(start, by: rows)
        unsafe visited.insert(start.node)
        if unsafe leavesOut, let leftOut = unsafe scratch.leftOut { unsafe visited.insert(leftOut.node) }
        _ = unsafe prefetch()
    }

    /// Starts to walk over the next level from all candidates.
    private mutating func descend(ef: Int) {
        // The next queue may lie in the same memory.
        let count = unsafe min(queue.count, ef)
        for i in 0..<count { unsafe found[i] = queue[i].bits }
        unsafe level -= 1
        unsafe queue = scratch.queue(capacity: ef)
        unsafe queue.merge(found, count: count, by: rows)
        for i in 0..<count { unsafe visited.insert(queue[i].node) }
        if unsafe leavesOut, let leftOut = unsafe scratch.leftOut { unsafe visited.insert(leftOut.node) }
        _ = unsafe prefetch()
    }

    /// The number of candidates on a level: `ef` on the last, ``widthAbove`` on the one above, and one on the others.
    private func width(on level: Int, downTo target: Int, ef: Int) -> Int {
        if level <= target { return ef }
        return unsafe level == target + 1 ? widthAbove : 1
    }

    /// Takes a step, on the level or down to the next. Returns `false` when the walk over level `target` has ended. The
    /// queue then holds its nearest nodes.
    mutating func step(downTo target: Int, ef: Int, lookingAhead: Bool) -> Bool {
        unsafe compare(lookingAhead: lookingAhead)
        if unsafe prefetch() { return true }
        unsafe scratch.comparisons += visited.count
        unsafe visited.clear()
        guard unsafe level > target else { return false }
        unsafe descend(ef: width(on: level - 1, downTo: target, ef: ef))
        return true
    }

    /// Walks from the entry point down to level `target`, and keeps `ef` candidates there. Returns `false` if the graph
    /// is empty.
    mutating func run(downTo target: Int, ef: Int) -> Bool {
        guard unsafe begin(downTo: target, ef: ef) else { return false }
        while unsafe step(downTo: target, ef: ef, lookingAhead: true) {}
        return true
    }

    /// Compares the prefetched rows.
    private mutating func compare(lookingAhead: Bool) {
        if lookingAhead, let next = unsafe queue.upcoming, let list = unsafe graph.list(of: next, level: level) {
            unsafe rows.lookAhead(list, width: graph.width(level), seen: visited.bits)
        }
        let prefetched = unsafe visited.count - firstPrefetched
        let count = unsafe rows.near(
            query, ids: visited.list + firstPrefetched, count: prefetched, limit: queue.limit,
            lists: level == 0 ? graph.base : nil, width: graph.m0, into: found
        )
        if count > 0 { unsafe queue.merge(found, count: count, by: rows) }
    }

    /// Prefetches the rows that the nearest candidates link to. Returns `false` if no candidate is left.
    private mutating func prefetch() -> Bool {
        unsafe firstPrefetched = visited.count
        var taken = 0
        while unsafe taken < Self.expansions, let node = unsafe queue.next() {
            taken += 1
            guard let list = unsafe graph.list(of: node, level: level) else { continue }
            if unsafe leavesOut, let links = unsafe scratch.leftOut?.links(of: node, level: level) {
                unsafe links.withUnsafeBufferPointer { links in
                    if let links = links.baseAddress { unsafe gather(links) }
                }
            } else {
                unsafe gather(list)
            }
        }
        return taken > 0
    }

    /// Prefetches the rows of a list that the walk has not visited.
    private mutating func gather(_ list: UnsafePointer<UInt32>) {
        unsafe visited.append(rows.gather(list, width: graph.width(level), seen: visited.bits, into: visited.end))
    }

    /// The distance of the query from a row.
    func distance(to row: NodeID) -> Float {
        var distance: Float = 0
        var id = row.rawValue
        unsafe rows.score(query, ids: &id, count: 1, into: &distance)
        return distance
    }
}

/// The rows that a walk has visited: a bit for each row of the index, and a list of the visited rows in order.
///
/// The bits lie close together and stay in the first cache. The list says which bits to clear after the walk. All bits
/// are clear between walks.
@unsafe
struct VisitedRows {
    let bits: UnsafeMutablePointer<UInt64>
    let list: UnsafeMutablePointer<UInt32>
    private(set) var count = 0

    /// SAFETY: there must be a clear bit for each row of the index, and room in the list for all rows and one list of
    /// links.
    init(bits: UnsafeMutablePointer<UInt64>, list: UnsafeMutablePointer<UInt32>) {
        unsafe self.bits = unsafe bits
        unsafe self.list = unsafe list
    }

    /// Where the next rows are written.
    var end: UnsafeMutablePointer<UInt32> { unsafe list + count }

    /// Counts rows that were written at the end and whose bits are set.
    mutating func append(_ added: Int) { unsafe count += added }

    /// Adds one row.
    mutating func insert(_ row: NodeID) {
        unsafe bits[row.index >> 6] |= 1 << UInt64(row.index & 63)
        unsafe list[count] = row.rawValue
        unsafe count += 1
    }

    /// Removes all rows.
    mutating func clear() {
        for i in 0..<(unsafe count) { unsafe bits[Int(list[i] >> 6)] = 0 }
        unsafe count = 0
    }
}
