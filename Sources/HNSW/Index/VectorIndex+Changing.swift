import ArraySpans
import ParallelLoops

// MARK: - Adding and replacing

extension VectorIndex {
    /// Adds many vectors.
    ///
    /// The graph depends on the vectors, their keys and order, the parameters, the kernels, and on how calls divide the
    /// vectors. It does not depend on the number of threads.
    ///
    /// - Parameters:
    ///   - rows: The vectors, one after another.
    ///   - keys: The key of each vector. The index must not have them yet.
    ///   - threads: The number of threads; by default the number of cores.
    ///   - progress: Receives the share of the vectors that are linked, and returns whether to go on. The calling
    ///     thread calls it after each 256 vectors.
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch`, `notFinite`, `outOfRange`, `duplicateKey`,
    ///   `tooManyVectors` or `invalidArgument`, and with `cancelled` if `progress` says so or the surrounding task was
    ///   cancelled. The index is then unchanged. A call that may be stopped first copies the links of the index, a few
    ///   dozen bytes a vector.
    /// - Complexity: Without a graph, O(*components*). With one, about O(``HNSWParameters/efConstruction`` ·
    ///   ``HNSWParameters/m`` · log *n*) distance computations for each vector.
    public mutating func add(
        _ rows: Span<Float>, keys: Span<UInt64>, threads: Int? = nil, progress: ((Double) -> Bool)? = nil
    ) throws(HNSWError) {
        let threads = try Self.validated(threads: threads)
        try store.validate(rows, keys: keys, .new)
        try append(rows, keys: keys, threads: threads, Interruption(progress: progress))
    }

    /// Adds the vectors of another index under their keys.
    ///
    /// - Parameters:
    ///   - other: An index of the same dimensions and metric. It may have other elements, and a graph or not.
    ///   - replacing: Whether the vector of `other` replaces that of this index where both have a key; otherwise such a
    ///     key is an error.
    ///   - threads: The number of threads; by default the number of cores.
    ///   - progress: As for ``add(_:keys:threads:progress:)-(Span<Float>,_,_,_)``.
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch`, `invalidArgument` if the metrics differ, and as an
    ///   addition does. The index is then unchanged.
    /// - Complexity: That of adding the vectors of `other`, and memory for their components as floats.
    public mutating func add(
        contentsOf other: VectorIndex, replacing: Bool = false, threads: Int? = nil,
        progress: ((Double) -> Bool)? = nil
    ) throws(HNSWError) {
        guard other.metric == metric else {
            throw HNSWError(
                .invalidArgument, "Cannot add an index of metric \(other.metric) to one of metric \(metric).")
        }
        guard other.dimensions == dimensions else {
            throw HNSWError(
                .dimensionMismatch,
                "Cannot add an index of \(other.dimensions) dimensions to one of \(dimensions) dimensions.")
        }
        let keys = other.keys
        var rows: [Float] = []
        rows.reserveCapacity(keys.count * dimensions)
        for key in keys { rows += other.vector(for: key) ?? [] }
        if replacing {
            try upsert(rows.span, keys: keys.span, threads: threads, progress: progress)
        } else {
            try add(rows.span, keys: keys.span, threads: threads, progress: progress)
        }
    }

    /// Replaces the vector under a key. It costs as much as ``remove(_:)-(UInt64)`` and an addition.
    ///
    /// - Parameters:
    ///   - vector: As many finite components as the index has dimensions.
    ///   - key: A key of the index.
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch`, `notFinite`, `outOfRange`, `unknownKey` or
    ///   `tooManyVectors`. The index is then unchanged.
    public mutating func update(_ vector: Span<Float>, key: UInt64) throws(HNSWError) {
        try store.validate(vector, keys: [key].span, .existing)
        _ = delete(key)
        try append(vector, keys: [key].span, threads: 1, .never)
        noteChanges(1)
    }

    /// Adds vectors, and replaces those under keys that the index has.
    ///
    /// - Parameters:
    ///   - rows: The vectors, one after another.
    ///   - keys: The key of each vector, each once.
    ///   - threads: The number of threads; by default the number of cores.
    ///   - progress: As for ``add(_:keys:threads:progress:)-(Span<Float>,_,_,_)``.
    /// - Returns: The number of vectors that were replaced.
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch`, `notFinite`, `outOfRange`, `tooManyVectors`,
    ///   `invalidArgument`, `duplicateKey` if a key repeats, and `cancelled`. The index is then unchanged.
    /// - Complexity: That of as many removals and additions.
    @discardableResult
    public mutating func upsert(
        _ rows: Span<Float>, keys: Span<UInt64>, threads: Int? = nil, progress: ((Double) -> Bool)? = nil
    ) throws(HNSWError) -> Int {
        let threads = try Self.validated(threads: threads)
        try store.validate(rows, keys: keys, .any)
        let interruption = Interruption(progress: progress)
        let before = maySnapshot(interruption, rows: keys.count)
        do {
            var replaced = 0
            for i in 0..<keys.count where delete(keys[i]) { replaced += 1 }
            try appendNow(rows, keys: keys, threads: threads, before == nil ? .never : interruption)
            keepUp(changes: replaced, threads: threads)
            noteChanges(replaced)
            return replaced
        } catch {
            if let before { self = before }
            throw error
        }
    }

    /// A copy of the index to go back to, if a call that changes so many rows may be interrupted. A call of one batch
    /// ends soon anyway.
    private func maySnapshot(_ interruption: Interruption, rows: Int) -> VectorIndex? {
        guard interruption.progress != nil || rows > GraphBuilder.batchSize else { return nil }
        return interruption.isPossible ? self : nil
    }

    private mutating func append(
        _ rows: Span<Float>, keys: Span<UInt64>, threads: Int, _ interruption: Interruption
    ) throws(HNSWError) {
        guard let before = maySnapshot(interruption, rows: keys.count) else {
            return try appendNow(rows, keys: keys, threads: threads, .never)
        }
        do {
            try appendNow(rows, keys: keys, threads: threads, interruption)
        } catch {
            self = before
            throw error
        }
    }

    /// Adds validated vectors. If it is interrupted, the index is of no use.
    private mutating func appendNow(
        _ rows: Span<Float>, keys: Span<UInt64>, threads: Int, _ interruption: Interruption
    ) throws(HNSWError) {
        let first = store.count
        guard keys.count > 0 else { return }
        let largest = store.append(rows, keys: keys, threads: threads)
        try takeRows(from: first, largest: largest, threads: threads, interruption)
    }

    /// Codes and links the rows from `first` to the last, whose largest component has the magnitude `largest`. If it is
    /// interrupted, the index is of no use.
    mutating func takeRows(
        from first: Int, largest: Float, threads: Int, _ interruption: Interruption
    ) throws(HNSWError) {
        let added = store.count - first
        // A call that adds many vectors does at once what others leave to later calls.
        let isLarge = added >= first / Self.largeShare
        let madeOf = store.frame.madeOf
        let gaveUp: Bool =
            switch store.code(from: first, largest: largest, renewing: isLarge, threads: threads) {
            case .fits: false
            case .gaveUpCodes: true
            case .isOutgrown: Recoding.recode(&store, pool: pool, threads: threads)
            }
        if store.frame.madeOf != madeOf { dropCodes() }
        if gaveUp { graph?.isOutdated = true }
        if isLarge, graph?.isOutdated == true {
            try rebuild(threads: threads, interruption)
        } else {
            try insertRows(from: first, threads: threads, interruption)
        }
        keepUp(changes: added, threads: threads)
        noteChanges(added)
    }

    /// A call is large if it adds one vector to this many or fewer.
    private static let largeShare = 16

    /// Stops work that holds codes or distances of an earlier frame. It starts again.
    private mutating func dropCodes() {
        switch upkeep.last {
        case .compaction, .recoding, .measurement:
            upkeep.removeLast()
            graph?.changedNodes = nil
        case .repair, .reach, .rebuilding, nil: break
        }
    }

    /// Links the rows from `first` to the last into the graph, if there is one.
    private mutating func insertRows(
        from first: Int, threads: Int, _ interruption: Interruption
    ) throws(HNSWError) {
        guard var graph = graph.take() else { return }
        let levels = NodeLevels(graph.parameters)
        graph.append(levels: (first..<store.count).map { levels.level(of: store.keys[$0]) })
        let order = store.linkingOrder(from: first, seed: graph.parameters.seed)
        try builder(threads: threads).link(order, into: &graph, interruption)
        self.graph = graph
        if case .rebuilding(var rebuilding) = upkeep.last {
            upkeep.removeLast()
            rebuilding.appendRows(of: store)
            upkeep.append(.rebuilding(rebuilding))
        }
    }

    /// The number of threads to use: `threads`, by default the number of cores.
    static func validated(threads: Int?) throws(HNSWError) -> Int {
        let threads = threads ?? availableCores
        guard threadRange.contains(threads) else {
            throw HNSWError(.invalidArgument, "Cannot work on \(threads) threads: there must be \(threadRange).")
        }
        return threads
    }

    /// More threads than the cores of any machine would only take memory.
    private static let threadRange = 1...1_024
}

// MARK: - Removing

extension VectorIndex {
    /// Removes the vector under a key. No search finds it again.
    ///
    /// The call marks the vector as removed, and does a step of the work that removals leave behind; see
    /// <doc:Changing>. A step takes about as long as adding a few vectors.
    ///
    /// - Parameter key: The key.
    /// - Returns: Whether the index had a vector under the key.
    /// - Complexity: O(*m*²) distance computations for 32 nodes at most, while there is work to do; else O(1).
    @discardableResult
    public mutating func remove(_ key: UInt64) -> Bool {
        guard delete(key) else { return false }
        noteChanges(1)
        if isEmpty { clear() } else { keepUp(changes: 1, threads: 1) }
        return true
    }

    /// Removes the vectors under some keys. Keys without a vector have no effect.
    ///
    /// It does a step of work for each vector that it removes, as ``remove(_:)-(UInt64)`` does, on many threads.
    ///
    /// - Parameters:
    ///   - keys: The keys.
    ///   - threads: The number of threads; by default the number of cores.
    ///   - progress: Receives the share of the work that is done, and returns whether to go on. The calling thread
    ///     calls it after the work of each 256 vectors.
    /// - Returns: The number of vectors that were removed.
    /// - Throws: ``HNSWError`` with the code `invalidArgument` if `threads` is less than 1, and with `cancelled` if
    ///   `progress` says so or the surrounding task was cancelled. The index is then unchanged.
    /// - Complexity: That of as many calls for one key.
    @discardableResult
    public mutating func remove(
        _ keys: some Sequence<UInt64>, threads: Int? = nil, progress: ((Double) -> Bool)? = nil
    ) throws(HNSWError) -> Int {
        let threads = try Self.validated(threads: threads)
        let keys = Array(keys)
        let interruption = Interruption(progress: progress)
        let before = maySnapshot(interruption, rows: keys.count)
        var removed = 0
        for key in keys where delete(key) { removed += 1 }
        noteChanges(removed)
        if isEmpty { clear() }
        guard let before else {
            keepUp(changes: removed, threads: threads)
            return removed
        }
        do {
            try keepUp(changes: removed, threads: threads, interruption)
            try interruption.check(1, of: 1)
        } catch {
            self = before
            throw error
        }
        return removed
    }

    /// Marks the vector under a key as removed.
    private mutating func delete(_ key: UInt64) -> Bool {
        guard let row = store.row(of: key) else { return false }
        store.delete(row)
        graph?.pendingRemovals += 1
        return true
    }

    private mutating func clear() {
        store = store.withoutRows
        graph = graph.map { Graph(parameters: $0.parameters) }
        upkeep.removeAll()
    }
}

// MARK: - Compacting

extension VectorIndex {
    /// Gives back the space of removed vectors and builds the graph again. It measures the recall again if the index
    /// has a ``certificate`` of its own vectors and has changed since.
    ///
    /// The index is then the same as after one ``add(_:keys:threads:progress:)-(Span<Float>,_,_,_)`` of the vectors
    /// that it has. To give back the space without building the graph again, see ``compact(budget:threads:progress:)``.
    ///
    /// - Parameters:
    ///   - threads: The number of threads; by default the number of cores.
    ///   - progress: Receives the share of the work that is done, and returns whether to go on. The calling thread
    ///     calls it after each 256 vectors.
    /// - Throws: ``HNSWError`` with the code `invalidArgument` if `threads` is less than 1, and with `cancelled` if
    ///   `progress` says so or the surrounding task was cancelled. The index is then unchanged.
    /// - Complexity: That of adding all vectors.
    public mutating func compact(threads: Int? = nil, progress: ((Double) -> Bool)? = nil) throws(HNSWError) {
        let threads = try Self.validated(threads: threads)
        let before = self
        do {
            try compactNow(threads: threads, Interruption(progress: progress))
        } catch {
            self = before
            throw error
        }
    }

    /// Does the work that changes have left, as much as a time allows: takes removed vectors out of the graph, gives
    /// back their space, and renews codes and measurements.
    ///
    /// The graph keeps its links. Call it again while it returns `false`, whenever there is time.
    ///
    /// - Parameters:
    ///   - budget: The time. The last step may exceed it, by a few milliseconds in an index of 100,000 vectors.
    ///   - threads: The number of threads; by default the number of cores.
    ///   - progress: Receives the share of the time that is used, and returns whether to go on. The calling thread
    ///     calls it before each step.
    /// - Returns: Whether all work is done. `false` also if `progress` or a cancelled task ended the call: the work
    ///   that was done stays done.
    /// - Throws: ``HNSWError`` with the code `invalidArgument` if `threads` is less than 1. The index is then
    ///   unchanged.
    /// - Complexity: For all work, O(*m*²) distance computations for each node that links to a removed one, and
    ///   O(*bytes*).
    public mutating func compact(
        budget: Duration, threads: Int? = nil, progress: ((Double) -> Bool)? = nil
    ) throws(HNSWError) -> Bool {
        let threads = try Self.validated(threads: threads)
        let interruption = Interruption(progress: progress)
        let start = ContinuousClock.now
        while startUpkeep(threads: threads, eagerly: true) {
            let used = ContinuousClock.now - start
            guard used < budget, interruption.mayGoOn(used / budget) else { return false }
            _ = continueUpkeep(Self.changesBetweenLooks, threads: threads)
        }
        return true
    }

    /// The number of changes whose work is done between two looks at the clock. The result depends on it, so it does
    /// not follow the number of threads.
    private static let changesBetweenLooks = 4

    private mutating func compactNow(threads: Int, _ interruption: Interruption) throws(HNSWError) {
        if graph != nil || store.liveCount < store.count {
            store = store.compacted(pool: pool, threads: threads)
            try rebuild(threads: threads, interruption.part(from: 0, to: 0.8))
        } else {
            while startUpkeep(threads: threads, eagerly: true) {
                _ = continueUpkeep(store.count, threads: threads)
            }
        }
        guard let certificate, changesSinceCertificate > 0, certificate.source == .indexedVectors else { return }
        try measure(queries: certificate.queriesWanted, threads: threads, interruption.part(from: 0.8, to: 1))
    }

    /// Gives back the space of removed vectors and builds the graph again.
    private mutating func rebuild(threads: Int, _ interruption: Interruption) throws(HNSWError) {
        upkeep.removeAll()
        if store.liveCount < store.count { store = store.compacted(pool: pool, threads: threads) }
        graph = graph.map { Graph(parameters: $0.parameters) }
        try insertRows(from: 0, threads: threads, interruption)
        keepUp(changes: store.count, threads: threads)
    }
}

extension VectorStore {
    /// The rows from `first` to the last in the order in which they are linked: first every second in the order of a
    /// hash, then the others in their own.
    ///
    /// Vectors often come sorted by cluster, and a graph that grows by one cluster after another links them badly. The
    /// first half spans all clusters. The others stay in their order, because neighbors that are linked one after the
    /// other find each other's rows in the cache (`Benchmarks/Results/2026-11-28-any-vectors.md`).
    func linkingOrder(from first: Int, seed: UInt64) -> [NodeID] {
        let seed = KeyTable.hash(seed)
        var scattered: [(hash: UInt64, row: NodeID)] = []
        var others: [NodeID] = []
        others.reserveCapacity(count - first)
        for row in first..<count {
            let hash = KeyTable.hash(UInt64(row) ^ seed)
            if hash & 1 == 0 { scattered.append((hash, NodeID(row))) } else { others.append(NodeID(row)) }
        }
        // The hash is a bijection, so no two rows have the same.
        return scattered.sorted { $0.hash < $1.hash }.map(\.row) + others
    }
}
