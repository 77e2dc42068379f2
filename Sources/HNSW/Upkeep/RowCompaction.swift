import ParallelLoops

/// Gives back the space of removed vectors, in steps. The graph keeps its links; only the numbers of its nodes change.
///
/// 1. The vectors and codes of the rows that stay are copied, some in each step. They never change, so it does not
///    matter what else happens meanwhile.
/// 2. At the end the rows that were added since follow, and keys, tombstones and links are copied at once: about a
///    tenth of the bytes.
struct RowCompaction: Sendable {
    /// The rows of the start, and of those the ones that stay.
    private let startCount: Int
    private let kept: [NodeID]

    /// The new store. It has the vectors of the first `copied` rows that stay.
    private var target: VectorStore
    private var copied = 0

    /// The magnitude of the largest component of those rows.
    private var largest: Float = 0

    /// The number of components that a change copies.
    private static let components = 1 << 16

    /// Prepares the compaction.
    ///
    /// - Complexity: O(*n*), four bytes a row.
    init(of store: VectorStore, _ graph: Graph?) {
        startCount = store.count
        var kept: [NodeID] = []
        kept.reserveCapacity(store.count)
        for row in 0..<store.count where !Self.isDroppable(NodeID(row), of: store, graph) { kept.append(NodeID(row)) }
        self.kept = kept
        target = VectorStore(
            dimensions: store.dimensions, metric: store.metric, elements: store.elements, kernels: store.kernels)
        target.reserveVectors(kept.count)
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
    mutating func step(_ changes: Int, of store: VectorStore) -> Int {
        let rows = max(1, Self.components / store.dimensions)
        let end = min(kept.count, copied + changes * rows)
        defer { copied = end }
        copyVectors(kept[copied..<end], of: store)
        return max(1, (end - copied) / rows)
    }

    private mutating func copyVectors(_ rows: ArraySlice<NodeID>, of store: VectorStore) {
        target.appendVectors(rows, of: store)
        largest = max(largest, store.largestMagnitude(of: rows))
    }

    /// Replaces a store and its graph by the compacted ones, unless a removed node is in use again. A vector that was
    /// added since may link to it, or be its duplicate. The next compaction then finds fewer rows to drop.
    mutating func finish(_ store: inout VectorStore, _ graph: inout Graph?, threads: Int) {
        var number = [UInt32](repeating: NodeID.none.rawValue, count: store.count)
        let rows = kept + (startCount..<store.count).lazy.map(NodeID.init(_:))
        for (new, old) in rows.enumerated() { number[old.index] = UInt32(new) }
        for row in 0..<startCount where number[row] == NodeID.none.rawValue {
            guard Self.isDroppable(NodeID(row), of: store, graph) else { return }
        }
        copyVectors(rows[kept.count...], of: store)
        target.finishCompaction(of: store, rows: rows, largest: largest)
        graph = graph?.renumbered(rows, number: number, threads: threads)
        store = target
    }
}

extension VectorStore {
    fileprivate mutating func reserveVectors(_ rows: Int) {
        switch elements.exact {
        case .floats: floats.reserve(rows * floatLayout.stride)
        case .halves: halves.reserve(rows * primaryLayout.stride)
        case .codes: break
        }
        guard elements.isCoded else { return }
        codes.reserve(rows * primaryLayout.stride)
        factors.reserve(2 * rows)
        residuals.reserve(rows)
        norms.reserve(rows)
    }

    /// Copies the vectors and codes of rows of another store.
    fileprivate mutating func appendVectors(_ rows: ArraySlice<NodeID>, of old: VectorStore) {
        func copy<Element>(_ column: Column<Element>, width: Int, to target: inout Column<Element>) {
            guard column.count > 0 else { return }
            for row in rows {
                column.withSpan(of: row.index * width..<(row.index + 1) * width) { target.append(contentsOf: $0) }
            }
        }
        copy(old.floats, width: floatLayout.stride, to: &floats)
        copy(old.halves, width: primaryLayout.stride, to: &halves)
        copy(old.codes, width: primaryLayout.stride, to: &codes)
        copy(old.factors, width: 2, to: &factors)
        copy(old.residuals, width: 1, to: &residuals)
        copy(old.norms, width: 1, to: &norms)
    }

    /// Copies what may have changed since the first vectors were copied.
    fileprivate mutating func finishCompaction(of old: VectorStore, rows: [NodeID], largest: Float) {
        keys.reserve(rows.count)
        for row in rows { keys.append(repeating: old.keys[row.index]) }
        tombstones.append(repeating: 0, count: (rows.count + 63) / 64)
        var removed: [Int] = []
        for (new, row) in rows.enumerated() where !old.isLive(row) { removed.append(new) }
        for row in removed { tombstones.set(row >> 6, to: tombstones[row >> 6] | 1 << UInt64(row & 63)) }
        liveCount = old.liveCount
        // A key may have several rows. The row that is live comes last.
        keyTable.add(from: 0, keys: keys) { _ in true }
        frame = old.frame
        frame.shrink(from: old.count, to: rows.count)
        setLargest(largest)
    }
}

extension Graph {
    /// The same graph with other numbers: row `rows[i]` becomes row *i*. Links to rows without a number are left out.
    fileprivate func renumbered(_ rows: [NodeID], number: [UInt32], threads: Int) -> Graph {
        var new = Graph(parameters: parameters)
        new.append(levels: rows.map { level(of: $0) })
        let (old, copy) = (self, new)
        // SAFETY: each worker writes the lists of its own rows, whose places lie inside their columns.
        nonisolated(unsafe) let newBase = unsafe new.base.mutableBase()
        nonisolated(unsafe) let newUpper = unsafe new.upper.mutableBase()
        concurrentChunks(of: rows.count, threads: threads, chunk: 1_024) { _, indices in
            for row in indices {
                for level in 0...copy.level(of: NodeID(row)) {
                    guard let from = old.place(of: rows[row], level: level),
                        let to = copy.place(of: NodeID(row), level: level)
                    else { continue }
                    let list = unsafe (level == 0 ? newBase : newUpper) + to
                    var count = 0
                    (level == 0 ? old.base : old.upper).withSpan(of: from..<from + width(level)) { links in
                        for i in links.indices where Int(links[i]) < number.count {
                            let link = number[Int(links[i])]
                            if link == NodeID.none.rawValue { continue }
                            unsafe list[count] = link
                            count += 1
                        }
                    }
                }
            }
        }
        new.renumberDuplicates(of: self, rows: rows, number: number)
        new.entryPoint = entryPoint.index < number.count ? NodeID(rawValue: number[entryPoint.index]) : .none
        new.pendingRemovals = min(pendingRemovals, rows.count)
        new.efFactor = efFactor
        new.efFactorRows = min(efFactorRows, rows.count)
        new.isOutdated = isOutdated
        return new
    }

    /// Copies the chains of duplicates without the rows that have no number.
    private mutating func renumberDuplicates(of old: Graph, rows: [NodeID], number: [UInt32]) {
        guard old.duplicates.count > 0 else { return }
        duplicates = Column(capacity: rows.count)
        duplicates.append(repeating: DuplicateEntry.end, count: rows.count)
        for (new, row) in rows.enumerated() where !old.isDuplicate(row) {
            var last = new
            old.forEachRow(of: row) { next in
                guard next != row, number[next.index] != NodeID.none.rawValue else { return true }
                let place = Int(number[next.index])
                duplicates.set(last, to: duplicates[last] & DuplicateEntry.flag | UInt32(place))
                duplicates.set(place, to: DuplicateEntry.flag | DuplicateEntry.end)
                last = place
                return true
            }
        }
    }
}
