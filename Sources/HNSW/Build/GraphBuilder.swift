import ParallelLoops
import VectorKernels

/// Links new nodes into a graph: Algorithm 1 (`insert`) of Malkov & Yashunin, a batch at a time.
///
/// The paper inserts one node after another. With several threads that needs locks, and the graph depends on timing.
/// This builder links a batch of nodes in two parallel steps. No thread reads what another writes in the same step:
///
/// 1. Each new node searches the graph as it was before the batch, compares itself with the nodes of the batch that
///    come before it, and picks its neighbors. It writes its own lists only, and nobody reads them yet.
/// 2. Each node that was picked takes the links back, all links of the batch at once, and picks neighbors again if its
///    list overflows. It writes its own lists only.
///
/// Then nodes that these lists left out, and that nothing else leads to, get a link again.
///
/// So the builder needs no lock, and the graph is the same for every number of threads. Other builders in batches
/// (Manohar et al., "ParlayANN", 2024, https://arxiv.org/abs/2305.04359) do not compare the nodes of a batch with each
/// other. This one does, so it finds the neighbors of a batch that is a cluster of its own.
struct GraphBuilder {
    let store: VectorStore
    let pool: ScratchPool
    let threads: Int

    /// The number of nodes in a batch. A larger batch keeps more threads busy, and each node compares itself with half
    /// of it. At 256 that costs about a twentieth of the search.
    static let batchSize = 256

    /// The number of nodes that a thread takes at once: enough to take turns, and few enough for all threads to finish
    /// together.
    private static let chunk = 16

    /// Links rows that are in the graph but have no links.
    func link(_ rows: [NodeID], into graph: inout Graph) {
        for start in stride(from: 0, to: rows.count, by: Self.batchSize) {
            linkBatch(Array(rows[start..<min(start + Self.batchSize, rows.count)]), into: &graph)
        }
    }

    /// Links rows that are in the graph but have no links, and asks after each batch whether to go on.
    ///
    /// - Throws: ``HNSWError`` with the code `cancelled`. Some rows then have no links.
    func link(_ rows: [NodeID], into graph: inout Graph, _ interruption: Interruption) throws(HNSWError) {
        for start in stride(from: 0, to: rows.count, by: Self.batchSize) {
            let end = min(start + Self.batchSize, rows.count)
            linkBatch(Array(rows[start..<end]), into: &graph)
            try interruption.check(end, of: rows.count)
        }
    }

    /// Links a node again that nothing leads to. It keeps its links on level 0, and takes others besides.
    ///
    /// Other nodes may link to it, so a walk may read its list. Linked alone, nobody does while it is written. And it
    /// stays a node, even if it has the same bits as another.
    func relink(_ node: NodeID, in graph: inout Graph) {
        let links = graph.validLinks(of: node, level: 0)
        linkBatch([node], into: &graph, attachingDuplicates: false)
        guard let place = graph.place(of: node, level: 0), !links.isEmpty else { return }
        // SAFETY: the place lies inside the column, and nobody else uses the list.
        let list = unsafe graph.base.mutableBase() + place
        pool.withScratch(for: store) { scratch in
            let update = unsafe ListUpdate(store: store, scratch: scratch, list: list, width: graph.m0)
            var leftOut: [NodeID] = []
            unsafe update.add(links, to: node, leavingOut: &leftOut)
        }
    }

    private func linkBatch(_ batch: [NodeID], into graph: inout Graph, attachingDuplicates: Bool = true) {
        graph.changedNodes?.append(contentsOf: batch)
        let same = findNeighbors(of: batch, in: &graph, lookingForDuplicates: attachingDuplicates)
        let nodes = attachingDuplicates ? attachDuplicates(batch, to: same, in: &graph) : batch
        linkBack(nodes, in: &graph)
        for node in nodes where graph.level(of: node) > graph.maxLevel { graph.entryPoint = node }
    }

    // MARK: - Step 1

    /// Writes the lists of the new nodes. Returns for each node a row with the same bits, if the search found one.
    private func findNeighbors(
        of batch: [NodeID], in graph: inout Graph, lookingForDuplicates: Bool
    ) -> [NodeID?] {
        // SAFETY: each worker writes the lists of its own nodes and its own elements of `same`. It reads only the part
        // of the graph that was there before the batch.
        nonisolated(unsafe) let base = unsafe graph.base.mutableBase()
        nonisolated(unsafe) let upper = unsafe graph.upper.mutableBase()
        let frozen = graph
        var same = [NodeID?](repeating: nil, count: batch.count)
        unsafe same.withUnsafeMutableBufferPointer { same in
            nonisolated(unsafe) let same = unsafe same
            concurrentChunks(of: batch.count, threads: threads, chunk: Self.chunk) { _, indices in
                pool.withScratches(turnSlots, for: store) { scratches in
                    unsafe takeTurns(over: indices, slots: turnSlots) { index, slot in
                        var insertion = unsafe Insertion(
                            graph: frozen, store: store, scratch: scratches[slot], batch: batch, index: index,
                            base: base, upper: upper, mayBeDuplicate: lookingForDuplicates
                        )
                        let isUnderWay = unsafe insertion.begin()
                        return unsafe (insertion: insertion, index: index, isUnderWay: isUnderWay)
                    } step: { task, isAlone in
                        if unsafe task.isUnderWay, unsafe task.insertion.step(lookingAhead: isAlone) { return true }
                        unsafe same[task.index] = task.insertion.same
                        return false
                    }
                }
            }
        }
        return same
    }

    /// Attaches rows to the nodes with the same bits, and replaces these rows by their nodes in the lists of the batch.
    /// Returns the nodes of the batch.
    private func attachDuplicates(_ batch: [NodeID], to same: [NodeID?], in graph: inout Graph) -> [NodeID] {
        guard same.contains(where: { $0 != nil }) else { return batch }
        var nodes: [NodeID] = []
        var nodeOf: [NodeID: NodeID] = [:]
        for (row, same) in zip(batch, same) {
            let node = same.map { nodeOf[$0] ?? $0 }
            // A node that is linked again may have duplicates itself, and stays a node then.
            guard let node, node != row, !graph.isDuplicate(node), graph.nextDuplicate(of: row) == nil else {
                nodes.append(row)
                continue
            }
            nodeOf[row] = node
            graph.clearLists(of: row)
            graph.attach(row, to: node)
        }
        for node in nodes { graph.replaceLinks(of: node) { nodeOf[$0] ?? $0 } }
        return nodes
    }

    // MARK: - Step 2

    /// Adds the links back to the new nodes.
    private func linkBack(_ nodes: [NodeID], in graph: inout Graph) {
        let top = nodes.reduce(0) { max($0, graph.level(of: $1)) }
        for level in 0...top {
            // A link in one integer that sorts by target, then by node.
            var links: [UInt64] = []
            for node in nodes where graph.level(of: node) >= level {
                for target in graph.links(of: node, level: level) {
                    links.append(UInt64(target.rawValue) << 32 | UInt64(node.rawValue))
                }
            }
            links.sort()
            var starts = links.indices.filter { $0 == 0 || links[$0] >> 32 != links[$0 - 1] >> 32 }
            graph.changedNodes?.append(contentsOf: starts.map { NodeID(rawValue: UInt32(links[$0] >> 32)) })
            starts.append(links.count)
            let leftOut = link(links, starts: starts, level: level, in: &graph)
            if level == 0 { adopt(leftOut, in: &graph) }
        }
    }

    /// Lets each target take its links, `links[starts[i]..<starts[i + 1]]`. Returns the nodes that lists left out, in
    /// ascending order.
    private func link(_ links: [UInt64], starts: [Int], level: Int, in graph: inout Graph) -> [NodeID] {
        let width = graph.width(level)
        // SAFETY: each worker reads and writes the lists of its own targets. Their places lie inside the column.
        nonisolated(unsafe) let lists = unsafe level == 0 ? graph.base.mutableBase() : graph.upper.mutableBase()
        let frozen = graph
        let chunk = max(1, starts.count / (threads * 8))
        let leftOut = concurrentFlatMap(starts.count - 1, threads: threads, chunk: chunk) { indices in
            pool.withScratch(for: store) { scratch in
                var added: [NodeID] = []
                var leftOut: [NodeID] = []
                for i in indices {
                    let target = NodeID(rawValue: UInt32(links[starts[i]] >> 32))
                    guard let place = frozen.place(of: target, level: level) else { continue }
                    added.removeAll(keepingCapacity: true)
                    for link in links[starts[i]..<starts[i + 1]] {
                        added.append(NodeID(rawValue: UInt32(truncatingIfNeeded: link)))
                    }
                    let update = unsafe ListUpdate(store: store, scratch: scratch, list: lists + place, width: width)
                    unsafe update.add(added, to: target, leavingOut: &leftOut)
                }
                // A removed node is on its way out of the graph.
                return leftOut.filter { frozen.hasLiveRow($0, in: store) }
            }
        }
        return Set(leftOut).sorted()
    }
}
