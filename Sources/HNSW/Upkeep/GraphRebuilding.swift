/// Builds the graph of an index again, in steps, while the old graph serves.
///
/// A graph that was built by codes has wrong links where codes cannot tell neighbors apart. It is built again when that
/// turns out, or when vectors came that fit the center of the codes badly.
struct GraphRebuilding: Sendable {
    private var graph: Graph

    /// The rows of the start in the order in which they are linked. Later rows follow in their own order.
    private let order: [NodeID]
    private var linked = 0

    /// The number of nodes that a change links.
    private static let nodes = 8

    init(of graph: Graph, store: VectorStore) {
        self.graph = Graph(parameters: graph.parameters)
        // It serves until it is measured again.
        self.graph.efFactor = graph.efFactor
        self.graph.usualNearest = graph.usualNearest
        order = store.linkingOrder(from: 0, seed: graph.parameters.seed)
        appendRows(of: store)
    }

    /// Takes rows in that were added to the store.
    mutating func appendRows(of store: VectorStore) {
        let levels = NodeLevels(graph.parameters)
        graph.append(levels: (graph.count..<store.count).map { levels.level(of: store.keys[$0]) })
    }

    /// Whether all rows are linked.
    var isOver: Bool { linked == graph.count }

    /// Does the work of some changes. Returns the number of changes whose work it did.
    mutating func step(_ changes: Int, by builder: GraphBuilder) -> Int {
        let end = min(graph.count, linked + changes * Self.nodes)
        let rows = (linked..<end).map { $0 < order.count ? order[$0] : NodeID($0) }
        builder.link(rows.filter(builder.store.isLive), into: &graph)
        defer { linked = end }
        return max(1, (end - linked) / Self.nodes)
    }

    /// The new graph.
    func finished(_ store: VectorStore) -> Graph {
        var graph = graph
        graph.pendingRemovals = (0..<store.count).count { row in
            let node = NodeID(row)
            return !store.isLive(node) && (graph.isDuplicate(node) || !graph.hasNoLinks(node))
        }
        return graph
    }
}
