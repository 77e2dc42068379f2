import ParallelLoops

extension GraphBuilder {
    /// Takes the nodes that are gone out of the graph: each node that links to one of them picks neighbours anew, from
    /// those it keeps and those that the nodes taken out had. Returns the nodes that are left without a link on level 0,
    /// and must be linked like new ones.
    func bypass(_ isGone: [Bool], in graph: inout Graph) -> [UInt32] {
        let top = graph.maxLevel
        guard top >= 0 else { return [] }
        for level in 0...top { bypass(isGone, level: level, in: &graph) }
        var isolated: [UInt32] = []
        for node in 0..<graph.count {
            if isGone[node] {
                graph.clearLists(of: node)
            } else if !graph.isTwin(node), graph.links(of: node, level: 0).isEmpty {
                isolated.append(UInt32(node))
            }
        }
        return isolated
    }

    private func bypass(_ isGone: [Bool], level: Int, in graph: inout Graph) {
        let width = graph.width(level)
        // SAFETY: each worker writes the lists of its own nodes, and reads those and the lists of nodes that are gone,
        // which nobody writes.
        nonisolated(unsafe) let lists = unsafe level == 0 ? graph.base.mutableBase() : graph.upper.mutableBase()
        let frozen = graph
        concurrentChunks(of: graph.count, threads: threads, chunk: 256) { _, nodes in
            pool.withScratch(for: store) { scratch in
                for node in nodes where !isGone[node] && !frozen.isTwin(node) && Int(frozen.levels[node]) >= level {
                    guard let place = frozen.place(of: node, level: level) else { continue }
                    let links = frozen.validLinks(of: node, level: level)
                    guard links.contains(where: { isGone[Int($0)] }) else { continue }
                    var seen: Set<UInt32> = [UInt32(node)]
                    var all: [UInt32] = []
                    for link in links {
                        let around = isGone[Int(link)] ? frozen.validLinks(of: Int(link), level: level) : [link]
                        for next in around where !isGone[Int(next)] && seen.insert(next).inserted { all.append(next) }
                    }
                    let update = unsafe ListUpdate(store: store, scratch: scratch, list: lists + place, width: width)
                    unsafe update.pick(from: all, for: node)
                    unsafe update.refill(with: links.filter { !isGone[Int($0)] } + all, upTo: links.count)
                }
            }
        }
    }
}
