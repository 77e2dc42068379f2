/// The number of a vector inside one index: its row in the ``VectorStore`` and its node in the ``Graph``.
///
/// A vector keeps its number until the store is compacted. New vectors take new numbers. Files and kernels hold the raw
/// value, 32 bits.
struct NodeID: Hashable, Comparable, BitwiseCopyable, Sendable, CustomStringConvertible {
    let rawValue: UInt32

    init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Creates the number of the row at `index`, which must fit 32 bits.
    init(_ index: Int) {
        rawValue = UInt32(index)
    }

    /// The place of the row in the columns of a store or a graph.
    var index: Int { Int(rawValue) }

    /// The number that no row has. It ends a list of links.
    static var none: NodeID { NodeID(rawValue: .max) }

    var description: String { "\(rawValue)" }

    static func < (a: NodeID, b: NodeID) -> Bool { a.rawValue < b.rawValue }
}
