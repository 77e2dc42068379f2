import ParallelLoops

extension HNSWIndex {
    /// Adds a vector.
    ///
    /// - Parameters:
    ///   - vector: As many finite components as the index has dimensions.
    ///   - key: A key that is not in the index.
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch`, `notFinite`, `outOfRange`, `duplicateKey` or
    ///   `tooManyVectors`; the index is then unchanged.
    /// - Complexity: O(`efConstruction` · `m`) distance computations for the walk, times log *n*.
    public mutating func add(_ vector: [Float], key: UInt64) throws(HNSWError) {
        try add(vector.span, keys: [key].span, threads: 1)
    }

    /// Adds many vectors.
    ///
    /// The graph depends on the vectors, their keys and order, the parameters and the table of kernels, and on how the
    /// vectors are divided among calls; it does not depend on the number of threads.
    ///
    /// - Parameters:
    ///   - rows: The vectors, one behind the other.
    ///   - keys: The key of each, none of them in the index.
    ///   - threads: The threads to use; by default as many as there are cores.
    /// - Throws: As ``add(_:key:)``; the index is then unchanged.
    public mutating func add(_ rows: [Float], keys: [UInt64], threads: Int? = nil) throws(HNSWError) {
        try add(rows.span, keys: keys.span, threads: threads)
    }

    /// Adds many vectors. See ``add(_:keys:threads:)-([Float],_,_)``.
    public mutating func add(_ rows: Span<Float>, keys: Span<UInt64>, threads: Int? = nil) throws(HNSWError) {
        try store.validate(rows, keys: keys)
        append(rows, keys: keys, threads: threads ?? availableCores)
    }

    /// Replaces the vector under a key.
    ///
    /// - Parameters:
    ///   - vector: As many finite components as the index has dimensions.
    ///   - key: A key of the index.
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch`, `notFinite`, `outOfRange`, `unknownKey` or
    ///   `tooManyVectors`; the index is then unchanged.
    /// - Complexity: That of ``remove(_:threads:)`` and ``add(_:key:)``.
    public mutating func update(_ vector: [Float], key: UInt64) throws(HNSWError) {
        try store.validate(vector.span, keys: [key].span, replacing: true)
        remove(key)
        append(vector.span, keys: [key].span, threads: 1)
    }

    private mutating func append(_ rows: Span<Float>, keys: Span<UInt64>, threads: Int) {
        precondition(threads > 0, "Adding needs a thread, was given \(threads)")
        let first = store.count
        store.append(rows, keys: keys, threads: threads)
        insertRows(from: first, threads: threads)
        noteChanges(keys.count, threads: threads)
    }

    /// Makes nodes of the rows from `first` on, which the graph does not know yet.
    mutating func insertRows(from first: Int, threads: Int) {
        let levels = NodeLevels(m: parameters.m, seed: parameters.seed)
        graph.append(levels: (first..<store.count).map { levels.level(of: store.keys[$0]) })
        builder(threads: threads).link((first..<store.count).map(UInt32.init), into: &graph)
    }

    func builder(threads: Int) -> GraphBuilder {
        GraphBuilder(store: store, pool: pool, efConstruction: parameters.efConstruction, threads: threads)
    }
}
