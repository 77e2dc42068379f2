extension HNSWIndex {
    /// Checks everything that must be true of an index between two calls.
    ///
    /// - Returns: What is wrong, the first that was found, or `nil`.
    /// - Complexity: O(*n* · *m*).
    package func checkInvariants() -> String? {
        store.violation() ?? graphViolation() ?? twinViolation() ?? entryViolation()
    }

    /// The rows that searching and building have compared since the index was created or opened, copies included: the
    /// measure of both that does not depend on the machine.
    package var comparisonCount: Int { pool.comparisonCount }

    /// The share of vectors that a walk can reach from the entry point.
    package var reachableShare: Double {
        guard count > 0, Int(graph.entryPoint) < graph.count else { return 1 }
        var seen = [Bool](repeating: false, count: graph.count)
        var open = [Int(graph.entryPoint)]
        seen[open[0]] = true
        var reached = 0
        while let node = open.popLast() {
            graph.forEachTwin(of: node) { row in
                reached += store.isLive(row) ? 1 : 0
                return true
            }
            for level in 0...Int(graph.levels[node]) {
                for link in graph.validLinks(of: node, level: level) where !seen[Int(link)] {
                    seen[Int(link)] = true
                    open.append(Int(link))
                }
            }
        }
        return Double(reached) / Double(count)
    }

    private func graphViolation() -> String? {
        guard graph.count == store.count else { return "\(graph.count) rows in the graph, \(store.count) in the store" }
        guard graph.base.count == graph.count * graph.m0, graph.upperStarts.count == graph.count else {
            return "a column of the graph has the wrong length"
        }
        var nextBlock = 0
        for node in 0..<graph.count {
            let level = Int(graph.levels[node])
            if graph.upperStarts[node] != Graph.none {
                guard Int(graph.upperStarts[node]) >= nextBlock else { return "node \(node) shares its upper lists" }
                nextBlock = Int(graph.upperStarts[node]) + max(level, 1)
            } else if level > 0 {
                return "node \(node) of level \(level) has no upper lists"
            }
            for level in 0...level {
                if let violation = listViolation(of: node, level: level) { return violation }
            }
        }
        return nextBlock * graph.m <= graph.upper.count ? nil : "upper lists end beyond their column"
    }

    private func listViolation(of node: Int, level: Int) -> String? {
        let name = "the list of node \(node) on level \(level)"
        guard let place = graph.place(of: node, level: level) else { return "\(name) has no place" }
        let column = level == 0 ? graph.base : graph.upper
        let list = (place..<place + graph.width(level)).map { column[$0] }
        let links = list.prefix { $0 != Graph.none }
        guard list.dropFirst(links.count).allSatisfy({ $0 == Graph.none }) else {
            return "\(name) goes on behind its end"
        }
        guard Set(links).count == links.count else { return "\(name) repeats a link" }
        for link in links.map(Int.init) {
            guard link < graph.count else { return "\(name) leads to \(link), which is no row" }
            guard link != node else { return "\(name) leads to itself" }
            guard !graph.isTwin(link) else { return "\(name) leads to the twin \(link)" }
            guard Int(graph.levels[link]) >= level else { return "\(name) leads to \(link), which is not on the level" }
        }
        guard links.isEmpty || !graph.isTwin(node) else { return "\(name), a twin, is not empty" }
        return nil
    }

    private func twinViolation() -> String? {
        guard graph.twins.count > 0 else { return nil }
        guard graph.twins.count == graph.count else { return "the chains of twins have the wrong length" }
        var isReached = [Bool](repeating: false, count: graph.count)
        for node in 0..<graph.count where !graph.isTwin(node) {
            var violation: String?
            graph.forEachTwin(of: node) { row in
                if isReached[row] { violation = "row \(row) is in two chains of twins" }
                if row != node, !graph.isTwin(row) { violation = "node \(row) is in a chain of twins" }
                if !store.isSame(row, node) { violation = "row \(row) differs from its twin \(node)" }
                isReached[row] = true
                return violation == nil
            }
            if let violation { return violation }
        }
        return isReached.firstIndex(of: false).map { "the twin \($0) is in no chain" }
    }

    private func entryViolation() -> String? {
        guard count > 0 else { return nil }
        guard Int(graph.entryPoint) < graph.count else { return "there is no entry point" }
        guard !graph.isTwin(Int(graph.entryPoint)) else { return "the entry point is a twin" }
        let highest = (0..<graph.count).filter { graph.isTwin($0) == false && store.isLive($0) }
            .map { Int(graph.levels[$0]) }.max()
        return graph.maxLevel >= highest ?? 0 ? nil : "the entry point is on level \(graph.maxLevel), not the highest"
    }
}

extension FlatIndex {
    /// Checks everything that must be true of an index between two calls.
    ///
    /// - Returns: What is wrong, the first that was found, or `nil`.
    package func checkInvariants() -> String? { store.violation() }
}
