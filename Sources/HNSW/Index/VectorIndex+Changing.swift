import ParallelLoops

// MARK: - Adding and replacing

extension VectorIndex {
    /// Adds many vectors.
    ///
    /// The graph depends on the vectors, their keys and order, the parameters, the kernels, and on how calls divide the
    /// vectors. It does not depend on the number of threads.
    ///
    /// If the index has a ``certificate`` and many vectors have changed since, this call measures the recall again,
    /// which takes as long as ``certify(queries:threads:)``.
    ///
    /// - Parameters:
    ///   - rows: The vectors, one after another.
    ///   - keys: The key of each vector. The index must not have them yet.
    ///   - threads: The number of threads; by default the number of cores.
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch`, `notFinite`, `outOfRange`, `duplicateKey`,
    ///   `tooManyVectors` or `invalidArgument`. The index is then unchanged.
    /// - Complexity: Without a graph, O(*components*). With one, about O(``HNSWParameters/efConstruction`` ·
    ///   ``HNSWParameters/m`` · log *n*) distance computations for each vector.
    public mutating func add(_ rows: Span<Float>, keys: Span<UInt64>, threads: Int? = nil) throws(HNSWError) {
        let threads = try Self.validated(threads: threads)
        try store.validate(rows, keys: keys)
        append(rows, keys: keys, threads: threads)
    }

    /// Replaces the vector under a key. It costs as much as ``remove(_:threads:)`` and an addition, and like these may
    /// rebuild the graph or measure the recall again.
    ///
    /// - Parameters:
    ///   - vector: As many finite components as the index has dimensions.
    ///   - key: A key of the index.
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch`, `notFinite`, `outOfRange`, `unknownKey` or
    ///   `tooManyVectors`. The index is then unchanged.
    public mutating func update(_ vector: Span<Float>, key: UInt64) throws(HNSWError) {
        try store.validate(vector, keys: [key].span, replacing: true)
        _ = removeVector(key, threads: availableCores)
        append(vector, keys: [key].span, threads: 1)
    }

    private mutating func append(_ rows: Span<Float>, keys: Span<UInt64>, threads: Int) {
        let first = store.count
        if store.append(rows, keys: keys, pool: pool, threads: threads) {
            // Codes that cannot tell neighbors apart have built the graph.
            rebuild(threads: threads)
        } else {
            insertRows(from: first, threads: threads)
        }
        measureEfFactor(threads: threads)
        noteChanges(keys.count, threads: threads)
    }

    /// Links the rows from `first` to the last into the graph, if there is one.
    private mutating func insertRows(from first: Int, threads: Int) {
        guard var graph = graph.take() else { return }
        let levels = NodeLevels(graph.parameters)
        graph.append(levels: (first..<store.count).map { levels.level(of: store.keys[$0]) })
        builder(threads: threads).link(linkingOrder(from: first, seed: graph.parameters.seed), into: &graph)
        self.graph = graph
    }

    /// The rows from `first` to the last in the order in which they are linked: first every second in the order of a
    /// hash, then the others in their own.
    ///
    /// Vectors often come sorted by cluster, and a graph that grows by one cluster after another links them badly. The
    /// first half spans all clusters. The others stay in their order, because neighbors that are linked one after the
    /// other find each other's rows in the cache (`Benchmarks/Results/2026-11-28-any-vectors.md`).
    private func linkingOrder(from first: Int, seed: UInt64) -> [NodeID] {
        let seed = KeyTable.hash(seed)
        var scattered: [(hash: UInt64, row: NodeID)] = []
        var others: [NodeID] = []
        others.reserveCapacity(store.count - first)
        for row in first..<store.count {
            let hash = KeyTable.hash(UInt64(row) ^ seed)
            if hash & 1 == 0 { scattered.append((hash, NodeID(row))) } else { others.append(NodeID(row)) }
        }
        // The hash is a bijection, so no two rows have the same.
        return scattered.sorted { $0.hash < $1.hash }.map(\.row) + others
    }

    private func builder(threads: Int) -> GraphBuilder { GraphBuilder(store: store, pool: pool, threads: threads) }

    /// The number of threads to use: `threads`, by default the number of cores.
    static func validated(threads: Int?) throws(HNSWError) -> Int {
        let threads = threads ?? availableCores
        guard threads > 0 else {
            throw HNSWError(.invalidArgument, "Cannot work on \(threads) threads: there must be at least 1.")
        }
        return threads
    }
}

// MARK: - Removing

extension VectorIndex {
    /// Removes the vector under a key, on all cores where that takes long. See ``remove(_:threads:)``.
    ///
    /// - Returns: Whether the index had a vector under the key.
    @discardableResult
    public mutating func remove(_ key: UInt64) -> Bool {
        removeVector(key, threads: availableCores)
    }

    /// Removes the vector under a key. No search finds it again.
    ///
    /// Most calls take constant time, but some do the work of many:
    ///
    /// - With a graph, a removed node keeps its links until an eighth of the nodes has been removed. Then one sweep
    ///   takes them out, and every node that linked to one picks its neighbors again from its own and those of the
    ///   removed node. (Singh et al., "FreshDiskANN", 2021, https://arxiv.org/abs/2105.09613, consolidate their graph
    ///   in this way.)
    /// - When the index has more removed rows than vectors, it compacts itself, and with that rebuilds its graph; see
    ///   ``compact(threads:)``.
    /// - When many vectors have changed since the ``certificate`` was measured, the index measures it again; see
    ///   ``certify(queries:threads:)``.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - threads: The number of threads for a sweep, a rebuild or a measurement; by default the number of cores.
    /// - Returns: Whether the index had a vector under the key.
    /// - Throws: ``HNSWError`` with the code `invalidArgument` if `threads` is less than 1. The index is then
    ///   unchanged.
    /// - Complexity: Amortized, O(*m*²) distance computations for the sweeps and one insertion for the compaction.
    @discardableResult
    public mutating func remove(_ key: UInt64, threads: Int?) throws(HNSWError) -> Bool {
        removeVector(key, threads: try Self.validated(threads: threads))
    }

    private mutating func removeVector(_ key: UInt64, threads: Int) -> Bool {
        guard let row = store.row(of: key) else { return false }
        store.delete(row)
        graph?.pendingRemovals += 1
        if store.liveCount == 0 {
            clear()
        } else if store.count - store.liveCount > max(Self.minimumSweep, store.liveCount) {
            rebuild(threads: threads)
        } else if (graph?.pendingRemovals ?? 0) > max(Self.minimumSweep, store.liveCount / Self.sweepShare) {
            sweep(threads: threads)
        }
        noteChanges(1, threads: threads)
        return true
    }

    /// Gives back the space of removed vectors, on all cores. See ``compact(threads:)``.
    public mutating func compact() {
        if store.liveCount < store.count { rebuild(threads: availableCores) }
    }

    /// Gives back the space of removed vectors. If any was removed, it also builds the graph again.
    ///
    /// The index is then the same as after one ``add(_:keys:threads:)-(Span<Float>,_,_)`` of the vectors that it has.
    ///
    /// - Parameter threads: The number of threads; by default the number of cores.
    /// - Throws: ``HNSWError`` with the code `invalidArgument` if `threads` is less than 1. The index is then
    ///   unchanged.
    /// - Complexity: That of adding all vectors; O(1) if no vector was removed since the last compaction.
    public mutating func compact(threads: Int?) throws(HNSWError) {
        let threads = try Self.validated(threads: threads)
        if store.liveCount < store.count { rebuild(threads: threads) }
    }

    /// Gives back the space of removed vectors and builds the graph again.
    private mutating func rebuild(threads: Int) {
        if store.liveCount < store.count { store = store.compacted(pool: pool, threads: threads) }
        graph = graph.map { Graph(parameters: $0.parameters) }
        insertRows(from: 0, threads: threads)
        measureEfFactor(threads: threads)
    }

    /// A sweep starts when one of this many nodes has been removed.
    private static let sweepShare = 8

    /// The number of removed nodes that a small index keeps before a sweep or a compaction.
    private static let minimumSweep = 32

    private mutating func clear() {
        store = VectorStore(
            dimensions: store.dimensions, metric: store.metric, elements: store.elements, kernels: store.kernels
        )
        graph = graph.map { Graph(parameters: $0.parameters) }
    }

    /// Takes removed nodes out of the graph, except those with live duplicates.
    private mutating func sweep(threads: Int) {
        guard var graph = graph.take() else { return }
        var isRemoved = [Bool](repeating: false, count: store.count)
        for node in (0..<store.count).map(NodeID.init(_:)) where !store.isLive(node) && !graph.isDuplicate(node) {
            var lives = false
            graph.forEachRow(of: node) { row in
                lives = store.isLive(row)
                return !lives
            }
            isRemoved[node.index] = !lives
        }
        let isolated = builder(threads: threads).bypass(isRemoved, in: &graph)
        graph.chooseEntryPoint(leavingOut: isRemoved, avoiding: isolated)
        builder(threads: threads).link(isolated, into: &graph)
        graph.pendingRemovals = 0
        self.graph = graph
    }
}
