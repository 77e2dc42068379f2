/// Finds nodes that no walk can reach, and links them again, in steps.
///
/// It follows the links from the entry point, from some nodes in each step. A node that they do not lead to is linked
/// like a new one, and keeps its own links besides. So all nodes that it leads to are reached through it.
///
/// Nodes get lost where vectors come sorted by cluster: links from older clusters to the first nodes of a new one give
/// way to nearer nodes, and the new cluster holds together by itself. They get lost as well where most of a cluster is
/// removed.
struct ReachRepair: Sendable {
    /// Whether each row that was there at the start is reached.
    private var isReached: [Bool]

    /// The nodes whose links are to be followed next.
    private var reached: [NodeID] = []

    /// All rows before this one are reached.
    private var firstUnreached = 0

    /// The number of nodes whose links a change follows. Linking a node counts as many.
    private static let nodesFollowed = 256

    /// - Complexity: O(*n*), a byte a row.
    init(of graph: Graph) {
        isReached = [Bool](repeating: false, count: graph.count)
        reach(graph.entryPoint)
    }

    /// Whether all nodes are reached.
    var isOver: Bool { firstUnreached == isReached.count }

    /// The number of rows at the start.
    var rowCount: Int { isReached.count }

    /// Does the work of some changes. Returns the number of changes whose work it did.
    mutating func step(_ changes: Int, by builder: GraphBuilder, in graph: inout Graph) -> Int {
        let work = changes * Self.nodesFollowed
        var done = 0
        while done < work, !isOver {
            if let node = reached.popLast() {
                for level in 0...graph.level(of: node) {
                    for link in graph.validLinks(of: node, level: level) { reach(link) }
                }
                done += 1
            } else {
                let row = NodeID(firstUnreached)
                firstUnreached += 1
                done += 1
                if isReached[row.index] || graph.isDuplicate(row) || !graph.hasLiveRow(row, in: builder.store) {
                    continue
                }
                builder.relink(row, in: &graph)
                reach(row)
                done += Self.nodesFollowed
            }
        }
        return max(1, done / Self.nodesFollowed)
    }

    private mutating func reach(_ node: NodeID) {
        guard node.index < isReached.count, !isReached[node.index] else { return }
        isReached[node.index] = true
        reached.append(node)
    }
}
