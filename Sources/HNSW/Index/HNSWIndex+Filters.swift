import VectorKernels

extension HNSWIndex {
    /// Leaves the `k` nearest of those that a predicate passes.
    func find(_ k: Int, ef: Int, where predicate: @escaping (UInt64) -> Bool, with scratch: SearchScratch) {
        let width = walkWidth(k: k, ef: ef)
        if width < count {
            walk(k: k, ef: width, where: predicate, with: scratch)
            if scratch.ranking.neighbors.count >= k { return }
        }
        ExactScan(store: store, scratch: scratch, predicate: predicate).findNearest(k)
    }

    /// Leaves the `k` nearest of those in a set.
    func find(_ k: Int, ef: Int, among keys: Set<UInt64>, with scratch: SearchScratch) {
        if keys.count > store.count / 16 {
            find(k, ef: ef, where: { keys.contains($0) }, with: scratch)
        } else {
            store.list(keys, in: scratch)
            ExactScan(store: store, scratch: scratch, predicate: nil, isListed: true).findNearest(k)
        }
    }

    /// Leaves what a walk finds of that which passes; there may be fewer than `k`.
    private func walk(k: Int, ef: Int, where predicate: @escaping (UInt64) -> Bool, with scratch: SearchScratch) {
        scratch.ranking.neighbors.removeAll(keepingCapacity: true)
        // SAFETY: neither store nor graph changes before the call returns.
        var walk = unsafe GraphWalk(graph: graph, store: store, scratch: scratch)
        guard isWorthWalking(ef: ef, where: predicate), unsafe walk.run(downTo: 0, ef: 1) else { return }
        let filtered = unsafe FilteredWalk(rows: store.primaryRows, graph: GraphView(graph), scratch: scratch)
        let beam = unsafe filtered.search(
            from: walk.beam[0], ef: ef, budget: store.count / Self.filteredWalkShare,
            accepts: { isFindable($0, where: predicate) }
        )
        if let beam = unsafe beam { unsafe rank(beam, k: k, where: predicate, with: scratch) }
    }

    /// The share of all rows, one in so many, after which a filtered walk gives way to a scan: a scan compares a row in
    /// an eighth of the time, for it reads them in order.
    private static var filteredWalkShare: Int { 8 }

    /// The rows that the predicate is tried on, to guess what share of all it passes.
    private static var sampleSize: Int { 32 }

    /// Whether a walk for `ef` rows that pass promises to be shorter than a scan of all.
    ///
    /// It goes on from `ef` nodes for each share that passes, and comes upon some `m` new ones at each. Measured on 50,000
    /// vectors, 10 % passing, the two are even at `ef` 64.
    private func isWorthWalking(ef: Int, where predicate: (UInt64) -> Bool) -> Bool {
        // Scattered, for what passes may follow a rhythm in the order of the rows.
        let passed = (0..<Self.sampleSize).count { sample in
            let row = Int(KeyTable.hash(UInt64(sample)) % UInt64(store.count))
            return store.isLive(row) && predicate(store.keys[row])
        }
        let share = (Double(passed) + 0.5) / Double(Self.sampleSize + 1)
        return Double(ef * parameters.m) / share < Double(store.count / Self.filteredWalkShare)
    }
}

extension VectorStore {
    /// Lists the rows of some keys in the scratch.
    func list(_ keys: Set<UInt64>, in scratch: SearchScratch) {
        scratch.ranking.rows.removeAll(keepingCapacity: true)
        for key in keys {
            if let row = row(of: key) { scratch.ranking.rows.append(UInt32(row)) }
        }
    }
}
