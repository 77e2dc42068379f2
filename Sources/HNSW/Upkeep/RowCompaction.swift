/// Gives back the space of removed vectors, in steps. The graph keeps its links; only the numbers of its nodes change.
///
/// 1. The rows that stay are copied, some in each step: vectors, codes and keys, which never change, and links. Links
///    that change later are copied again: ``Graph/changedNodes`` tells which.
/// 2. At the end the rows that were added since follow, with tombstones and chains of duplicates: a few bytes a row.
struct RowCompaction: Sendable {
    /// The new numbers of the rows.
    private let numbers: RowNumbers

    /// The rows that stay: some of the start, and at the end those that were added since.
    private var kept: [NodeID]

    /// The new store and graph. They have the first `copied` rows that stay.
    private var target: VectorStore
    private var targetGraph: Graph?
    private var copied = 0

    /// The magnitude of the largest component of those rows.
    private var largest: Float = 0

    /// The number of components that a change copies, and of links.
    private static let components = 1 << 16
    private static let links = 1 << 14

    /// Prepares the compaction.
    ///
    /// - Complexity: O(*n*), eight bytes a row.
    init(of store: VectorStore, _ graph: inout Graph?) {
        var kept: [NodeID] = []
        kept.reserveCapacity(store.count)
        for row in 0..<store.count where !Self.isDroppable(NodeID(row), of: store, graph) { kept.append(NodeID(row)) }
        self.kept = kept
        numbers = RowNumbers(kept, of: store.count)
        target = store.withoutRows
        target.reserve(kept.count, laterKeys: kept.count / 8)
        targetGraph = graph.map { Graph(parameters: $0.parameters) }
        graph?.changedNodes = []
    }

    /// The number of rows that a compaction would drop.
    ///
    /// - Complexity: O(*n*); O(1) if no vector was removed since the last compaction.
    static func drops(of store: VectorStore, _ graph: Graph?) -> Int {
        guard store.liveCount < store.count else { return 0 }
        return (0..<store.count).count { isDroppable(NodeID($0), of: store, graph) }
    }

    /// Whether a row is removed and nothing needs it: it is a duplicate, or a node without links and live duplicates.
    private static func isDroppable(_ row: NodeID, of store: VectorStore, _ graph: Graph?) -> Bool {
        if store.isLive(row) { return false }
        guard let graph, !graph.isDuplicate(row) else { return true }
        return row != graph.entryPoint && graph.hasNoLinks(row) && !graph.hasLiveRow(row, in: store)
    }

    /// Whether all rows of the start are copied.
    var isOver: Bool { copied == kept.count }

    /// Does the work of some changes. Returns the number of changes whose work it did.
    mutating func step(_ changes: Int, of store: VectorStore, _ graph: inout Graph?) -> Int {
        let links = graph.map { Self.links / $0.m0 } ?? .max
        let rows = max(1, min(Self.components / store.dimensions, links))
        let end = min(kept.count, copied + changes * rows)
        let used = max(1, (end - copied) / rows)
        copy(upTo: end, of: store, &graph)
        return used
    }

    /// Copies the rows up to `kept[end]`, and the links that changed since they were copied.
    private mutating func copy(upTo end: Int, of store: VectorStore, _ graph: inout Graph?) {
        let rows = kept[copied..<end]
        target.appendRows(rows, of: store)
        largest = max(largest, store.largestMagnitude(of: rows))
        copied = end
        guard let source = graph else { return }
        let changed = Set(source.changedNodes ?? []).subtracting(rows)
        graph?.changedNodes = []
        targetGraph?.append(levels: rows.map { source.level(of: $0) })
        targetGraph?.copyLists(of: rows, from: source, numbers)
        targetGraph?.copyLists(of: changed.filter { numbers.number(of: $0).index < end }, from: source, numbers)
    }

    /// Replaces a store and its graph by the compacted ones, unless a removed node is in use again. A vector that was
    /// added since may link to it, or be its duplicate. The next compaction then finds fewer rows to drop.
    mutating func finish(_ store: inout VectorStore, _ graph: inout Graph?) {
        defer { graph?.changedNodes = nil }
        for row in numbers.dropped {
            guard Self.isDroppable(row, of: store, graph) else { return }
        }
        kept += (numbers.startCount..<store.count).lazy.map(NodeID.init(_:))
        copy(upTo: kept.count, of: store, &graph)
        target.takeTombstones(of: kept, of: store)
        target.takeFrame(of: store, largest: largest)
        if let old = graph { targetGraph?.finishCompaction(of: old, rows: kept, numbers) }
        store = target
        graph = targetGraph
    }
}

/// The numbers of rows after a compaction: first those of the start that stay, then those that were added since.
private struct RowNumbers: Sendable {
    /// The number of rows at the start.
    let startCount: Int

    private let numbers: [NodeID]
    private let keptCount: Int

    init(_ kept: [NodeID], of count: Int) {
        var numbers = [NodeID](repeating: .none, count: count)
        for (new, old) in kept.enumerated() { numbers[old.index] = NodeID(new) }
        self.numbers = numbers
        startCount = count
        keptCount = kept.count
    }

    /// The new number of a row; ``NodeID/none`` for one that is dropped.
    func number(of row: NodeID) -> NodeID {
        row.index < startCount ? numbers[row.index] : NodeID(row.index - startCount + keptCount)
    }

    /// The rows that are dropped.
    var dropped: some Sequence<NodeID> {
        numbers.indices.lazy.filter { numbers[$0] == .none }.map(NodeID.init(_:))
    }
}

extension VectorStore {
    /// The store without the rows that have a tombstone. The other rows keep their order.
    func compacted(pool: ScratchPool, threads: Int) -> VectorStore {
        let rows = (0..<count).map(NodeID.init(_:)).filter(isLive)
        let keepsCodes = elements.exact == .codes
        var new = withoutRows
        new.reserve(rows.count)
        new.appendRows(rows[...], of: self, withCodes: keepsCodes)
        new.takeTombstones(of: rows, of: self)
        // Codes are read in their frame.
        if keepsCodes { new.frame = frame }
        let largest = new.largestMagnitude(of: rows.count, threads: threads)
        let isOutgrown: Bool
        if keepsCodes {
            new.takeFrame(of: self, largest: largest)
            isOutgrown = new.frame.isCoarse
        } else {
            isOutgrown = new.updateFrame(from: 0, largest: largest, renewing: true, threads: threads) == .isOutgrown
        }
        if isOutgrown { _ = Recoding.recode(&new, pool: pool, threads: threads) }
        return new
    }
}

extension Graph {
    /// Copies the lists of some nodes under their new numbers. It leaves out links to rows without a number.
    fileprivate mutating func copyLists(of nodes: some Sequence<NodeID>, from old: Graph, _ numbers: RowNumbers) {
        for node in nodes {
            let new = numbers.number(of: node)
            for level in 0...level(of: new) {
                let links = old.validLinks(of: node, level: level).map(numbers.number(of:))
                setLinks(of: new, level: level, to: links.filter { $0 != .none })
            }
        }
    }

    /// Copies what may have changed since the first lists were copied.
    fileprivate mutating func finishCompaction(of old: Graph, rows: [NodeID], _ numbers: RowNumbers) {
        copyDuplicates(of: old, rows: rows, numbers)
        entryPoint = old.entryPoint.index < old.count ? numbers.number(of: old.entryPoint) : .none
        pendingRemovals = min(old.pendingRemovals, rows.count)
        efFactor = old.efFactor
        efFactorRows = min(old.efFactorRows, rows.count)
        usualNearest = old.usualNearest
        reachedRows = min(old.reachedRows, rows.count)
        isOutdated = old.isOutdated
    }

    /// Copies the chains of duplicates without the rows that have no number.
    private mutating func copyDuplicates(of old: Graph, rows: [NodeID], _ numbers: RowNumbers) {
        guard old.duplicates.count > 0 else { return }
        duplicates = Column(capacity: rows.count)
        duplicates.append(repeating: DuplicateEntry.end, count: rows.count)
        for (new, row) in rows.enumerated() where !old.isDuplicate(row) {
            var last = new
            old.forEachRow(of: row) { next in
                let place = numbers.number(of: next).index
                guard next != row, place < rows.count else { return true }
                duplicates.set(last, to: duplicates[last] & DuplicateEntry.flag | UInt32(place))
                duplicates.set(place, to: DuplicateEntry.flag | DuplicateEntry.end)
                last = place
                return true
            }
        }
    }
}
