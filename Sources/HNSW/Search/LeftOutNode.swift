/// A node that walks leave out as if the graph had been built without it.
///
/// A walk that only skipped the node would lose the way through it. So a node that links to it gets another link in its
/// place, if the heuristic picks one of its neighbors beside the other links. The node had hidden that neighbor.
///
/// SAFETY: only the task that measures a query uses its node.
final class LeftOutNode: @unchecked Sendable {
    let node: NodeID
    private let graph: Graph
    private let store: VectorStore
    private let pool: ScratchPool

    /// The new lists of nodes that link to the node.
    private var lists: [Place: [UInt32]] = [:]

    private struct Place: Hashable {
        let node: NodeID
        let level: Int
    }

    init(_ node: NodeID, of graph: Graph, store: VectorStore, pool: ScratchPool) {
        self.node = node
        self.graph = graph
        self.store = store
        self.pool = pool
    }

    /// The new links of a node that links to the one left out, as many as a list is wide; `nil` for all other nodes.
    func links(of other: NodeID, level: Int) -> [UInt32]? {
        guard let place = graph.place(of: other, level: level) else { return nil }
        let width = graph.width(level)
        let column = level == 0 ? graph.base : graph.upper
        guard (place..<place + width).contains(where: { column[$0] == node.rawValue }) else { return nil }
        let key = Place(node: other, level: level)
        if let known = lists[key] { return known }
        var list = (place..<place + width).map { column[$0] }
        pool.withScratch(for: store) { scratch in
            // SAFETY: the list has `width` links and is this function's own.
            unsafe list.withUnsafeMutableBufferPointer { list in
                guard let base = list.baseAddress else { return }
                let update = unsafe ListUpdate(store: store, scratch: scratch, list: base, width: width)
                unsafe update.replace(node, by: graph.validLinks(of: node, level: level), for: other)
            }
        }
        lists[key] = list
        return list
    }
}
