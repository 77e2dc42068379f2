import VectorKernels

/// A walk over a graph, from the entry point down: Algorithms 2 (`search-layer`) and 5 of Malkov & Yashunin, "Efficient and
/// robust approximate nearest neighbor search using hierarchical navigable small world graphs", 2016,
/// https://arxiv.org/abs/1603.09320.
///
/// A walk waits for memory most of its time: the rows around a node lie all over the index. So it goes in steps that part
/// the asking from the comparing, and there is time for the rows to come in between:
///
/// 1. Compare the rows that the last step asked for, and keep the best.
/// 2. Take the nearest candidates that were not gone on from, and ask for the rows that they link to.
///
/// Two candidates are gone on from at once, where the paper takes one: the second nearest is nearly always the next, and
/// two lists of rows come in the time of one. A walk that is alone looks ahead to the candidate after these; of several
/// walks that take turns, each leaves the others the time (see ``InterleavedSearches``). Neither changes what is found.
///
/// It is a bundle of addresses for the time of a search or a build; `query`, the encoded query of the scratch, is the
/// paper's *q*. Links are compared with the number of rows before they are used, and so is everything else that may come
/// out of a file: a damaged graph leads astray, and no further.
@unsafe
struct GraphWalk {
    private let rows: RowComparator
    private let graph: GraphView
    private let scratch: SearchScratch
    private let query: EncodedQuery
    private let found: UnsafeMutablePointer<UInt64>

    /// The level that is walked over.
    private(set) var level = 0

    /// The best nodes seen on the level.
    private(set) var beam: Beam

    private var visited: VisitedRows

    /// The first of the visited rows that were asked for and not compared.
    private var firstAsked = 0

    /// The candidates that are gone on from at once.
    private static let expansions = 2

    /// The most candidates that a step finds.
    static let mostFound = expansions * 2 * HNSWParameters.mRange.upperBound

    /// SAFETY: graph and store must neither change nor go as long as the walk is used, every row of the graph must be one of
    /// the store, and nothing else may use the scratch as long as a level is being walked over.
    init(graph: borrowing Graph, store: borrowing VectorStore, scratch: SearchScratch) {
        precondition(graph.count == store.count, "\(graph.count) rows in the graph, \(store.count) in the store")
        unsafe self.graph = GraphView(graph)
        unsafe self.scratch = scratch
        unsafe query = scratch.query
        unsafe found = scratch.found
        unsafe rows = store.primaryRows
        unsafe beam = scratch.beam(capacity: 1)
        unsafe visited = scratch.visitedRows(count: graph.count)
    }

    // MARK: - Walking

    /// Begins at the entry point, to walk down to `level` and there with a beam of `ef`. Returns `false` if the graph is
    /// empty.
    mutating func begin(downTo target: Int, ef: Int) -> Bool {
        let entry = unsafe graph.entryPoint
        guard unsafe entry < graph.count else { return false }
        let top = unsafe graph.maxLevel
        let start = unsafe Candidate(distance: distance(to: entry), node: entry)
        unsafe begin(level: top, from: start, ef: top <= target ? ef : 1)
        return true
    }

    /// Begins to walk over a level, from a node of it.
    mutating func begin(level: Int, from start: Candidate, ef: Int) {
        unsafe self.level = level
        unsafe beam = scratch.beam(capacity: ef)
        unsafe beam.insert(start.bits, by: rows)
        unsafe visited.insert(start.node)
        if let leftOut = unsafe scratch.leftOut, unsafe leftOut < graph.count { unsafe visited.insert(leftOut) }
        _ = unsafe ask()
    }

    /// Takes a step, on the level or down to the next. Returns `false` when the walk over level `target` is over, whose
    /// nearest nodes the beam then holds.
    mutating func step(downTo target: Int, ef: Int, lookingAhead: Bool) -> Bool {
        unsafe compare(lookingAhead: lookingAhead)
        if unsafe ask() { return true }
        unsafe scratch.comparisons += visited.count
        unsafe visited.clear()
        guard unsafe level > target else { return false }
        unsafe begin(level: level - 1, from: beam[0], ef: level - 1 == target ? ef : 1)
        return true
    }

    /// Walks from the entry point down to a level, and over that with a beam of `ef`. Returns `false` if the graph is empty.
    mutating func run(downTo target: Int, ef: Int) -> Bool {
        guard unsafe begin(downTo: target, ef: ef) else { return false }
        while unsafe step(downTo: target, ef: ef, lookingAhead: true) {}
        return true
    }

    /// Compares the rows that were asked for.
    private mutating func compare(lookingAhead: Bool) {
        if lookingAhead, let next = unsafe beam.upcoming, let list = unsafe graph.list(of: next, level: level) {
            unsafe rows.lookAhead(list, width: graph.width(level), seen: visited.bits)
        }
        let asked = unsafe visited.count - firstAsked
        let count = unsafe rows.near(
            query, ids: visited.list + firstAsked, count: asked, limit: beam.limit,
            lists: level == 0 ? graph.base : nil, width: graph.m0, into: found
        )
        if count > 0 { unsafe beam.merge(found, count: count, by: rows) }
    }

    /// Asks for the rows that the nearest candidates link to. Returns `false` if there is no candidate left.
    private mutating func ask() -> Bool {
        unsafe firstAsked = visited.count
        var taken = 0
        while unsafe taken < Self.expansions, let node = unsafe beam.next() {
            taken += 1
            guard let list = unsafe graph.list(of: node, level: level) else { continue }
            unsafe visited.append(
                rows.gather(list, width: graph.width(level), seen: visited.bits, into: visited.end))
        }
        return taken > 0
    }

    /// The distance of the query to a row.
    func distance(to row: Int) -> Float {
        var distance: Float = 0
        var id = UInt32(row)
        unsafe rows.score(query, ids: &id, count: 1, into: &distance)
        return distance
    }
}
