/// The links between the rows of an index: a hierarchy of graphs after Malkov & Yashunin.
///
/// Level 0 holds every node. Level *l* holds the nodes whose level is at least *l*. A list of links has a fixed width,
/// `m0` on level 0 and `m` above, and ends at ``NodeID/none``. A walk compares each link with the number of rows
/// anyway, because the file may be damaged. The same comparison finds the end of the list, so a list needs no count,
/// and with the default `m` it takes two cache lines on level 0.
///
/// ```
/// base         node 0: m0 links │ node 1: m0 links │ …
/// upperStarts  node 0: block    │ node 1: none     │ …        none for a node of level 0
/// upper        block b: m links of level 1 │ block b + 1: m links of level 2 │ …
/// ```
///
/// Of the rows with the same bits, one is a node. The others are its *duplicates*: they form a chain that starts at the
/// node, and they have no links.
struct Graph: Sendable {
    /// How the graph is built.
    let parameters: HNSWParameters

    /// The level of each row; 0 for duplicates.
    var levels = Column<UInt8>()

    var base = Column<UInt32>()
    var upperStarts = Column<UInt32>()
    var upper = Column<UInt32>()

    /// The entry of each row in the chains of duplicates; empty if no row has a duplicate. See ``DuplicateEntry``.
    var duplicates = Column<UInt32>()

    /// Whether each row is known to be in one chain at most. The chains of a file are not read before a change.
    var hasSoundChains = true

    /// A node of the highest level, where walks start; ``NodeID/none`` in an empty graph.
    var entryPoint = NodeID.none

    /// The number of rows that were removed since the start of the last repair that is over. Their nodes may still have
    /// links.
    var pendingRemovals = 0

    /// The factor of `ef` that walks need for a good recall; see ``VectorIndex/efFactor``. It was measured on as many
    /// rows as `efFactorRows`.
    var efFactor = 1
    var efFactorRows = 0

    /// How far the nearest was, at most, for the vectors that it was measured on, in the index's metric; 0 if that is
    /// not known.
    var usualNearest: Float = 0

    /// The number of rows when ``ReachRepair`` last found that all nodes can be reached.
    var reachedRows = 0

    /// Whether the graph was built by codes that cannot tell neighbors apart, and must be built again. A file holds it.
    var isOutdated = false

    /// The nodes whose lists changed since a compaction looked last, with repetitions; `nil` while none goes on.
    var changedNodes: [NodeID]?

    /// The highest level of a node.
    static let maximumLevel = 31

    init(parameters: HNSWParameters) {
        self.parameters = parameters
    }

    /// The number of links of a new node, and the width of the lists above level 0.
    var m: Int { parameters.m }

    /// The width of the lists on level 0.
    var m0: Int { parameters.m0 }

    /// The number of rows, nodes and duplicates.
    var count: Int { levels.count }

    /// The level of the entry point; −1 in an empty graph.
    var maxLevel: Int { levels.at(entryPoint.index).map(Int.init) ?? -1 }

    /// The level of a row that exists.
    func level(of node: NodeID) -> Int { Int(levels[node.index]) }

    /// The width of the lists on a level.
    func width(_ level: Int) -> Int { level == 0 ? m0 : m }

    /// The place of a node's list in `base` or `upper`; `nil` if a damaged file has none.
    func place(of node: NodeID, level: Int) -> Int? {
        if level == 0 {
            let place = node.index * m0
            return place + m0 <= base.count ? place : nil
        }
        guard let start = upperStarts.at(node.index), start != NodeID.none.rawValue else { return nil }
        let place = (Int(start) + level - 1) * m
        return place + m <= upper.count ? place : nil
    }

    /// The links of a node.
    func links(of node: NodeID, level: Int) -> [NodeID] {
        guard let place = place(of: node, level: level) else { return [] }
        let column = level == 0 ? base : upper
        var links: [NodeID] = []
        column.withSpan(of: place..<place + width(level)) { list in
            for i in 0..<list.count {
                let link = NodeID(rawValue: list[i])
                if link == .none { return }
                links.append(link)
            }
        }
        return links
    }

    /// The links of a node that are rows. A graph from a damaged file may have others.
    func validLinks(of node: NodeID, level: Int) -> [NodeID] {
        links(of: node, level: level).filter { $0.index < count }
    }

    /// Whether a node links to none on level 0.
    func hasNoLinks(_ node: NodeID) -> Bool {
        guard let place = place(of: node, level: 0) else { return true }
        return base[place] == NodeID.none.rawValue
    }

    /// Copies the columns from a mapped file.
    mutating func copyIntoMemory() {
        levels.copyIntoMemory()
        base.copyIntoMemory()
        upperStarts.copyIntoMemory()
        upper.copyIntoMemory()
        duplicates.copyIntoMemory()
    }

    /// The bytes of all columns.
    var byteCount: Int {
        levels.byteCount + base.byteCount + upperStarts.byteCount + upper.byteCount + duplicates.byteCount
    }
}

// MARK: - Changing

extension Graph {
    /// Appends rows without links.
    mutating func append(levels new: [Int]) {
        let blocks = new.reduce(0, +)
        var block = upper.count / m
        base.append(repeating: NodeID.none.rawValue, count: new.count * m0)
        upper.append(repeating: NodeID.none.rawValue, count: blocks * m)
        for level in new {
            levels.append(repeating: UInt8(level))
            upperStarts.append(repeating: level > 0 ? UInt32(block) : NodeID.none.rawValue)
            block += level
        }
        if duplicates.count > 0 { duplicates.append(repeating: DuplicateEntry.end, count: new.count) }
    }

    /// Removes all links of a node.
    mutating func clearLists(of node: NodeID) {
        for level in 0...level(of: node) { setLinks(of: node, level: level, to: []) }
    }

    /// Replaces each link of a node. It drops links to the node itself, repetitions, links to no row, and nodes that
    /// are not on the level.
    mutating func replaceLinks(of node: NodeID, by replacement: (NodeID) -> NodeID?) {
        for level in 0...level(of: node) {
            let old = links(of: node, level: level)
            var new: [NodeID] = []
            // The list of a node that is linked again may be as a damaged file had it.
            for link in old.compactMap(replacement)
            where link != node && link.index < count && self.level(of: link) >= level && !new.contains(link) {
                new.append(link)
            }
            if new != old { setLinks(of: node, level: level, to: new) }
        }
    }

    /// Writes the list of a node.
    mutating func setLinks(of node: NodeID, level: Int, to links: [NodeID]) {
        guard let place = place(of: node, level: level) else { return }
        changedNodes?.append(node)
        let width = width(level)
        precondition(links.count <= width, "A list on level \(level) holds \(width) links, not \(links.count)")
        // SAFETY: the whole list lies inside its column.
        let list = unsafe (level == 0 ? base.mutableBase() : upper.mutableBase()) + place
        for i in 0..<width { unsafe list[i] = (i < links.count ? links[i] : .none).rawValue }
    }

    /// Makes the first node of the highest level the entry point. It leaves out nodes that are removed or have no
    /// links. Nodes behind the end of `isRemoved` are not removed.
    mutating func chooseEntryPoint(leavingOut isRemoved: [Bool], avoiding isolated: [NodeID]) {
        let isIsolated = Set(isolated)
        var best: (node: NodeID, level: Int)?
        for node in (0..<count).lazy.map(NodeID.init(_:))
        where !(node.index < isRemoved.count && isRemoved[node.index]) && !isDuplicate(node)
            && !isIsolated.contains(node)
        {
            if best.map({ level(of: node) > $0.level }) ?? true { best = (node, level(of: node)) }
        }
        entryPoint = best?.node ?? .none
    }
}

// MARK: - Duplicates

/// The entry of a row in the chains of duplicates: the next row of the chain, and in the top bit whether this row is a
/// duplicate.
enum DuplicateEntry {
    /// No next row.
    static let end: UInt32 = 0x7FFF_FFFF

    /// The bit of a duplicate.
    static let flag: UInt32 = 0x8000_0000
}

extension Graph {
    /// Whether a row is a duplicate of a node.
    func isDuplicate(_ row: NodeID) -> Bool {
        duplicates.at(row.index).map { $0 & DuplicateEntry.flag != 0 } ?? false
    }

    /// The row that follows `row` in its chain of duplicates.
    func nextDuplicate(of row: NodeID) -> NodeID? {
        guard let entry = duplicates.at(row.index) else { return nil }
        let next = NodeID(rawValue: entry & DuplicateEntry.end)
        return next.index < count ? next : nil
    }

    /// Makes a row without links a duplicate of a node.
    mutating func attach(_ row: NodeID, to node: NodeID) {
        precondition(
            row != node && !isDuplicate(node) && !isDuplicate(row), "Row \(row) cannot be a duplicate of \(node)")
        if duplicates.count == 0 { duplicates.append(repeating: DuplicateEntry.end, count: count) }
        duplicates.set(row.index, to: duplicates[node.index] | DuplicateEntry.flag)
        duplicates.set(node.index, to: row.rawValue)
        levels.set(row.index, to: 0)
    }

    /// Cuts the chains of a file where they lead to a node, or to a row that is in a chain already. A made-up file
    /// could lead from each row through all others, and repairs follow the chain of each node.
    ///
    /// - Complexity: O(*n*) for the first call, then O(1).
    mutating func cutUnsoundChains() {
        guard !hasSoundChains else { return }
        hasSoundChains = true
        var isReached = [Bool](repeating: false, count: count)
        for node in (0..<count).lazy.map(NodeID.init(_:)) where !isDuplicate(node) {
            var row = node
            while let next = nextDuplicate(of: row) {
                guard isDuplicate(next), !isReached[next.index] else {
                    duplicates.set(row.index, to: duplicates[row.index] | DuplicateEntry.end)
                    break
                }
                isReached[next.index] = true
                row = next
            }
        }
    }

    /// Calls `body` with a node and its duplicates until it returns `false`. In a damaged chain the calls end after as
    /// many rows as the graph has.
    func forEachRow(of node: NodeID, _ body: (NodeID) -> Bool) {
        var row = node
        for _ in 0..<max(count, 1) {
            guard body(row), let next = nextDuplicate(of: row) else { return }
            row = next
        }
    }

    /// Whether a node or one of its duplicates is live.
    func hasLiveRow(_ node: NodeID, in store: VectorStore) -> Bool {
        var lives = false
        forEachRow(of: node) { row in
            lives = store.isLive(row)
            return !lives
        }
        return lives
    }
}

// MARK: - Levels

/// Gives nodes their levels: at least *l* with probability *m*⁻ˡ. The paper writes it ⌊−ln(unif(0..1)) · *mL*⌋ with
/// *mL* = 1 / ln *m*.
///
/// The level is a hash of the seed and the key, so it does not depend on what happened before. It compares whole
/// numbers, so it does not depend on the logarithm of a C library.
struct NodeLevels: Sendable {
    /// A hash below `bounds[l − 1]` gives at least level *l*.
    private let bounds: [UInt64]
    private let seed: UInt64

    init(_ parameters: HNSWParameters) {
        seed = parameters.seed
        let m = UInt64(parameters.m)
        var bounds: [UInt64] = []
        var bound = UInt64.max / m
        while bound > 0, bounds.count < Graph.maximumLevel {
            bounds.append(bound)
            bound /= m
        }
        self.bounds = bounds
    }

    /// The level of a key's node.
    func level(of key: UInt64) -> Int {
        let hash = KeyTable.hash(KeyTable.hash(key) ^ seed)
        return bounds.prefix { hash < $0 }.count
    }
}
