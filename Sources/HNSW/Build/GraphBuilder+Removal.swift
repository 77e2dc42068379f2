import ParallelLoops

extension GraphBuilder {
    /// Takes removed nodes out of the graph. Returns the nodes that then have no link on level 0; the caller must link
    /// them like new nodes.
    ///
    /// Each node that links to a removed node picks its neighbors again, from the neighbors that it keeps and those
    /// of the removed nodes.
    func bypass(_ isRemoved: [Bool], in graph: inout Graph) -> [NodeID] {
        let top = graph.maxLevel
        guard top >= 0 else { return [] }
        for level in 0...top { bypass(isRemoved, level: level, in: &graph) }
        var isolated: [NodeID] = []
        for node in (0..<graph.count).map(NodeID.init(_:)) {
            if isRemoved[node.index] {
                graph.clearLists(of: node)
            } else if !graph.isDuplicate(node), graph.links(of: node, level: 0).isEmpty {
                isolated.append(node)
            }
        }
        return isolated
    }

    private func bypass(_ isRemoved: [Bool], level: Int, in graph: inout Graph) {
        let width = graph.width(level)
        // SAFETY: each worker writes the lists of its own nodes. It reads those lists and the lists of removed nodes,
        // which nobody writes.
        nonisolated(unsafe) let lists = unsafe level == 0 ? graph.base.mutableBase() : graph.upper.mutableBase()
        let frozen = graph
        concurrentChunks(of: graph.count, threads: threads, chunk: 256) { _, indices in
            pool.withScratch(for: store) { scratch in
                for node in indices.lazy.map(NodeID.init(_:))
                where !isRemoved[node.index] && !frozen.isDuplicate(node) && frozen.level(of: node) >= level {
                    guard let place = frozen.place(of: node, level: level) else { continue }
                    let links = frozen.validLinks(of: node, level: level)
                    guard links.contains(where: { isRemoved[$0.index] }) else { continue }
                    var seen: Set<NodeID> = [node]
                    var all: [NodeID] = []
                    for link in links {
                        let around = isRemoved[link.index] ? frozen.validLinks(of: link, level: level) : [link]
                        for next in around where !isRemoved[next.index] && seen.insert(next).inserted {
                            all.append(next)
                        }
                    }
                    let update = unsafe ListUpdate(store: store, scratch: scratch, list: lists + place, width: width)
                    unsafe update.pick(from: all, for: node)
                    unsafe update.refill(with: links.filter { !isRemoved[$0.index] } + all, upTo: links.count)
                }
            }
        }
    }
}
