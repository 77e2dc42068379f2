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
/// It searches for 32 neighbors, then for twice as many, and so on, and leaves out those that it has given. All
/// searches together take about twice the time of the last. A vector comes once. One that a search missed comes when a
/// later one finds it, behind vectors that are farther away. In the end every vector comes that meets the conditions.
///
/// It holds a snapshot of the index, so the index may change meanwhile.
public struct NeighborSequence: Sequence, IteratorProtocol {
    private let index: VectorIndex
    private let query: [Float]
    private let ef: Int
    private let selected: KeySelection?
    private let excluded: KeySelection?
    private let predicate: ((UInt64) -> Bool)?

    /// The results of the last search that are not given yet, the farthest first.
    private var upcoming: [Neighbor] = []

    /// The keys that were found.
    private var seen: Set<UInt64> = []

    /// The number of neighbors that the next search looks for; `nil` after the last.
    private var k: Int? = 32

    fileprivate init(
        _ index: VectorIndex, query: [Float], ef: Int, among selected: KeySelection?,
        excluding excluded: KeySelection?, where predicate: ((UInt64) -> Bool)?
    ) {
        self.index = index
        self.query = query
        self.ef = ef
        self.selected = selected
        self.excluded = excluded
        self.predicate = predicate
    }

    /// The next neighbor; `nil` when there is no other.
    public mutating func next() -> Neighbor? {
        while upcoming.isEmpty, let k { search(k) }
        return upcoming.popLast()
    }

    private mutating func search(_ k: Int) {
        // The query was checked, so this cannot fail. With half as many candidates more than results, the last of the
        // results are found about as well as the first.
        let found = try? index.search(
            for: query, k: k, ef: Swift.max(ef, k + k / 2), among: selected, excluding: excluded, where: predicate)
        upcoming = (found ?? []).filter { seen.insert($0.key).inserted }.reversed()
        self.k = (found?.count ?? 0) < k || k >= index.count ? nil : Swift.min(2 * k, index.count)
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
    /// - Complexity: For *k* neighbors, that of a search for up to 4 · *k* of them, and O(*k*) memory.
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
        return NeighborSequence(
            self, query: query, ef: ef, among: selected, excluding: excluded, where: predicate)
    }
}
