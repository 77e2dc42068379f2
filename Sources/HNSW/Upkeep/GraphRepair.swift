import ParallelLoops

/// Takes the nodes of removed vectors out of a graph, in steps.
///
/// 1. Each node that links to a removed node picks its neighbors again, from the neighbors that it keeps and those of
///    the removed nodes. A step does that for some nodes. Meanwhile walks still cross the removed nodes.
/// 2. When all nodes have done so, the lists of the removed nodes become empty at once.
/// 3. Nodes that are left without a link are linked like new ones, some in each step.
///
/// (Singh et al., "FreshDiskANN", 2021, https://arxiv.org/abs/2105.09613, consolidate their graph in this way.) A node
/// with live duplicates stays, because it stands for them.
struct GraphRepair: Sendable {
    /// Whether each row that was there at the start leaves the graph.
    private let isRemoved: [Bool]

    /// The number of removals that the repair settles.
    private let settled: Int

    /// The next node of step 1.
    private var next = 0

    /// Nodes without a link.
    private var isolated: [NodeID] = []
    private var isBypassed = false

    /// The number of nodes that a change lets pick their neighbors again, and of those that it lets link.
    private static let nodesPicking = 32
    private static let nodesLinking = 8

    /// Prepares the repair.
    ///
    /// - Complexity: O(*n*), a byte a row.
    init(of graph: Graph, store: VectorStore) {
        var isRemoved = [Bool](repeating: false, count: store.count)
        for row in 0..<store.count {
            let node = NodeID(row)
            if !store.isLive(node), !graph.isDuplicate(node) { isRemoved[row] = !graph.hasLiveRow(node, in: store) }
        }
        self.isRemoved = isRemoved
        settled = graph.pendingRemovals
    }

    /// Does the work of some changes. Returns the number of changes whose work it did.
    mutating func step(_ changes: Int, by builder: GraphBuilder, in graph: inout Graph) -> Int {
        if isBypassed {
            let count = min(isolated.count, changes * Self.nodesLinking)
            for node in isolated.prefix(count) { builder.relink(node, in: &graph) }
            isolated.removeFirst(count)
            return max(1, count / Self.nodesLinking)
        }
        let nodes = next..<min(graph.count, next + changes * Self.nodesPicking)
        for level in 0...max(0, graph.maxLevel) {
            isolated += builder.bypass(isRemoved, nodes: nodes, level: level, in: &graph)
        }
        next = nodes.upperBound
        if next == graph.count { leave(&graph, builder.store) }
        return max(1, nodes.count / Self.nodesPicking)
    }

    /// Whether the repair is over.
    var isOver: Bool { isBypassed && isolated.isEmpty }

    /// Step 2.
    private mutating func leave(_ graph: inout Graph, _ store: VectorStore) {
        isolated.removeAll { graph.isDuplicate($0) || !graph.links(of: $0, level: 0).isEmpty }
        graph.chooseEntryPoint(leavingOut: isRemoved, avoiding: isolated)
        for row in isRemoved.indices where isRemoved[row] {
            // A vector that was added since may be a duplicate of a removed one.
            if graph.hasLiveRow(NodeID(row), in: store) {
                isolated.append(NodeID(row))
            } else {
                graph.clearLists(of: NodeID(row))
            }
        }
        graph.pendingRemovals = max(0, graph.pendingRemovals - settled)
        graph.reachedRows = 0
        isBypassed = true
    }
}

extension GraphBuilder {
    /// Lets some nodes that link to removed nodes pick their neighbors on a level again. Returns those that then have
    /// no link on level 0.
    fileprivate func bypass(
        _ isRemoved: [Bool], nodes: Range<Int>, level: Int, in graph: inout Graph
    ) -> [NodeID] {
        let width = graph.width(level)
        // SAFETY: each worker writes the lists of its own nodes. It reads those lists and the lists of removed nodes,
        // which nobody writes.
        nonisolated(unsafe) let lists = unsafe level == 0 ? graph.base.mutableBase() : graph.upper.mutableBase()
        let frozen = graph
        @Sendable func isGone(_ node: NodeID) -> Bool { node.index < isRemoved.count && isRemoved[node.index] }
        return concurrentFlatMap(nodes.count, threads: threads, chunk: 32) { indices in
            var isolated: [NodeID] = []
            pool.withScratch(for: store) { scratch in
                for node in indices.lazy.map({ NodeID(nodes.lowerBound + $0) })
                where !isGone(node) && !frozen.isDuplicate(node) && frozen.level(of: node) >= level {
                    guard let place = frozen.place(of: node, level: level) else { continue }
                    let links = frozen.validLinks(of: node, level: level)
                    guard links.contains(where: isGone) else { continue }
                    var seen: Set<NodeID> = [node]
                    var all: [NodeID] = []
                    for link in links {
                        let around = isGone(link) ? frozen.validLinks(of: link, level: level) : [link]
                        for next in around where !isGone(next) && seen.insert(next).inserted { all.append(next) }
                    }
                    let update = unsafe ListUpdate(store: store, scratch: scratch, list: lists + place, width: width)
                    unsafe update.pick(from: all, for: node)
                    unsafe update.refill(with: links.filter { !isGone($0) } + all, upTo: links.count)
                    if level == 0, all.isEmpty { isolated.append(node) }
                }
            }
            return isolated
        }
    }
}
