extension Graph {
    /// The links of a node that are rows, for a graph that may come from a damaged file.
    func validLinks(of node: Int, level: Int) -> [UInt32] {
        links(of: node, level: level).filter { Int($0) < count }
    }

    /// Makes the first node of the highest level the entry point, of those that are neither gone nor without links.
    mutating func chooseEntryPoint(leavingOut isGone: [Bool], avoiding isolated: [UInt32]) {
        let isIsolated = Set(isolated)
        var best: (node: Int, level: UInt8)?
        for node in 0..<count where !isGone[node] && !isTwin(node) && !isIsolated.contains(UInt32(node)) {
            if best.map({ levels[node] > $0.level }) ?? true { best = (node, levels[node]) }
        }
        entryPoint = best.map { UInt32($0.node) } ?? Self.none
    }
}
