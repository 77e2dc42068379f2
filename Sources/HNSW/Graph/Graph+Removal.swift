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

    /// The graph without the rows that are not alive; the others keep their order.
    ///
    /// No list may lead to a node that is not alive, unless living twins hang on it; the first of these becomes the node.
    func compacted(isLive: (Int) -> Bool) -> Graph {
        // 1. Where each row goes, and for each node which row takes its place.
        var newRow = [UInt32](repeating: Self.none, count: count)
        var rows: [Int] = []
        for row in 0..<count where isLive(row) {
            newRow[row] = UInt32(rows.count)
            rows.append(row)
        }
        var heir = [Int](repeating: -1, count: count)
        for node in 0..<count where !isTwin(node) {
            heir[node] = isLive(node) ? node : -1
            forEachTwin(of: node) { row in
                if isLive(row), heir[node] < 0 || !isLive(node) && row < heir[node] { heir[node] = row }
                return true
            }
        }
        // 2. Levels.
        var newLevels = [Int](repeating: 0, count: rows.count)
        for node in 0..<count where heir[node] >= 0 { newLevels[Int(newRow[heir[node]])] = Int(levels[node]) }
        var new = Graph(m: m, m0: m0)
        new.append(levels: newLevels)
        // 3. Links and twins.
        for node in 0..<count where heir[node] >= 0 {
            let target = Int(newRow[heir[node]])
            for level in 0...Int(levels[node]) {
                let links = validLinks(of: node, level: level).compactMap { link -> UInt32? in
                    heir[Int(link)] >= 0 ? newRow[heir[Int(link)]] : nil
                }
                new.setLinks(of: target, level: level, to: links)
            }
            var twins: [Int] = []
            forEachTwin(of: node) { row in
                if isLive(row), row != heir[node] { twins.append(Int(newRow[row])) }
                return true
            }
            for twin in twins.sorted(by: >) where !new.isTwin(twin) && !new.isTwin(target) && twin != target {
                new.hang(twin, on: target)
            }
        }
        if Int(entryPoint) < count, heir[Int(entryPoint)] >= 0 { new.entryPoint = newRow[heir[Int(entryPoint)]] }
        return new
    }
}
