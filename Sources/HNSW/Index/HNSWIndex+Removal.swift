import ParallelLoops

extension HNSWIndex {
    /// Removes the vector under a key.
    ///
    /// It is never found again. Its node keeps its links until an eighth of all nodes has been removed; then, in one
    /// sweep, every node that links to a removed one picks its neighbours anew from its own and those of the removed (as
    /// Singh et al., "FreshDiskANN", 2021, https://arxiv.org/abs/2105.09613, consolidate theirs), and where more rows
    /// are empty than alive, the index compacts itself; see ``compact(threads:)``.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - threads: The threads that a sweep uses; by default as many as there are cores.
    /// - Returns: Whether there was a vector under the key.
    /// - Complexity: O(1), but for the sweeps, which take O(*m*²) distance computations a removal in the long run, and for
    ///   compaction, which takes an insertion a removal.
    @discardableResult
    public mutating func remove(_ key: UInt64, threads: Int? = nil) -> Bool {
        let threads = threads ?? availableCores
        guard let row = store.row(of: key) else { return false }
        store.bury(row)
        pendingRemovals += 1
        if store.liveCount == 0 {
            clear()
        } else if store.count - store.liveCount > max(Self.minimumSweep, store.liveCount) {
            compact(threads: threads)
        } else if pendingRemovals > max(Self.minimumSweep, store.liveCount / Self.sweepShare) {
            sweep(threads: threads)
        }
        noteChanges(1, threads: threads)
        return true
    }

    /// Gives back the space of removed vectors, and what removals have cost in recall: the graph is built anew, and the index
    /// is that of one call of ``add(_:keys:threads:)-([Float],_,_)`` with the vectors that are left.
    ///
    /// - Parameter threads: The threads to use; by default as many as there are cores.
    /// - Complexity: That of adding all vectors, if any was removed since the last time; else O(1).
    public mutating func compact(threads: Int? = nil) {
        guard store.liveCount < store.count else { return }
        store = store.compacted()
        graph = Graph(m: graph.m, m0: graph.m0)
        pendingRemovals = 0
        insertRows(from: 0, threads: threads ?? availableCores)
    }

    /// The share of nodes, one in so many, that may wait for their removal.
    private static let sweepShare = 8

    /// The nodes that may wait for their removal in a small index, where a sweep is cheap but not free.
    private static let minimumSweep = 32

    private mutating func clear() {
        store = VectorStore(
            dimensions: store.dimensions, metric: store.metric, elements: store.elements, kernels: store.kernels
        )
        graph = Graph(m: graph.m, m0: graph.m0)
        pendingRemovals = 0
    }

    /// Takes all removed nodes out of the graph, but for those on which living twins hang.
    private mutating func sweep(threads: Int) {
        var isGone = [Bool](repeating: false, count: store.count)
        for node in 0..<store.count where !store.isLive(node) && !graph.isTwin(node) {
            var lives = false
            graph.forEachTwin(of: node) { row in
                lives = store.isLive(row)
                return !lives
            }
            isGone[node] = !lives
        }
        let isolated = builder(threads: threads).bypass(isGone, in: &graph)
        graph.chooseEntryPoint(leavingOut: isGone, avoiding: isolated)
        builder(threads: threads).link(isolated, into: &graph)
        pendingRemovals = 0
    }
}
