/// One result of a search: a key and how far its vector is from the query.
public struct Neighbor: Hashable, Sendable {
    /// The key under which the vector was added.
    public let key: UInt64

    /// The distance from the query in the index's metric: the smaller, the nearer.
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
