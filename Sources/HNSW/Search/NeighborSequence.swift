import ArraySpans

/// The vectors of an index in the order of their distance from a query, one after another for as long as the caller
/// asks. ``VectorIndex/neighbors(of:ef:among:excluding:where:)`` creates it.
///
/// Use it where only the caller knows when there are enough, for instance because another store decides which results
/// count:
///
/// ```swift
/// for neighbor in try index.neighbors(of: query) where try mayRead(neighbor.key) {
///     results.append(neighbor)
///     if results.count == 10 { break }
/// }
/// ```
///
/// It goes on where it stopped: it keeps what the walk over the graph has visited, and the candidates that it did not
/// follow. So the first neighbors take the time of an ordinary search, and each of the others a small part of it. When
/// the walk has cost as much as a scan of all vectors, or where an ordinary search would scan, one scan gives the others
/// in exact order.
///
/// A vector comes once. One that the walk missed comes when it is found, behind vectors that are farther away. In the
/// end every vector comes that meets the conditions.
///
/// It holds a snapshot of the index, so the index may change meanwhile. A copy of the sequence goes on by itself.
public struct NeighborSequence: Sequence, IteratorProtocol {
    private let index: VectorIndex
    private let query: [Float]
    private var search: IncrementalSearch

    /// The results that were found and not given, the farthest first.
    private var upcoming: [Neighbor] = []

    fileprivate init(_ index: VectorIndex, query: [Float], search: IncrementalSearch) {
        self.index = index
        self.query = query
        self.search = search
    }

    /// The next neighbor; `nil` when there is no other.
    public mutating func next() -> Neighbor? {
        if upcoming.isEmpty { findMore() }
        return upcoming.popLast()
    }

    private mutating func findMore() {
        if search.isOver { return }
        upcoming = index.pool.withScratch(for: index.store) { scratch in
            scratch.encode(query.span, for: index.store)
            return search.next(in: index, with: scratch).reversed().map { $0.converted(by: scratch.exactQuery) }
        }
    }
}

extension VectorIndex {
    /// The vectors in the order of their distance from a query, as many as the caller asks for.
    ///
    /// - Parameters:
    ///   - query: As many finite components as the index has dimensions.
    ///   - ef: The number of candidates that the first walk keeps; by default ``usualEF``.
    ///   - selected: The keys to search among; `nil` for all. Keys without a vector have no effect.
    ///   - excluded: The keys to leave out; `nil` for none.
    ///   - predicate: Whether a key may be found; `nil` for all.
    /// - Returns: The neighbors, nearest first.
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch`, `notFinite` or `invalidArgument`.
    /// - Complexity: For *k* neighbors, about that of a search for *k* of them. O(*m* · *k*) memory and a bit for each
    ///   vector, and O(*n*) memory once it scans.
    public func neighbors(
        of query: [Float],
        ef: Int? = nil,
        among selected: KeySelection? = nil,
        excluding excluded: KeySelection? = nil,
        where predicate: ((UInt64) -> Bool)? = nil
    ) throws(HNSWError) -> NeighborSequence {
        let ef = ef ?? usualEF
        try Self.validate(k: 0, ef: ef)
        try store.validate(query: query.span)
        let filter = KeyFilter(among: selected, excluding: excluded, where: predicate)
        return NeighborSequence(self, query: query, search: IncrementalSearch(ef: ef, filter: filter))
    }
}
