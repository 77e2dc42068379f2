extension VectorIndex {
    /// Checks everything that must hold for an index between two calls.
    ///
    /// - Returns: The first violation, or `nil`.
    /// - Complexity: O(*n* · *m*).
    package func checkInvariants() -> String? {
        if let violation = store.violation() { return violation }
        guard let graph else { return nil }
        if let certificate {
            let saved = CertificateSection(certificate: certificate, changes: changesSinceCertificate).encoded
            guard CertificateSection(decoding: saved, saysWhatIsCompared: true) != nil else {
                return "the certificate cannot be read when it is saved: \(saved)"
            }
        }
        return violation(of: graph) ?? duplicateViolation(in: graph) ?? entryViolation(of: graph)
    }

    /// The number of rows that searches and builds have compared since the index was created or opened, copies
    /// included. It measures both independently of the machine.
    package var comparisonCount: Int { pool.comparisonCount }

    /// The number of rows, with those of removed vectors.
    package var storedRowCount: Int { store.count }

    /// Whether the graph was built by codes that cannot tell neighbors apart, and is to be built again.
    package var isGraphOutdated: Bool { graph?.isOutdated == true }

    /// Whether a compaction in steps goes on.
    package var isCompacting: Bool {
        if case .compaction = upkeep.last { true } else { false }
    }

    /// The share of vectors that a walk can reach from the entry point; 1 without a graph.
    package var reachableShare: Double {
        guard let graph, count > 0, graph.entryPoint.index < graph.count else { return 1 }
        var seen = [Bool](repeating: false, count: graph.count)
        var open = [graph.entryPoint]
        seen[graph.entryPoint.index] = true
        var reached = 0
        while let node = open.popLast() {
            graph.forEachRow(of: node) { row in
                reached += store.isLive(row) ? 1 : 0
                return true
            }
            for level in 0...graph.level(of: node) {
                for link in graph.validLinks(of: node, level: level) where !seen[link.index] {
                    seen[link.index] = true
                    open.append(link)
                }
            }
        }
        return Double(reached) / Double(count)
    }

    private func violation(of graph: Graph) -> String? {
        guard graph.count == store.count else { return "\(graph.count) rows in the graph, \(store.count) in the store" }
        guard graph.base.count == graph.count * graph.m0, graph.upperStarts.count == graph.count else {
            return "a column of the graph has the wrong length"
        }
        var nextBlock = 0
        for node in (0..<graph.count).map(NodeID.init(_:)) {
            let level = graph.level(of: node)
            let start = graph.upperStarts[node.index]
            if start != NodeID.none.rawValue {
                guard Int(start) >= nextBlock else { return "node \(node) shares its upper lists" }
                nextBlock = Int(start) + max(level, 1)
            } else if level > 0 {
                return "node \(node) of level \(level) has no upper lists"
            }
            for level in 0...level {
                if let violation = listViolation(of: node, level: level, in: graph) { return violation }
            }
        }
        return nextBlock * graph.m <= graph.upper.count ? nil : "upper lists end beyond their column"
    }

    private func listViolation(of node: NodeID, level: Int, in graph: Graph) -> String? {
        let name = "the list of node \(node) on level \(level)"
        guard let place = graph.place(of: node, level: level) else { return "\(name) has no place" }
        let column = level == 0 ? graph.base : graph.upper
        let list = (place..<place + graph.width(level)).map { NodeID(rawValue: column[$0]) }
        let links = list.prefix { $0 != .none }
        guard list.dropFirst(links.count).allSatisfy({ $0 == .none }) else { return "\(name) continues behind its end" }
        guard Set(links).count == links.count else { return "\(name) repeats a link" }
        for link in links {
            guard link.index < graph.count else { return "\(name) leads to \(link), which is no row" }
            guard link != node else { return "\(name) leads to itself" }
            guard !graph.isDuplicate(link) else { return "\(name) leads to the duplicate \(link)" }
            guard graph.level(of: link) >= level else { return "\(name) leads to \(link), which is not on the level" }
        }
        guard links.isEmpty || !graph.isDuplicate(node) else { return "\(name), a duplicate, is not empty" }
        return nil
    }

    private func duplicateViolation(in graph: Graph) -> String? {
        guard graph.duplicates.count > 0 else { return nil }
        guard graph.duplicates.count == graph.count else { return "the chains of duplicates have the wrong length" }
        var isReached = [Bool](repeating: false, count: graph.count)
        for node in (0..<graph.count).map(NodeID.init(_:)) where !graph.isDuplicate(node) {
            var violation: String?
            graph.forEachRow(of: node) { row in
                if isReached[row.index] { violation = "row \(row) is in two chains of duplicates" }
                if row != node, !graph.isDuplicate(row) { violation = "node \(row) is in a chain of duplicates" }
                if !store.isSame(row, node) { violation = "row \(row) differs from its node \(node)" }
                isReached[row.index] = true
                return violation == nil
            }
            if let violation { return violation }
        }
        return isReached.firstIndex(of: false).map { "the duplicate \($0) is in no chain" }
    }

    private func entryViolation(of graph: Graph) -> String? {
        guard count > 0 else { return nil }
        guard graph.entryPoint.index < graph.count else { return "there is no entry point" }
        guard !graph.isDuplicate(graph.entryPoint) else { return "the entry point is a duplicate" }
        let highest = (0..<graph.count).map(NodeID.init(_:)).filter { !graph.isDuplicate($0) && store.isLive($0) }
            .map { graph.level(of: $0) }.max()
        return graph.maxLevel >= highest ?? 0 ? nil : "the entry point is on level \(graph.maxLevel), not the highest"
    }
}
