/// One result of a search: a key and the distance of its vector from the query.
public struct Neighbor: Hashable, Sendable {
    /// The key of the vector.
    public let key: UInt64

    /// The distance from the query in the index's metric. A smaller distance means a closer vector.
    public let distance: Float

    /// Creates a result.
    public init(key: UInt64, distance: Float) {
        self.key = key
        self.distance = distance
    }
}

extension Neighbor: Comparable {
    /// Orders by ascending distance, ties by ascending key.
    public static func < (a: Neighbor, b: Neighbor) -> Bool {
        a.distance == b.distance ? a.key < b.key : a.distance < b.distance
    }
}

extension Neighbor: CustomStringConvertible {
    /// The key and the distance, as in `7 at 0.125`.
    public var description: String { "\(key) at \(distance)" }
}

/// The results of many searches in one array, a list for each query.
///
/// ```swift
/// let lists = try index.search(forEach: queries, k: 10)
/// for neighbor in lists[3] { … }                // the results of the fourth query, nearest first
/// lists.neighbors                               // the results of all queries, one list after another
/// ```
///
/// All lists have the same length, because a search finds `k` results whenever there are `k` vectors to find.
public struct NeighborLists: Sendable, Hashable {
    /// The results of all queries. The results of query *i* start at *i* · ``width``.
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
    ///
    /// - Precondition: `query` is in `0..<count`.
    public subscript(query: Int) -> ArraySlice<Neighbor> {
        precondition(query >= 0 && query < count, "Query \(query) is not in 0..<\(count)")
        return neighbors[query * width..<(query + 1) * width]
    }
}
