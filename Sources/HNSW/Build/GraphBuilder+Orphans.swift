import ParallelLoops

/// Keeps a link to every node.
///
/// A list that overflows leaves out the nodes that are nearer to another of its nodes, and relies on that other to lead
/// to them. Among near-duplicates it often does not: a vector with hundreds of them is the only neighbor of each, and
/// its list holds few. Of a million sentences, three in a thousand had no link that led to them, and no search found
/// them (`Benchmarks/Results/2026-11-29-hnsw-scale.md`). So a node that a list leaves out, and that none of its own
/// neighbors links to, takes a place in a list nearby.
extension GraphBuilder {
    /// Gives each of the nodes that some lists left out a link from one of its neighbors, unless it has one.
    ///
    /// - Complexity: A few lists for each node.
    func adopt(_ leftOut: [NodeID], in graph: inout Graph) {
        for orphan in orphans(among: leftOut, in: graph) where !graph.isHeld(orphan) { graph.adopt(orphan) }
    }

    /// The nodes that none of their neighbors links to. No copy of the graph outlives the call, because changing the
    /// graph would then copy its links.
    @inline(never)
    private func orphans(among leftOut: [NodeID], in graph: Graph) -> [NodeID] {
        concurrentFlatMap(leftOut.count, threads: threads, chunk: 64) { indices in
            leftOut[indices].filter { !graph.isHeld($0) && isNearestToItself($0, in: graph) }
        }
    }

    /// Whether none of a node's neighbors is nearer to its vector than the vector itself.
    ///
    /// Under the inner product a longer vector often is. Hardly any query has the short one among its nearest then, and
    /// its link would displace one that many searches need: of 20,000 vectors with lengths of lognormal distribution,
    /// recall at `ef` 40 fell from 1 to .1.
    private func isNearestToItself(_ node: NodeID, in graph: Graph) -> Bool {
        guard store.metric == .innerProduct else { return true }
        let vector = store.vector(node)
        func product(_ other: [Float]) -> Float { zip(vector, other).reduce(0) { $0 + $1.0 * $1.1 } }
        // Vectors of one length differ by rounding.
        let own = product(vector) * 1.000_1
        return graph.neighbors(of: node).allSatisfy { product(store.vector($0)) <= own }
    }
}

extension Graph {
    /// Whether one of a node's neighbors on level 0 links to it, other than `exception`.
    fileprivate func isHeld(_ node: NodeID, except exception: NodeID = .none) -> Bool {
        neighbors(of: node).contains { $0 != exception && place(of: node, inListOf: $0) != nil }
    }

    /// Links to a node from one near it, if there is a place for the link.
    fileprivate mutating func adopt(_ orphan: NodeID) {
        // The search ends before the link is set: what it reads would make the write copy all links.
        guard let place = placeForLink(to: orphan) else { return }
        let host = NodeID(place / m0)
        changedNodes?.append(host)
        base.set(place, to: orphan.rawValue)
    }

    /// A place in `base` for a link to a node: in the list of its nearest neighbor that has a free place, or else of
    /// the nearest that can spare the link to another node. `nil` if a node nearby turns out to link to it.
    ///
    /// A vector with hundreds of near-duplicates can spare none: it is the only neighbor of each. Then a neighbor of a
    /// neighbor, or the next that they lead to, links to the node. The node does not link back: two nodes that hold
    /// each other could lose all other links.
    private func placeForLink(to orphan: NodeID) -> Int? {
        let hosts = Array(neighbors(of: orphan))
        for host in hosts {
            if let place = place(of: .none, inListOf: host) { return place }
        }
        for host in hosts {
            guard let start = place(of: host, level: 0) else { continue }
            for place in (start..<start + m0).reversed() where isHeld(NodeID(rawValue: base[place]), except: host) {
                return place
            }
        }
        var seen = hosts
        var next = 0
        while next < seen.count, seen.count < Self.mostVisited {
            for sibling in neighbors(of: seen[next]) where sibling != orphan && !seen.contains(sibling) {
                if place(of: orphan, inListOf: sibling) != nil { return nil }
                if let place = place(of: .none, inListOf: sibling) { return place }
                seen.append(sibling)
            }
            next += 1
        }
        return nil
    }

    /// The number of nodes up to which a free place is looked for. Around a vector with near-duplicates it is among the
    /// first.
    private static var mostVisited: Int { 256 }

    /// The links of a node on level 0 that are rows.
    fileprivate func neighbors(of node: NodeID) -> some Sequence<NodeID> {
        let start = place(of: node, level: 0) ?? 0
        return (start..<(node.index < count ? start + m0 : start)).lazy.map { NodeID(rawValue: base[$0]) }
            .prefix { $0.index < count }
    }

    /// The place in `base` of the first link to `link` in the list of a node.
    private func place(of link: NodeID, inListOf node: NodeID) -> Int? {
        guard let start = place(of: node, level: 0) else { return nil }
        return base.withSpan(of: start..<start + m0) { list in
            for i in 0..<list.count where list[i] == link.rawValue { return start + i }
            return nil
        }
    }
}
