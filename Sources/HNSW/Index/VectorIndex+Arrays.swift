import ArraySpans
import ParallelLoops

/// The functions of ``VectorIndex`` for vectors in arrays. Each does what the function for a `Span` does.
extension VectorIndex {
    /// Adds a vector on the calling thread. See ``add(_:keys:threads:progress:)-(Span<Float>,_,_,_)``.
    ///
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch`, `notFinite`, `outOfRange`, `duplicateKey` or
    ///   `tooManyVectors`. The index is then unchanged.
    public mutating func add(_ vector: [Float], key: UInt64) throws(HNSWError) {
        try add(vector.span, keys: [key].span, threads: 1)
    }

    /// Adds many vectors. See ``add(_:keys:threads:progress:)-(Span<Float>,_,_,_)``.
    ///
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch`, `notFinite`, `outOfRange`, `duplicateKey`,
    ///   `tooManyVectors` or `invalidArgument`. The index is then unchanged.
    public mutating func add(
        _ rows: [Float], keys: [UInt64], threads: Int? = nil, progress: ((Double) -> Bool)? = nil
    ) throws(HNSWError) {
        try add(rows.span, keys: keys.span, threads: threads, progress: progress)
    }

    /// Replaces the vector under a key. See ``update(_:key:)-(Span<Float>,_)``.
    ///
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch`, `notFinite`, `outOfRange`, `unknownKey` or
    ///   `tooManyVectors`. The index is then unchanged.
    public mutating func update(_ vector: [Float], key: UInt64) throws(HNSWError) {
        try update(vector.span, key: key)
    }

    /// Adds a vector, or replaces the one under its key. See
    /// ``upsert(_:keys:threads:progress:)-(Span<Float>,_,_,_)``.
    ///
    /// - Returns: Whether there was a vector under the key.
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch`, `notFinite`, `outOfRange` or `tooManyVectors`. The
    ///   index is then unchanged.
    @discardableResult
    public mutating func upsert(_ vector: [Float], key: UInt64) throws(HNSWError) -> Bool {
        try upsert(vector.span, keys: [key].span, threads: 1) > 0
    }

    /// Adds vectors, and replaces those under keys that the index has. See
    /// ``upsert(_:keys:threads:progress:)-(Span<Float>,_,_,_)``.
    ///
    /// - Returns: The number of vectors that were replaced.
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch`, `notFinite`, `outOfRange`, `tooManyVectors`,
    ///   `invalidArgument`, `duplicateKey` or `cancelled`. The index is then unchanged.
    @discardableResult
    public mutating func upsert(
        _ rows: [Float], keys: [UInt64], threads: Int? = nil, progress: ((Double) -> Bool)? = nil
    ) throws(HNSWError) -> Int {
        try upsert(rows.span, keys: keys.span, threads: threads, progress: progress)
    }

    /// The `k` nearest vectors to a query. See ``search(for:k:ef:among:excluding:where:)-(Span<Float>,_,_,_,_,_)``.
    ///
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch`, `notFinite` or `invalidArgument`.
    public func search(
        for query: [Float],
        k: Int,
        ef: Int? = nil,
        among selected: KeySelection? = nil,
        excluding excluded: KeySelection? = nil,
        where predicate: ((UInt64) -> Bool)? = nil
    ) throws(HNSWError) -> [Neighbor] {
        try search(for: query.span, k: k, ef: ef, among: selected, excluding: excluded, where: predicate)
    }

    /// The `k` nearest vectors to a query, found with a recall. See
    /// ``search(for:k:recall:among:excluding:where:)-(Span<Float>,_,_,_,_,_)``.
    ///
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch`, `notFinite` or `invalidArgument`.
    public func search(
        for query: [Float],
        k: Int,
        recall: Double,
        among selected: KeySelection? = nil,
        excluding excluded: KeySelection? = nil,
        where predicate: ((UInt64) -> Bool)? = nil
    ) throws(HNSWError) -> [Neighbor] {
        try search(for: query.span, k: k, recall: recall, among: selected, excluding: excluded, where: predicate)
    }

    /// The vectors no farther from a query than a radius. See
    /// ``search(for:within:ef:among:excluding:where:)-(Span<Float>,_,_,_,_,_)``.
    ///
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch`, `notFinite` or `invalidArgument`.
    public func search(
        for query: [Float],
        within radius: Float,
        ef: Int? = nil,
        among selected: KeySelection? = nil,
        excluding excluded: KeySelection? = nil,
        where predicate: ((UInt64) -> Bool)? = nil
    ) throws(HNSWError) -> [Neighbor] {
        try search(for: query.span, within: radius, ef: ef, among: selected, excluding: excluded, where: predicate)
    }

    /// The `k` nearest vectors to each of many queries, on many threads. See
    /// ``search(forEach:k:ef:among:excluding:where:threads:progress:)-(Span<Float>,_,_,_,_,_,_,_)``.
    ///
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch`, `notFinite` or `invalidArgument`.
    public func search(
        forEach queries: [Float],
        k: Int,
        ef: Int? = nil,
        among selected: KeySelection? = nil,
        excluding excluded: KeySelection? = nil,
        where predicate: (@Sendable (UInt64) -> Bool)? = nil,
        threads: Int? = nil,
        progress: ((Double) -> Bool)? = nil
    ) throws(HNSWError) -> NeighborLists {
        try search(
            forEach: queries.span, k: k, ef: ef, among: selected, excluding: excluded, where: predicate,
            threads: threads, progress: progress
        )
    }

    /// The `k` nearest vectors to each of many queries, found with a recall, on many threads. See
    /// ``search(for:k:recall:among:excluding:where:)-(Span<Float>,_,_,_,_,_)`` and
    /// ``search(forEach:k:ef:among:excluding:where:threads:progress:)-(Span<Float>,_,_,_,_,_,_,_)``.
    ///
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch`, `notFinite` or `invalidArgument`.
    public func search(
        forEach queries: [Float],
        k: Int,
        recall: Double,
        among selected: KeySelection? = nil,
        excluding excluded: KeySelection? = nil,
        where predicate: (@Sendable (UInt64) -> Bool)? = nil,
        threads: Int? = nil,
        progress: ((Double) -> Bool)? = nil
    ) throws(HNSWError) -> NeighborLists {
        try search(
            forEach: queries.span, k: k, ef: ef(forRecall: recall, k: k), among: selected, excluding: excluded,
            where: predicate, threads: threads, progress: progress
        )
    }

    /// The vectors no farther from each of many queries than a radius, on many threads. See
    /// ``search(for:within:ef:among:excluding:where:)-(Span<Float>,_,_,_,_,_)``.
    ///
    /// - Returns: A list for each query, from no result to as many as there are vectors.
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch`, `notFinite` or `invalidArgument`, about the first
    ///   query that is wrong.
    public func search(
        forEach queries: [Float],
        within radius: Float,
        ef: Int? = nil,
        among selected: KeySelection? = nil,
        excluding excluded: KeySelection? = nil,
        where predicate: (@Sendable (UInt64) -> Bool)? = nil,
        threads: Int? = nil,
        progress: ((Double) -> Bool)? = nil
    ) throws(HNSWError) -> [[Neighbor]] {
        let threads = try Self.validated(threads: threads)
        try store.validate(queries: queries.span)
        let count = queries.count / dimensions
        var lists: [[Neighbor]] = []
        try Interruption(progress: progress).inParts(of: count, size: 32 * threads) { part throws(HNSWError) in
            lists += try concurrentMap(part.count, threads: threads, chunk: 4) { i throws(HNSWError) in
                let start = (part.lowerBound + i) * dimensions
                return try search(
                    for: queries.span.extracting(start..<start + dimensions), within: radius, ef: ef,
                    among: selected, excluding: excluded, where: predicate)
            }
        }
        return lists
    }

    /// The distances of a query from the vectors of some keys; `nil` for each key without a vector.
    ///
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch` or `notFinite`.
    public func distances(from query: [Float], to keys: [UInt64]) throws(HNSWError) -> [Float?] {
        try distances(from: query.span, to: keys)
    }

    /// The distance of a query from the vector under a key; `nil` if there is none.
    ///
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch` or `notFinite`.
    public func distance(from query: [Float], to key: UInt64) throws(HNSWError) -> Float? {
        try distances(from: query.span, to: [key])[0]
    }
}
