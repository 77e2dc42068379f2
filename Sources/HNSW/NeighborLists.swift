/// The results of many searches, one list for each query, in one array.
///
/// ```swift
/// let lists = try index.search(forEach: queries, k: 10)
/// for neighbor in lists[3] { … }                // those of the fourth query, nearest first
/// lists.neighbors                               // all, one list behind the other
/// ```
///
/// All lists have the same length, for a search always finds as many as there are, up to `k`.
public struct NeighborLists: Sendable, Hashable {
    /// The results of all queries: those of query *i* begin at *i* · ``width``.
    public let neighbors: [Neighbor]

    /// The number of queries.
    public let count: Int

    /// The number of results of each query.
    public let width: Int

    init(neighbors: [Neighbor], count: Int, width: Int) {
        self.neighbors = neighbors
        self.count = count
        self.width = width
    }
}

extension NeighborLists: RandomAccessCollection {
    /// 0.
    public var startIndex: Int { 0 }

    /// The number of queries.
    public var endIndex: Int { count }

    /// The results of one query, nearest first.
    public subscript(query: Int) -> ArraySlice<Neighbor> {
        precondition(query >= 0 && query < count, "Query \(query) is not in 0..<\(count)")
        return neighbors[query * width..<(query + 1) * width]
    }
}
